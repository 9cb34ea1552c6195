public import TocsinModel

/// Turns plots into tracks and tracks into forecasts.
///
/// A value without clock, chance or input: the same plots in the same batches give the same tracks
/// in every process, and a stored copy continues as the original would. All motion is computed in
/// one frame, that of the first radar.
public struct Tracker: Hashable, Sendable {
  public private(set) var radars: [Radar]
  public var settings: Settings {
    didSet {
      guard settings != oldValue else { return }
      atmosphere = Atmosphere(met: settings.met)
      priors = Priors(hasMet: atmosphere.met != nil)
      flightPriors = FlightPriors(hasMet: atmosphere.met != nil)
    }
  }

  let frame: Frame
  let sites: [Site]
  var atmosphere: Atmosphere
  package var priors: Priors
  package var flightPriors: FlightPriors
  var trails: [Trail] = []
  var candidates: [Candidate] = []
  /// The newest plots that no track took, as they came.
  var loose: [LoosePlot] = []
  var rhythms: [Rhythm]
  var registrations: [Registration]
  /// Of each radar: its first plot.
  var firstHeard: [Timestamp?]
  var now = Timestamp.distantPast
  var lastNumber = 0
  var lastSerial = 0

  public init(radars: [Radar], settings: Settings = Settings()) {
    self.radars = radars
    self.settings = settings
    let first = radars.first
    let frame = Frame(
      origin: first?.position ?? Position(latitude: 0, longitude: 0), height: first?.height ?? 0)
    self.frame = frame
    sites = radars.map { Site($0, in: frame) }
    atmosphere = Atmosphere(met: settings.met)
    priors = Priors(hasMet: atmosphere.met != nil)
    flightPriors = FlightPriors(hasMet: atmosphere.met != nil)
    // Of several radars one may be late, until it is seen not to be.
    rhythms = radars.map { _ in Rhythm(delay: radars.count > 1 ? 2 : 0) }
    registrations = radars.map { radars.count > 1 ? Registration($0) : Registration() }
    firstHeard = radars.map { _ in nil }
  }

  var dynamics: Dynamics { Dynamics(frame: frame, atmosphere: atmosphere) }
  var ground: Ground { Ground(flat: settings.groundHeight, grid: settings.heightGrid) }

  /// Live tracks and those that ended within the last minute, by number.
  public var tracks: [Track] {
    trails.filter { $0.end.map { now - $0.time < .seconds(60) } ?? true }.map(describe)
  }

  /// Whether every covariance that is kept of a live track is one; for tests.
  package var isSound: Bool {
    trails.allSatisfy { trail in
      !trail.isAlive || trail.bank.hypotheses.allSatisfy { $0.estimate.isPositive }
    }
  }

  /// What each radar's coordinates are believed to be too great by, in meters and degrees; in the order of
  /// `radars`. Zero where one stands alone.
  public var biases: [Plot.Sigma] {
    registrations.map {
      .init(
        range: $0.mean.x, azimuth: $0.mean.y * 180 / .pi, elevation: $0.mean.z * 180 / .pi)
    }
  }

  /// Seconds by which each radar's plots come late, as far as can be told; in the order of `radars`.
  public var delays: [Double] { rhythms.map(\.delay) }

  /// When `advance` next has something to do; `nil` when no track is alive and none is about to be.
  public var nextDeadline: Timestamp? {
    // By index: a trail is large, and nothing else of it is wanted.
    let doubt = trails.indices.lazy.filter { trails[$0].isAlive }.map { trails[$0].deadline }.min()
    guard let ripe = nextRipe else { return doubt }
    return min(doubt ?? ripe, ripe)
  }
}

extension Tracker: Codable {
  private enum CodingKeys: String, CodingKey {
    case radars, settings, trails, candidates, loose, rhythms, registrations, firstHeard, now
    case lastNumber, lastSerial
  }

  /// What follows from radars and settings is made from them again.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      radars: try container.decode([Radar].self, forKey: .radars),
      settings: try container.decode(Settings.self, forKey: .settings))
    trails = try container.decode([Trail].self, forKey: .trails)
    candidates = try container.decode([Candidate].self, forKey: .candidates)
    loose = try container.decode([LoosePlot].self, forKey: .loose)
    rhythms = try container.decode([Rhythm].self, forKey: .rhythms)
    registrations = try container.decode([Registration].self, forKey: .registrations)
    firstHeard = try container.decode([Timestamp?].self, forKey: .firstHeard)
    now = Timestamp(nanoseconds: try container.decode(Int64.self, forKey: .now))
    lastNumber = try container.decode(Int.self, forKey: .lastNumber)
    lastSerial = try container.decode(Int.self, forKey: .lastSerial)
    guard
      [rhythms.count, registrations.count, firstHeard.count]
        == Array(repeating: radars.count, count: 3)
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "A stored tracker has other radars than its lists; start a new one."))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(radars, forKey: .radars)
    try container.encode(settings, forKey: .settings)
    try container.encode(trails, forKey: .trails)
    try container.encode(candidates, forKey: .candidates)
    try container.encode(loose, forKey: .loose)
    try container.encode(rhythms, forKey: .rhythms)
    try container.encode(registrations, forKey: .registrations)
    try container.encode(firstHeard, forKey: .firstHeard)
    // As a number: the distant past has no RFC 3339 form.
    try container.encode(now.nanoseconds, forKey: .now)
    try container.encode(lastNumber, forKey: .lastNumber)
    try container.encode(lastSerial, forKey: .lastSerial)
  }
}
