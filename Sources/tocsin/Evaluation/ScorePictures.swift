import Foundation

/// Where pictures go; made, and found fit to be written into, before there are any.
struct PictureFolder {
  private let folder: URL

  init(_ path: String) throws {
    folder = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Self.refused(path, "cannot be made")
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw Self.refused(path, "may not be written into")
    }
  }

  func write(_ score: ForecastScore, _ map: EllipseMap) throws {
    let misses = FlightTruth.Kind.allCases.compactMap { kind in
      MissPicture(score, kind).map { ("miss-\(kind.rawValue).svg", $0.svg) }
    }
    for (name, picture) in misses + [
      ("calibration.svg", CalibrationPicture(score).svg), ("ellipses.svg", map.svg),
    ] {
      let file = folder.appending(path: name)
      do {
        try picture.write(to: file, atomically: true, encoding: .utf8)
      } catch {
        throw Self.refused(file.path, "cannot be written")
      }
      Output.note("Wrote \(file.path)")
    }
  }

  private static func refused(_ path: String, _ why: String) -> Refused {
    Refused(description: "\(path) \(why). Name a folder for pictures that can be, with --pictures.")
  }
}

/// How far forecasts were off, against the time since the first plot, of one kind of recordings.
struct MissPicture {
  let svg: String

  private static let shares: [(share: Double, isDashed: Bool)] = [(0.5, false), (0.9, true)]

  /// `nil` where there is nothing to draw.
  init?(_ score: ForecastScore, _ kind: FlightTruth.Kind) {
    let rows = score.cells.filter { $0.key.kind == kind.rawValue }.sorted { $0.key < $1.key }
    let misses = rows.flatMap { _, cells in
      cells.values.flatMap { cell in Self.shares.compactMap { cell.miss($0.share) } }
    }
    guard let least = misses.min(), let most = misses.max() else { return nil }
    let scale = Self.scale(least, most)
    var chart = Chart(
      title: "Miss of the forecast impact, \(kind.rawValue)",
      across: ("seconds after the first plot", 0, 20, [2, 4, 6, 8, 10, 15, 20]),
      up: ("meters", scale.from, scale.to, scale.marks), isLogarithmic: true)
    chart.explain("half of the bodies", dashed: false)
    chart.explain("nine in ten", dashed: true)
    // The same look in every picture.
    let radars = Set(score.cells.keys.map(\.radar)).sorted()
    for (group, cells) in rows {
      let look = Chart.Look(radars.firstIndex(of: group.radar) ?? 0)
      for (share, isDashed) in Self.shares {
        let points = ForecastScore.times.compactMap { time in
          cells[time]?.miss(share).map { (time, $0) }
        }
        chart.line(
          points, name: isDashed ? nil : "radar \(group.radar)", look, dashed: isDashed
        )
      }
    }
    svg = chart.svg
  }

  /// 10 m to 10 km, and whole decades more until all lies on it; a miss below 1 mm is drawn as 1 mm.
  private static func scale(
    _ least: Double, _ most: Double
  ) -> (from: Double, to: Double, marks: [Double]) {
    let from = min(1, Int(log10(max(least, 1e-3)).rounded(.down)))
    let to = max(4, Int(log10(max(most, 1)).rounded(.up)))
    let decades = (from...to).map { pow(10, Double($0)) }
    let between = to - from > 4 ? [] : decades.dropLast().map { $0 * 3 }
    return (decades[0], decades[decades.count - 1], (decades + between).sorted())
  }
}

/// The share of impacts that an ellipse holds against the share it should hold, all times together.
struct CalibrationPicture {
  let svg: String

  init(_ score: ForecastScore) {
    let marks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    var chart = Chart(
      title: "Calibration: the dashed line is honest, below it too sure",
      across: ("share that the ellipse should hold", 0, 1, marks),
      up: ("share that it held", 0, 1, marks))
    chart.diagonal()
    for (index, (group, cells)) in score.cells.sorted(by: { $0.key < $1.key }).enumerated() {
      let all = ForecastScore.Cell(samples: cells.values.flatMap(\.samples), eligible: 0)
      let points = stride(from: 0.02, to: 1, by: 0.02).map { ($0, all.coverage($0)) }
      chart.line(
        points, name: "\(group.kind) \(group.radar)", Chart.Look(index), every: 5)
    }
    svg = chart.svg
  }
}
