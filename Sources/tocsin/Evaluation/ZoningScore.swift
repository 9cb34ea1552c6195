import Foundation
import TocsinModel

/// One barrage on a coarse map, whose zones are whole districts, and on the fine one: who hears how many alarms, and
/// how much is warned needlessly.
struct ZoningScore {
  /// What the places of the fine map hear by one of the maps.
  struct Heard {
    var alarms: [String: Int] = [:]
    var needless = 0
    var needlessArea = 0.0
    var needlessPeople = 0
    var missed = 0
  }

  private let fine: [Zone]
  /// In the order of the map; a zone without a district stands for itself.
  let districts: [Zone]
  private let radar: String
  /// Which of the districts each zone lies in, by place.
  private let places: [Int]
  private let alone: Int
  private(set) var byFine = Heard()
  private(set) var byDistrict = Heard()
  private(set) var bodies = 0

  /// - Throws: where there are no districts to compare with.
  init(_ zones: [Zone], radar: String) throws {
    guard zones.contains(where: { !$0.district.isEmpty }) else {
      throw Refused(
        description: "--zoning compares zones with their districts, and none of these zones names "
          + "one. Add 'district' to them, or leave --zoning out.")
    }
    fine = zones
    self.radar = radar
    alone = zones.count { $0.district.isEmpty }
    var members: [[Zone]] = []
    var known: [Texts: Int] = [:]
    places = zones.map { zone in
      let key = Self.key(zone.district)
      if let place = known[key] {
        members[place].append(zone)
        return place
      }
      members.append([zone])
      if !zone.district.isEmpty { known[key] = members.count - 1 }
      return members.count - 1
    }
    districts = members.enumerated().map { place, own in
      Zone(
        id: "\(place)", name: own[0].district.isEmpty ? own[0].name : own[0].district,
        district: own[0].district, area: Area(polygons: own.flatMap(\.area.polygons)),
        label: own[0].label, shelterSeconds: own.compactMap(\.shelterSeconds).min())
    }
  }

  /// What tells districts apart. The Home Front Command's map names its 30 in Hebrew; in other languages it has
  /// several names for 12 of them, and one for two. Elsewhere all languages together.
  private static func key(_ district: Texts) -> Texts {
    district.byLanguage["he"].map { ["he": $0] } ?? district
  }

  /// When each zone of both maps was first warned.
  mutating func add(
    fine warned: [String: Timestamp], districts told: [String: Timestamp], _ truth: FlightTruth
  ) {
    bodies += truth.members.count
    for (zone, place) in zip(fine, places) {
      let danger = truth.danger(for: zone)
      Self.count(warned[zone.id], zone, danger, in: &byFine)
      Self.count(told[districts[place].id], zone, danger, in: &byDistrict)
    }
  }

  private static func count(
    _ warned: Timestamp?, _ zone: Zone, _ danger: FlightTruth.Danger, in heard: inout Heard
  ) {
    if warned != nil {
      heard.alarms[zone.id, default: 0] += 1
      if !danger.isExcused {
        heard.needless += 1
        heard.needlessArea += zone.area.squareKilometers
        heard.needlessPeople += zone.people ?? 0
      }
    }
    if danger.isMissed(warned) { heard.missed += 1 }
  }

  var text: String {
    let real = (districts.count - alone).counted("district")
    let rest = alone == 0 ? "" : " and \(alone.counted("zone")) without one"
    let loudest = byDistrict.alarms.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let instead = loudest.map { id, alarms in
      let name = fine.first { $0.id == id }?.name["en"] ?? ""
      return
        "\n  \(name): \(alarms.counted("alarm")) by districts, \(byFine.alarms[id] ?? 0) by zones"
    }
    return """
      zoning: \(bodies.counted("body", "bodies")) seen by radar \(radar), each once; an alarm is one warning that one \
      place of the fine map hears
        \(real)\(rest): \(byDistrict.text)
        \(fine.count.counted("zone")): \(byFine.text)\(instead ?? "")
      """
  }
}

extension ZoningScore.Heard {
  var text: String { "\(alarmText); \(missed) missed" }

  private var alarmText: String {
    let counts = alarms.values.sorted()
    guard let most = counts.last else { return "no alarm" }
    let all = counts.reduce(0, +)
    let spread =
      counts.count == 1
      ? "" : ", half of them heard \(counts[counts.count / 2]) or more, one heard \(most)"
    let people = needlessPeople > 0 ? ", \(needlessPeople) people" : ""
    return "\(all.counted("alarm")) in \(counts.count.counted("place"))\(spread); needless "
      + (needless == 0
        ? "none"
        : "\(needless.counted("alarm"))\(String(format: ", %.1f km²", needlessArea))\(people)")
  }
}
