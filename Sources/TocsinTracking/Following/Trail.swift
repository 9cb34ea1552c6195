import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// A track as the tracker keeps it.
struct Trail: Hashable, Sendable, Codable {
  var number: Int
  var bank: Bank
  var fit: Fit
  var plots: Int
  let firstPlot: Timestamp
  var lastPlot: Timestamp
  /// By radar number, sorted: when it last saw the body.
  var seen: [Sight]
  /// Plot time of the newest forecast.
  var lastForecast: Timestamp?
  var forecast: Forecast?
  /// When the absence of plots must next be weighed.
  var deadline: Timestamp
  var end: TrackEnd?
  /// A running mean of the squared distance of plots from what was expected, per coordinate; one
  /// when all is well.
  var surprise = 1.0

  struct Sight: Hashable, Sendable, Codable {
    var radar: Int
    var time: Timestamp
  }

  var isAlive: Bool { end == nil }

  /// Follows a body that flies otherwise than it did: its drag may have changed, by breaking or
  /// tumbling.
  ///
  /// By chance alone it happens once in some 2,000 plots (simulated).
  mutating func notice(_ distance: Double) {
    surprise += 0.2 * (min(distance / 3, 8) - surprise)
    guard surprise > 2.2 else { return }
    bank.doubt(logDrag: 0.3, speed: 3)
    surprise = 1.2
  }

  mutating func note(_ measured: Measurement) {
    plots += 1
    fit.take(measured)
    lastPlot = max(lastPlot, measured.time)
    if let index = seen.firstIndex(where: { $0.radar == measured.radar }) {
      seen[index].time = max(seen[index].time, measured.time)
    } else {
      seen.append(Sight(radar: measured.radar, time: measured.time))
      seen.sort { $0.radar < $1.radar }
    }
  }

  /// Meters that the body can at most be from where a straight line puts it, for a cheap first
  /// gate.
  func mayReach(_ measured: Measurement) -> Bool {
    let estimate = bank.best.estimate
    let span = (measured.time - bank.time).inSeconds
    let gap = measured.place - (estimate.place + span * estimate.velocity)
    let own = estimate[0, 0] + estimate[1, 1] + estimate[2, 2]
    let speeds = estimate[3, 3] + estimate[4, 4] + estimate[5, 5]
    let noise = dot(measured.sigmas, measured.sigmas)
    let push = bank.burningShare > 1e-4 ? 300.0 : 60
    let reach = 6 * (own + noise + speeds * span * span).squareRoot() + push * span * span + 10
    return dot(gap, gap) < reach * reach
  }
}

/// A trail that is not yet believed: two or more plots that could be one body.
struct Candidate: Hashable, Sendable, Codable {
  var bank: Bank
  /// ln of how much likelier its plots are as one body than as false plots.
  var score: Double
  /// Serial numbers of its plots.
  var plots: [Int]
  var first: Timestamp
  var last: Timestamp
  /// The shortest span between two of its plots.
  var shortest: Double
  var sights: [Trail.Sight]
}

/// A plot that no track has taken, with a serial number.
struct LoosePlot: Hashable, Sendable, Codable {
  var serial: Int
  var measured: Measurement
}

/// How often a radar looks, learned from the tracks it sees.
struct Rhythm: Hashable, Sendable, Codable {
  /// Seconds between looks at one body; `nil` until seen.
  var interval: Double?
  private var longer = 0

  init() {}

  /// Takes the span between two plots of one track. Misses make spans longer, so the shortest that
  /// keeps coming is the interval; five longer ones in a row say that it has changed.
  mutating func note(_ span: Double) {
    guard span > 0.005 else { return }
    guard let known = interval, span < 1.5 * known else {
      longer += interval == nil ? 0 : 1
      if interval == nil || longer >= 5 {
        interval = span
        longer = 0
      }
      return
    }
    longer = 0
    interval = span < 0.7 * known ? span : known + 0.1 * (span - known)
  }
}
