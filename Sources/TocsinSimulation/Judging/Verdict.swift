public import TocsinModel

/// What became of one world under a policy.
public struct Verdict: Hashable, Sendable, Encodable {
  public let seed: UInt64
  public let radars: [String]
  public let hasMet: Bool
  public let zones: Int
  /// In words.
  public let faults: [String]
  public private(set) var tally = Tally()
  /// Each zone that was missed, blind ones included.
  public private(set) var missed: [Missed] = []

  public struct Missed: Hashable, Sendable, Encodable {
    public let zone: String
    public let why: Reason
    public let impact: Timestamp
    public let shelterSeconds: Int?

    enum CodingKeys: String, CodingKey {
      case zone, why
      case impact = "impact_t"
      case shelterSeconds = "shelter_seconds"
    }
  }

  public enum Reason: String, Hashable, Sendable, Encodable { case never, late, cleared, blind }

  enum CodingKeys: String, CodingKey {
    case seed, radars, zones, faults, tally, missed
    case hasMet = "met"
  }

  /// A zone is in danger within this many meters of an impact, and not warned needlessly within 1,000.
  package static let near = 300.0
  package static let notFar = 1_000.0
  /// A warning with less seconds left is none.
  package static let leastLead = 5.0
  /// A body is seen in time when this many of its plots have come this many seconds before its impact.
  static let (plotsToSee, secondsToSee) = (3, 10.0)

  init(_ world: World, _ account: Account) {
    seed = world.seed
    radars = world.plan.radars.map(\.id)
    hasMet = world.met != nil
    zones = world.plan.zones.count
    faults = world.faults.map(\.description)
    let bodies = Self.seen(world)
    tally.worlds = 1
    tally.bodies = bodies.count
    tally.tracks = account.tracks.count
    tally.withoutForecast = bodies.indices.count {
      bodies[$0].isSeenInTime && !account.forecast.contains($0)
    }
    tally.falseTracks = account.falseTracks.count
    for told in account.told.values {
      tally.again += told.again
      tally.corrections += told.corrections
    }
    for zone in world.plan.zones { judge(zone, bodies, account.told[zone.id]) }
  }

  /// A body and when it was seen.
  private struct Seen {
    var body: World.Falling
    var first: Timestamp?
    var isSeenInTime: Bool
  }

  private static func seen(_ world: World) -> [Seen] {
    var plots: [[(arrived: Timestamp, measured: Timestamp)]] = world.bodies.map { _ in [] }
    for arrival in world.arrivals {
      for sighting in arrival.sightings {
        guard let body = sighting.flight else { continue }
        let measured = sighting.plot.measured
        // A batch that comes twice shows nothing new.
        if !plots[body].contains(where: { $0.measured == measured }) {
          plots[body].append((arrival.time, measured))
        }
      }
    }
    return zip(world.bodies, plots).map { body, plots in
      let enough = plots.count >= plotsToSee ? plots[plotsToSee - 1].arrived : nil
      return Seen(
        body: body, first: plots.first?.arrived,
        isSeenInTime: enough.map {
          (body.path.last.time - $0).inSeconds >= secondsToSee
        } ?? false)
    }
  }

  private mutating func judge(_ zone: Zone, _ bodies: [Seen], _ told: Account.Told?) {
    func meters(_ path: Path) -> Double { zone.area.distance(to: path.last.position) }
    let whole = bodies.filter { $0.body.impact != nil }
    let pieces = bodies.flatMap(\.body.pieces).map(meters).min() ?? .infinity
    let endangering = whole.filter { meters($0.body.path) <= Self.near }
    let nearest = min(
      whole.map { meters($0.body.path) }.min() ?? .infinity, pieces,
      bodies.compactMap(\.body.unbroken).map(meters).min() ?? .infinity)
    if pieces <= Self.near {
      tally.underPieces += 1
      if told == nil, endangering.isEmpty { tally.underPiecesUnwarned += 1 }
    }
    if !endangering.isEmpty {
      judge(zone, endangeredBy: endangering, told)
    } else if told != nil, nearest > Self.notFar {
      tally.needless += 1
      tally.needlessSquareKilometers += zone.area.squareKilometers
      tally.needlessPeople += zone.people ?? 0
    }
  }

  /// By the body that comes down first.
  private mutating func judge(
    _ zone: Zone, endangeredBy bodies: [Seen], _ told: Account.Told?
  ) {
    guard let first = bodies.min(by: { $0.body.path.last.time < $1.body.path.last.time }) else {
      return
    }
    tally.inDanger += 1
    let impact = first.body.path.last.time
    let lead = told.map { (impact - $0.warned).inSeconds }
    let isCleared = told?.ended.map { $0 < impact } ?? false
    if let lead, lead >= Self.leastLead, !isCleared {
      note(lead: lead, of: zone, first, impact)
      return
    }
    let why: Reason =
      !first.isSeenInTime ? .blind : lead == nil ? .never : isCleared ? .cleared : .late
    switch why {
    case .never: tally.missedNever += 1
    case .late: tally.missedLate += 1
    case .cleared: tally.missedCleared += 1
    case .blind: tally.missedBlind += 1
    }
    missed.append(
      Missed(zone: zone.id, why: why, impact: impact, shelterSeconds: zone.shelterSeconds))
  }

  private mutating func note(
    lead: Double, of zone: Zone, _ body: Seen, _ impact: Timestamp
  ) {
    guard let shelter = zone.shelterSeconds.map(Double.init), let first = body.first,
      (impact - first).inSeconds >= shelter
    else { return }
    tally.reachable += 1
    if lead < shelter { tally.late += 1 }
  }
}
