package import TocsinConfiguration
package import TocsinModel

/// Where a siren is heard, and what it sounds: alike for every way by which sirens are reached.
package struct SirenReach: Hashable, Sendable {
  package var zones: Set<String>
  package var districts: Set<String>
  package var patterns: [Stage: SirenPattern]

  package init(_ fields: inout YAMLFields) {
    zones = Set(fields.has("zones") ? fields.list("zones") : [])
    districts = Set(fields.has("districts") ? fields.list("districts") : [])
    patterns = [.shelter: Self.pattern("shelter", &fields) ?? .oneMinute]
    patterns[.early] = Self.pattern("early", &fields)
    patterns[.ended] = Self.pattern("ended", &fields)
    if zones.isEmpty, districts.isEmpty {
      fields.fault("zones", "is missing; list the zones, or 'districts', in which it is heard")
    }
  }

  private static func pattern(_ key: String, _ fields: inout YAMLFields) -> SirenPattern? {
    guard let text = fields.optionalText(key) else { return nil }
    guard let pattern = SirenPattern(text) else {
      fields.fault(
        key, "is '\(text)'; write steps that begin with on and last 5 min at most: on 5 s, off 2 s")
      return nil
    }
    return pattern
  }

  /// What of it is not in the plan.
  func faults(of siren: String, in plan: Plan) -> [KeyFault] {
    let known = Set(plan.zones.map(\.id))
    let districtsKnown = Set(plan.zones.map { $0.district["en"] })
    return zones.subtracting(known).sorted().map {
      KeyFault("sirens", "has '\(siren)' in the zone '\($0)', which is not in the plan")
    }
      + districts.subtracting(districtsKnown).sorted().map {
        KeyFault("sirens", "has '\(siren)' in the district '\($0)', which no zone has")
      }
  }

  /// With the zones of its districts.
  func settled(in plan: Plan) -> SirenReach {
    var reach = self
    reach.zones.formUnion(
      plan.zones.filter { districts.contains($0.district["en"]) }.map(\.id))
    return reach
  }
}
