import Foundation
import TocsinModel

/// A plain chart as SVG: axes, a grid, lines with a legend.
struct Chart {
  var title: String
  var across: (label: String, from: Double, to: Double, marks: [Double])
  var up: (label: String, from: Double, to: Double, marks: [Double])
  /// Of the vertical axis.
  var isLogarithmic = false
  private var body = ""
  private var legend = 0

  /// A color and a mark on it, so that no two of thirty lines look alike, nor two by color alone.
  struct Look {
    let color: String
    private let mark: Int

    static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]

    init(_ index: Int) {
      color = Self.colors[index % 6]
      mark = index % 5
    }

    /// A circle, a square, a triangle, a diamond or a cross about a point.
    func mark(_ x: Double, _ y: Double) -> String {
      let path =
        switch mark {
        case 0: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
        case 1: "m-3.5-3.5h7v7h-7z"
        case 2: "m0-5l5 8.5h-10z"
        case 3: "m0-5l5 5l-5 5l-5-5z"
        default: "m-4-4l8 8m0-8l-8 8"
        }
      return String(
        format: "<path d=\"M%.1f %.1f%@\" fill=\"#fff\" stroke=\"%@\" stroke-width=\"2\"/>\n", x, y,
        path,
        color)
    }
  }

  private static let (left, top, width, height) = (64.0, 40.0, 520.0, 360.0)

  init(
    title: String, across: (label: String, from: Double, to: Double, marks: [Double]),
    up: (label: String, from: Double, to: Double, marks: [Double]), isLogarithmic: Bool = false
  ) {
    (self.title, self.across, self.up) = (title, across, up)
    self.isLogarithmic = isLogarithmic
  }

  private func x(_ value: Double) -> Double {
    Self.left + (value - across.from) / (across.to - across.from) * Self.width
  }

  private func y(_ value: Double) -> Double {
    let scale = isLogarithmic ? { log10(max($0, 1e-9)) } : { $0 }
    let share = (scale(value) - scale(up.from)) / (scale(up.to) - scale(up.from))
    return Self.top + (1 - min(max(share, 0), 1)) * Self.height
  }

  /// A dashed diagonal, to compare with.
  mutating func diagonal() {
    body +=
      "<line x1=\"\(x(0))\" y1=\"\(y(0))\" x2=\"\(x(1))\" y2=\"\(y(1))\" stroke=\"#888\" stroke-width=\"2\" stroke-dasharray=\"5 4\"/>\n"
  }

  /// - Parameter every: one in so many points has the line's mark.
  mutating func line(
    _ points: [(Double, Double)], name: String?, _ look: Look, dashed: Bool = false, every: Int = 1
  ) {
    let path = points.map { String(format: "%.1f,%.1f", x($0.0), y($0.1)) }
      .joined(separator: " ")
    let dash = dashed ? " stroke-dasharray=\"5 4\"" : ""
    body +=
      "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(look.color)\" stroke-width=\"2\"\(dash)/>\n"
    for (index, point) in points.enumerated() where (index + 1) % every == 0 {
      body += look.mark(x(point.0), y(point.1))
    }
    guard let name else { return }
    let row = Self.top + 16 + Double(legend) * 18
    legend += 1
    body += """
      <line x1="600" x2="624" y1="\(row - 4)" y2="\(row - 4)" stroke="\(look.color)" stroke-width="2"\(dash)/>
      \(look.mark(612, row - 4))<text x="630" y="\(row)">\(name)</text>

      """
  }

  var svg: String {
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 460" font-family="sans-serif" \
      font-size="13" fill="#222">
      <rect width="760" height="460" fill="#fff"/>
      <text x="\(Self.left)" y="24" font-size="16">\(title)</text>

      """
    for mark in across.marks {
      text += grid(x(mark), Self.top, x(mark), Self.top + Self.height)
      text +=
        "<text x=\"\(x(mark))\" y=\"\(Self.top + Self.height + 18)\" text-anchor=\"middle\">"
        + "\(Self.label(mark))</text>\n"
    }
    for mark in up.marks {
      text += grid(Self.left, y(mark), Self.left + Self.width, y(mark))
      text +=
        "<text x=\"\(Self.left - 8)\" y=\"\(y(mark) + 4)\" text-anchor=\"end\">"
        + "\(Self.label(mark))</text>\n"
    }
    text += """
      <text x="\(Self.left + Self.width / 2)" y="\(Self.top + Self.height + 42)" \
      text-anchor="middle">\(across.label)</text>
      <text x="16" y="\(Self.top + Self.height / 2)" text-anchor="middle" \
      transform="rotate(-90 16 \(Self.top + Self.height / 2))">\(up.label)</text>

      """
    return text + body + "</svg>\n"
  }

  private func grid(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" stroke=\"#ddd\"/>\n"
  }

  private static func label(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(format: "%g", value)
  }
}

/// How far forecasts were off, against the time since the first plot.
struct MissPicture {
  let svg: String

  init(_ score: ForecastScore) {
    var chart = Chart(
      title: "Miss of the forecast impact: half of the flights, and nine in ten (dashed)",
      across: ("seconds after the first plot", 0, 20, [2, 4, 6, 8, 10, 15, 20]),
      up: ("meters", 10, 10_000, [10, 30, 100, 300, 1_000, 3_000, 10_000]), isLogarithmic: true)
    for (index, (group, cells)) in score.cells.sorted(by: { $0.key < $1.key }).enumerated() {
      let look = Chart.Look(index)
      for (share, dashed) in [(0.5, false), (0.9, true)] {
        let points = ForecastScore.times.compactMap { time in
          cells[time]?.miss(share).map { (time, $0) }
        }
        chart.line(
          points, name: dashed ? nil : "\(group.kind) \(group.radar)", look, dashed: dashed)
      }
    }
    svg = chart.svg
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

/// The 90 % ellipses of single flights at ten seconds, with the impacts, about the first radar.
struct EllipseMap {
  private var ellipses: [(center: Offset, spread: Forecast.Covariance, impact: Offset)] = []
  private var plane: Plane?

  static let after = 10.0

  mutating func add(_ forecasts: [Forecast], _ truth: FlightTruth, radar: Radar) {
    guard truth.kind == .single, let member = truth.members.first, let impact = member.impact,
      let first = member.firstPlot,
      let forecast = forecasts.last(where: { $0.time <= first + .seconds(Self.after) })
    else { return }
    let plane = plane ?? Plane(around: radar.position)
    self.plane = plane
    ellipses.append(
      (
        plane.offset(of: forecast.impact), forecast.covariance, plane.offset(of: impact.place)
      ))
  }

  var svg: String {
    let reach =
      ellipses.flatMap { [$0.impact, $0.center] }
      .reduce(5_000) { max($0, abs($1.east), abs($1.north)) } * 1.1
    let scale = 340 / reach
    func point(_ offset: Offset) -> (x: Double, y: Double) {
      (360 + offset.east * scale, 380 - offset.north * scale)
    }
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 740" font-family="sans-serif" \
      font-size="13" fill="#222">
      <rect width="720" height="740" fill="#fff"/>
      <text x="20" y="24" font-size="16">90 % ellipses ten seconds after the first plot, and the \
      impacts (dots)</text>
      <path d="M352 380h16M360 372v16" stroke="#222"/>
      <text x="368" y="394">radar</text>
      <line x1="40" x2="\(40 + 10_000 * scale)" y1="722" y2="722" stroke="#222" stroke-width="3"/>
      <text x="40" y="714">10 km, north up</text>

      """
    for ellipse in ellipses {
      let spread = ellipse.spread
      let angle =
        0.5 * atan2(2 * spread.eastNorth, spread.eastEast - spread.northNorth)
      let middle = (spread.eastEast + spread.northNorth) / 2
      let half =
        (pow((spread.eastEast - spread.northNorth) / 2, 2) + pow(spread.eastNorth, 2))
        .squareRoot()
      let size = (2 * log(10.0)).squareRoot() * scale
      let center = point(ellipse.center)
      let impact = point(ellipse.impact)
      text += String(
        format: """
          <ellipse cx="%.1f" cy="%.1f" rx="%.1f" ry="%.1f" transform="rotate(%.1f %.1f %.1f)" \
          fill="#0072b2" fill-opacity="0.12" stroke="#0072b2"/>
          <circle cx="%.1f" cy="%.1f" r="2.5" fill="#d55e00"/>

          """, center.x, center.y, (middle + half).squareRoot() * size,
        max(middle - half, 0).squareRoot() * size, -angle * 180 / .pi, center.x, center.y,
        impact.x, impact.y)
    }
    return text + "</svg>\n"
  }
}
