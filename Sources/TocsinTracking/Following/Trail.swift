import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// A track as the tracker keeps it.
struct Trail: Hashable, Sendable, Codable {
  var number: Int
  var bank: Bank { didSet { outlook = Outlook(bank) } }
  private(set) var outlook: Outlook
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
  /// Pieces that others' report of an interception makes likely.
  var pieces: [Forecast.Part] = []
  /// A running mean of the squared distance of plots from what was expected, per coordinate; one
  /// when all is well.
  var surprise = 1.0
  /// How likely all its plots are of one body, and the numbers of the trails that the others may be of, sorted.
  private(set) var purity = 1.0
  private(set) var rivals: [Int] = []
  /// Plots taken since the update before.
  var taken: [Told] = []

  /// A plot as its radar told it.
  struct Told: Hashable, Sendable, Codable {
    let radar: Int
    let time: Timestamp
    let range: Double
    let azimuth: Double

    init(_ measured: Measurement) {
      radar = measured.radar
      time = measured.time
      range = measured.told.x
      azimuth = measured.told.y
    }
  }

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

  /// Takes that another account of its plots is so much likelier than that all are its own.
  mutating func doubt(odds: Double, beside others: [Int] = []) {
    purity /= 1 + odds
    for other in others where !rivals.contains(other) { rivals.append(other) }
    rivals.sort()
  }

  /// Takes that a plot of its own contradicts all others by so much: it is another's, unless by chance.
  mutating func contradict(by cost: Double) {
    // One first plot in 500 is another's though nothing told it.
    purity = 1 / (1 + max(1 / max(purity, 1e-9) - 1, 0.002) * exp(cost))
  }

  mutating func note(_ measured: Measurement) {
    plots += 1
    taken.append(Told(measured))
    fit.take(measured)
    lastPlot = max(lastPlot, measured.time)
    if let index = seen.firstIndex(where: { $0.radar == measured.radar }) {
      seen[index].time = max(seen[index].time, measured.time)
    } else {
      seen.append(Sight(radar: measured.radar, time: measured.time))
      seen.sort { $0.radar < $1.radar }
    }
  }

  init(
    number: Int, bank: Bank, fit: Fit, plots: Int, firstPlot: Timestamp, lastPlot: Timestamp,
    seen: [Sight], deadline: Timestamp, purity: Double, taken: [Told]
  ) {
    self.number = number
    self.bank = bank
    outlook = Outlook(bank)
    self.fit = fit
    self.plots = plots
    self.firstPlot = firstPlot
    self.lastPlot = lastPlot
    self.seen = seen
    self.deadline = deadline
    self.purity = purity
    self.taken = taken
  }
}

/// What a cheap first gate needs of a bank: the likeliest account's straight line and its spread.
struct Outlook: Hashable, Sendable, Codable {
  let time: Timestamp
  private let place: Vector
  let velocity: Vector
  /// Sums over the three axes, m² and m²/s².
  private let placeVariance: Double
  private let speedVariance: Double
  /// Meters per second squared that the line may bend.
  private let push: Double

  init(_ bank: Bank) {
    let estimate = bank.best.estimate
    time = bank.time
    place = estimate.place
    velocity = estimate.velocity
    placeVariance = estimate[0, 0] + estimate[1, 1] + estimate[2, 2]
    speedVariance = estimate[3, 3] + estimate[4, 4] + estimate[5, 5]
    push = bank.burningShare > 1e-4 ? 300 : 60
  }

  private func place(after span: Double) -> Vector { place + span * velocity }

  /// Meters that the body can at most be from the line.
  private func reach(after span: Double, noise: Double) -> Double {
    6 * (placeVariance + noise + speedVariance * span * span).squareRoot() + push * span * span + 10
  }

  func mayReach(_ measured: Measurement) -> Bool {
    let span = (measured.time - time).inSeconds
    let gap = measured.place - place(after: span)
    let reach = reach(after: span, noise: dot(measured.sigmas, measured.sigmas))
    return dot(gap, gap) < reach * reach
  }

  /// Whether it may have been where a plot was that came late: within so many sigmas of the line, where that
  /// bends by so many m/s², and a slack in meters.
  func mayHaveCome(
    by measured: Measurement, sigmas: Double, bend: Double, slack: Double
  ) -> Bool {
    let span = (measured.time - time).inSeconds
    let gap = length(measured.place - place(after: span))
    let spread = (placeVariance + dot(measured.sigmas, measured.sigmas)).squareRoot()
    return gap < sigmas * spread + bend * span * span + slack
  }

  /// Where east of the frame's origin it may be met between two moments.
  func easts(from first: Timestamp, to last: Timestamp, noise: Double) -> ClosedRange<Double> {
    let (early, late) = ((first - time).inSeconds, (last - time).inSeconds)
    let reach = reach(after: max(abs(early), abs(late)), noise: noise)
    let (one, other) = (place(after: early).x, place(after: late).x)
    guard one.isFinite, other.isFinite, reach.isFinite else { return -1e9...1e9 }
    return min(one, other) - reach...max(one, other) + reach
  }
}

/// A trail that is not yet believed: two or more plots that could be one body.
struct Candidate: Hashable, Sendable, Codable {
  var bank: Bank
  /// ln of the density of its plots but the first as those of one body, per m³ and second each.
  var logLikelihood: Double
  /// ln of how much likelier its plots are as one body than as false plots; weighed anew with every loose plot.
  var score = 0.0
  /// The same if all loose plots but its own were no body's: how likely chance, or other bodies, left them.
  var leastScore = 0.0
  /// ln of how much likelier its velocity at first sight is of a body that comes up into sight than of any.
  var logRising: Double
  var plots: [Claim]
  var first: Timestamp
  var last: Timestamp
  /// The shortest span between two of its plots.
  var shortest: Double
  var sights: [Trail.Sight]

  /// A loose plot, by its number, and its radar's.
  struct Claim: Hashable, Sendable, Codable {
    var serial: Int
    var radar: Int
  }
}

/// A plot that no track has taken, with a serial number.
struct LoosePlot: Hashable, Sendable, Codable {
  var serial: Int
  var measured: Measurement
}

/// How often a radar looks, and how late its plots come, learned from them.
struct Rhythm: Hashable, Sendable, Codable {
  /// Seconds between looks at one body; `nil` until seen.
  private(set) var interval: Double?
  private var agreeing = 0
  private var longer = 0
  /// The newest time in which it sent nothing for longer than its interval: seconds, end, and whether it has counted
  /// among the longer ones.
  private var silence: Silence?

  private struct Silence: Hashable, Sendable, Codable {
    var length: Double
    var end: Timestamp
    var hasCounted = false
  }

  private var shorter: Double?
  private var turning = Turning()
  /// Seconds by which its plots come after the time that other plots or the clock have reached; what has not
  /// come by then may still be on its way.
  private(set) var delay: Double
  private var newest = 0.0

  /// The time of its newest plot, of whatever body or of none; `nil` before the first.
  private(set) var newestPlot: Timestamp?

  init(delay: Double) { self.delay = delay }

  mutating func hear(_ moment: Timestamp) {
    let length = newestPlot.map { (moment - $0).inSeconds } ?? 0
    if let interval, length > 1.5 * interval { silence = Silence(length: length, end: moment) }
    newestPlot = max(newestPlot ?? moment, moment)
  }

  /// Takes how late a plot came: two later ones in a row count at once, earlier ones little by little, and one
  /// that is the newest of all least, because nothing tells then what time it is.
  mutating func note(late: Double) {
    let isNewest = late <= 0
    let late = min(max(late, 0), 10)
    let both = min(late, newest)
    newest = late
    if late <= delay {
      delay += (isNewest ? 0.01 : 0.05) * (late - delay)
    } else {
      delay = max(delay, both)
    }
  }

  /// Takes the moment and the azimuth of the next plot, whatever it is of.
  mutating func note(_ time: Timestamp, degrees: Double) {
    turning.note(time, degrees: degrees)
    if let period = turning.period, interval ?? 0 < 0.7 * period { interval = period }
  }

  /// Seconds between looks, once five spans have agreed on it or the antenna's turn tells it.
  var certain: Double? { agreeing >= 5 || turns ? interval : nil }

  /// Whether its antenna is known to turn.
  var turns: Bool { turning.period != nil }

  /// Takes the span from one plot of a track to the next. Misses make spans longer and mistaken plots shorter, so five
  /// longer ones in a row, or two shorter ones that agree, say that the interval is another. One
  /// silence of the radar is a single span, however many bodies it was silent about.
  mutating func note(from start: Timestamp, to end: Timestamp) {
    let span = (end - start).inSeconds
    guard span > 0.005 else { return }
    guard let known = interval else {
      interval = span
      return
    }
    if span > 1.5 * known {
      if let silence, start < silence.end, span - silence.length < 1.5 * known {
        if silence.hasCounted { return }
        self.silence?.hasCounted = true
      }
      longer += 1
      guard longer >= 5 else { return }
    } else if span < 0.7 * known {
      let before = shorter
      shorter = span
      guard let before, abs(before - span) < 0.15 * span else { return }
    } else {
      (longer, shorter) = (0, nil)
      agreeing += 1
      interval = known + 0.1 * (span - known)
      return
    }
    (interval, longer, shorter, agreeing) = (span, 0, nil, 0)
    turning = Turning()
  }
}
