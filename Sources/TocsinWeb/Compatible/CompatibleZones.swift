import HomeFrontCommand
import TocsinModel
import TocsinSources

/// Our zones under the numbers that other authorities' clients know zones by.
struct CompatibleZones: Sendable {
  struct Row: Sendable {
    var zone: Zone
    var number: Int
  }

  let rows: [Row]
  private let districts: [String]
  private let hazards: [Hazard]

  /// Numbers from here up are ours, above all that the Ukrainian services use for their regions: their clients
  /// name a region by its number alone.
  static let firstNumber = 10_001
  static let lastNumber = 99_999

  /// A zone whose id is such a number keeps it; others count from ``firstNumber`` in the plan's order.
  init(_ plan: Plan) {
    let taken = Set(plan.zones.compactMap { Self.number($0.id) })
    var next = Self.firstNumber
    rows = plan.zones.map { zone in
      if let own = Self.number(zone.id) { return Row(zone: zone, number: own) }
      while taken.contains(next) { next += 1 }
      defer { next += 1 }
      return Row(zone: zone, number: next)
    }
    districts = Set(plan.zones.map { $0.district["en"] }).sorted()
    hazards = plan.hazards
  }

  private static func number(_ id: String) -> Int? {
    Int(id).flatMap { (1...lastNumber).contains($0) && String($0) == id ? $0 : nil }
  }

  var lists: ZoneLists {
    ZoneLists(
      rows.map { row in
        ListedZone(
          number: row.number, names: row.zone.name.byLanguage,
          area: (districts.firstIndex(of: row.zone.district["en"]) ?? 0) + 1,
          areaNames: row.zone.district.byLanguage, shelterSeconds: row.zone.shelterSeconds ?? 0,
          latitude: row.zone.label.latitude, longitude: row.zone.label.longitude)
      })
  }

  /// What each hazard, an early warning and an end say, in every language of the plan.
  var translations: [ZoneLists.Translation] {
    hazards.flatMap { hazard in
      let danger = AlertCategory(AlertCategory.Kind(hazard: hazard.id))
      return [
        (danger, hazard.shelter), (AlertCategory(.earlyWarning), hazard.early),
        (AlertCategory(.ended), hazard.ended),
      ].map { category, text in
        ZoneLists.Translation(
          category: category, titles: hazard.name.byLanguage, instructions: text.byLanguage)
      }
    }
  }
}
