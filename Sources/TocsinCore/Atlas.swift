public import TocsinModel

/// The plan with what is derived from it once: names, districts, the outlines of danger.
///
/// Equal, and stored, by its plan alone.
public struct Atlas: Sendable {
  public let plan: Plan
  public let names: ZoneNames
  let byID: [String: Int]
  let hazards: [String: Hazard]
  let districts: [District]
  let radars: Set<String>
  /// The source that brings a radar's plots, by radar id, where the plan names one.
  let sourceOfRadar: [String: String]
  /// Of each radar a number that it has in common with those it shares a site, a link or a source with.
  private let witnesses: [String: Int]
  private let dangers: [Danger]
  private let tree: DangerTree

  /// The zones that share a district.
  struct District: Sendable {
    var name: Texts
    /// Indices into the plan's zones.
    var zones: [Int]
    /// The shortest stated time above 0, in seconds.
    var shortestShelter: Int?
  }

  /// - Parameter former: what it derived from the zones is taken over where they are the same.
  public init(_ plan: Plan, after former: Atlas? = nil) {
    self.plan = plan
    let same = former.flatMap {
      $0.plan.zones == plan.zones && $0.plan.policy.dangerRadius == plan.policy.dangerRadius
        ? $0 : nil
    }
    names = same?.names ?? ZoneNames(plan.zones)
    byID = Dictionary(
      plan.zones.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    hazards = Dictionary(plan.hazards.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    radars = Set(plan.radars.map(\.id))
    sourceOfRadar = Dictionary(
      plan.sources.flatMap { source in (source.radars ?? []).map { ($0, source.id) } },
      uniquingKeysWith: { first, _ in first })
    witnesses = Self.witnesses(plan.radars, sourceOfRadar)
    districts = Self.districts(of: plan.zones)
    dangers =
      same?.dangers ?? Self.dangers(of: plan.zones, radius: max(plan.policy.dangerRadius, 1))
    tree = same?.tree ?? DangerTree(dangers)
  }

  private static func dangers(of zones: [Zone], radius: Double) -> [Danger] {
    zones.map { zone in
      let plane = Plane(around: zone.label)
      return Danger(plane: plane, outline: Outline(around: zone.area, radius: radius, on: plane))
    }
  }

  private static func districts(of zones: [Zone]) -> [District] {
    var districts: [District] = []
    var places: [Texts: Int] = [:]
    for (index, zone) in zones.enumerated() {
      let place = places[zone.district] ?? districts.count
      if place == districts.count {
        places[zone.district] = place
        districts.append(District(name: zone.district, zones: []))
      }
      districts[place].zones.append(index)
      if let shelter = zone.shelterSeconds, shelter > 0 {
        districts[place].shortestShelter = min(districts[place].shortestShelter ?? .max, shelter)
      }
    }
    return districts
  }

  /// Radars that can fail or be misled together are one witness: on one site (within 100 m), over one
  /// source, or with a stated link, mast or power line in common.
  private static func witnesses(_ radars: [Radar], _ sources: [String: String]) -> [String: Int] {
    var groups = Array(radars.indices)
    for one in radars.indices {
      for other in radars.indices.dropFirst(one + 1)
      where areTied(radars[one], radars[other], sources) && groups[one] != groups[other] {
        let (kept, left) = (groups[one], groups[other])
        for index in groups.indices where groups[index] == left { groups[index] = kept }
      }
    }
    return Dictionary(
      zip(radars.map(\.id), groups), uniquingKeysWith: { first, _ in first })
  }

  private static func areTied(_ one: Radar, _ other: Radar, _ sources: [String: String]) -> Bool {
    if let source = sources[one.id], source == sources[other.id] { return true }
    if !Set(one.shares).isDisjoint(with: other.shares) { return true }
    return Plane(around: one.position).offset(of: other.position).length < 100
  }

  /// How many of these radars bear witness each for itself.
  func witnesses(among radars: [String]) -> Int { Set(radars.compactMap { witnesses[$0] }).count }

  public func zone(_ id: String) -> Zone? { byID[id].map { plan.zones[$0] } }

  /// P(zone) of every zone where it is at least one in ten thousand, greatest first.
  ///
  /// P(zone) is the probability that the body comes down in the zone or within the policy's danger radius.
  /// Of a body that has burst, the probability that a piece of any kind does.
  public func probabilities(of forecast: Forecast) -> [ZoneProbability] {
    joined(chances(of: forecast), ended: forecast.ended)
  }

  /// P(zone) of the whole body and of its pieces, each for itself.
  typealias Chances = (body: [ZoneProbability], pieces: [ZoneProbability])

  func chances(of forecast: Forecast) -> Chances {
    (bodyProbabilities(of: forecast), fragmentProbabilities(of: forecast))
  }

  /// The body itself or a piece, each by its own chance; pieces alone once it has burst.
  func joined(_ chances: Chances, ended: Bool) -> [ZoneProbability] {
    guard !chances.pieces.isEmpty else { return chances.body }
    guard !ended else { return chances.pieces }
    var sums: [String: Double] = [:]
    for row in chances.body { sums[row.zone] = row.probability }
    for row in chances.pieces {
      sums[row.zone] = 1 - (1 - sums[row.zone, default: 0]) * (1 - row.probability)
    }
    return ranked(sums)
  }

  /// P(zone) of the whole body alone, over the parts of its forecast.
  private func bodyProbabilities(of forecast: Forecast) -> [ZoneProbability] {
    let parts = forecast.parts.isEmpty ? [forecast.whole] : forecast.parts
    var sums: [String: Double] = [:]
    for part in parts {
      for row in probabilities(of: part) {
        sums[row.zone, default: 0] += part.share * row.probability
      }
    }
    return ranked(sums)
  }

  /// P(zone) that a piece of any kind comes down there, each kind by its own chance.
  private func fragmentProbabilities(of forecast: Forecast) -> [ZoneProbability] {
    var spared: [String: Double] = [:]
    for part in forecast.fragments {
      for row in probabilities(of: part) { spared[row.zone, default: 1] *= 1 - row.probability }
    }
    return ranked(spared.mapValues { 1 - $0 })
  }

  private func ranked(_ probabilities: [String: Double]) -> [ZoneProbability] {
    probabilities.compactMap { zone, probability in
      let rounded = (min(probability, 1) * 1e4).rounded() / 1e4
      return rounded > 0 ? ZoneProbability(zone: zone, probability: rounded) : nil
    }.sorted {
      $0.probability != $1.probability ? $0.probability > $1.probability : $0.zone < $1.zone
    }
  }

  /// Of one ellipse, where it is more than one in a million.
  package func probabilities(of forecast: Forecast.Part) -> [ZoneProbability] {
    probabilities(of: forecast, among: zones(near: forecast))
  }

  /// - Parameter indices: the zones that are looked at, by their index in the plan.
  package func probabilities(
    of forecast: Forecast.Part, among indices: some Sequence<Int>
  ) -> [ZoneProbability] {
    var found: [ZoneProbability] = []
    for index in indices {
      let outline = dangers[index].outline
      let probability = ground(of: forecast, by: index).probability(within: outline)
      if probability > 1e-6 {
        found.append(ZoneProbability(zone: plan.zones[index].id, probability: probability))
      }
    }
    return found
  }

  /// On the plane of the zone of an index.
  private func ground(of forecast: Forecast.Part, by index: Int) -> GroundDistribution {
    GroundDistribution(
      mean: dangers[index].plane.offset(of: forecast.impact), covariance: forecast.covariance)
  }

  /// All zones whose probability can be more than one in a million, by their index in the plan.
  private func zones(near forecast: Forecast.Part) -> [Int] {
    let deviations = 4.76  // So far to one side, or farther, comes less than one in a million.
    let ground = GroundDistribution(
      mean: Offset(east: 0, north: 0), covariance: forecast.covariance)
    let touched = tree.dangers(
      near: forecast.impact, east: deviations * ground.sigmaEast,
      north: deviations * ground.sigmaNorth)
    return touched.filter {
      self.ground(of: forecast, by: $0)
        .isNear(reach: dangers[$0].outline.reach, deviations: deviations)
    }
  }
}

extension Forecast {
  /// The one ellipse as a part.
  fileprivate var whole: Part {
    Part(
      share: 1, impact: impact, impactTime: impactTime, covariance: covariance,
      sigmaTime: sigmaTime)
  }
}

extension Atlas: Hashable {
  public static func == (left: Atlas, right: Atlas) -> Bool { left.plan == right.plan }
  public func hash(into hasher: inout Hasher) { hasher.combine(plan) }
}

extension Atlas: Codable {
  public init(from decoder: any Decoder) throws { self.init(try Plan(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try plan.encode(to: encoder) }
}
