import Foundation
import TocsinModel

/// How far forecasts were off, and whether they knew it, at fixed times after the first plot.
struct ForecastScore {
  /// One flight at one time after its first plot.
  struct Sample {
    var miss: Double
    /// Squared distance by the forecast's own covariance.
    var distance: Double
    var secondsOff: Double
    var sigmaTime: Double
  }

  static let times = [2.0, 4, 6, 8, 10, 15, 20]
  /// Ellipses that should hold these shares of the impacts.
  static let shares = [0.5, 0.9, 0.95, 0.99]

  struct Group: Hashable, Comparable {
    var kind: String
    var radar: String

    static func < (left: Group, right: Group) -> Bool {
      (left.kind, left.radar) < (right.kind, right.radar)
    }
  }

  struct Cell {
    var samples: [Sample] = []
    var eligible = 0
  }

  struct Sum {
    var recordings = 0
    var bodies = 0
    var followed = 0
    var excessTracks = 0
  }

  private(set) var cells: [Group: [Double: Cell]] = [:]
  /// By kind; a body counts in each recording that shows it.
  private(set) var sums: [FlightTruth.Kind: Sum] = [:]
  /// Bodies that truly flew, each once.
  private(set) var bodies: Set<String> = []

  /// Takes all forecasts made from one file.
  mutating func add(_ forecasts: [Forecast], _ truth: FlightTruth) {
    let tracks = Dictionary(grouping: forecasts, by: \.track)
    let pairs = Self.assign(tracks, to: truth)
    var sum = sums[truth.kind] ?? Sum()
    sum.recordings += 1
    sum.bodies += truth.members.count
    sum.followed += pairs.count
    sum.excessTracks += tracks.count - pairs.count
    sums[truth.kind] = sum
    bodies.formUnion(truth.members.map { "\(truth.flight) \($0.id)" })
    let group = Group(kind: truth.kind.rawValue, radar: truth.radar)
    for (index, member) in truth.members.enumerated() {
      guard let impact = member.impact, let first = member.firstPlot else { continue }
      let own = pairs[index].flatMap { tracks[$0] } ?? []
      for time in Self.times {
        let moment = first + .seconds(time)
        guard member.isForeseeable(at: moment) else { continue }
        cells[group, default: [:]][time, default: Cell()].eligible += 1
        guard let last = own.last(where: { $0.time <= moment + .milliseconds(1) }), !last.ended
        else { continue }
        cells[group]?[time]?.samples.append(Self.sample(last, impact))
      }
    }
  }

  static func sample(_ forecast: Forecast, _ impact: FlightTruth.Member.End) -> Sample {
    let gap = Plane(around: impact.place).offset(of: forecast.impact)
    let spread = forecast.covariance
    let square =
      spread.northNorth * gap.east * gap.east - 2 * spread.eastNorth * gap.east * gap.north
      + spread.eastEast * gap.north * gap.north
    return Sample(
      miss: gap.length, distance: square / spread.determinant,
      secondsOff: (forecast.impactTime - impact.t).inSeconds, sigmaTime: forecast.sigmaTime)
  }

  /// One to one by the last forecast before the end, the nearest first; 200 m count as a second,
  /// and none beyond 6 km. A file of one flight without false plots has one track at most.
  private static func assign(_ tracks: [String: [Forecast]], to truth: FlightTruth) -> [Int: String]
  {
    if truth.kind == .single {
      let longest = tracks.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
      return longest.map { [0: $0.key] } ?? [:]
    }
    var costs: [(cost: Double, member: Int, track: String)] = []
    for (index, member) in truth.members.enumerated() {
      let goal = member.impact ?? member.end
      for (track, forecasts) in tracks {
        guard let last = forecasts.last(where: { $0.time <= goal.t && !$0.ended }) else {
          continue
        }
        let sample = sample(last, goal)
        costs.append((sample.miss + 200 * abs(sample.secondsOff), index, track))
      }
    }
    var pairs: [Int: String] = [:]
    for row in costs.sorted(by: { ($0.cost, $0.track) < ($1.cost, $1.track) })
    where row.cost <= 6000 && pairs[row.member] == nil && !pairs.values.contains(row.track) {
      pairs[row.member] = row.track
    }
    return pairs
  }
}

extension ForecastScore.Cell {
  func miss(_ share: Double) -> Double? { Self.quantile(samples.map(\.miss), share) }

  /// Share of impacts within the ellipse that should hold `share` of them.
  func coverage(_ share: Double) -> Double {
    let bound = -2 * log(1 - share)
    return Double(samples.count { $0.distance <= bound }) / Double(max(samples.count, 1))
  }

  /// Mean squared distance per coordinate; 1 when the forecasts know how sure they are.
  var nees: Double {
    samples.reduce(0) { $0 + min($1.distance, 1e6) / 2 } / Double(max(samples.count, 1))
  }

  private static func quantile(_ values: [Double], _ share: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
