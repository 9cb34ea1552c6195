import Foundation
import TocsinModel
import TocsinSimulation

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
  let districts: [Zone]
  private let members: [String: [Zone]]
  private(set) var byFine = Heard()
  private(set) var byDistrict = Heard()
  private(set) var bodies = 0

  init(_ zones: [Zone]) {
    fine = zones
    members = Dictionary(grouping: zones) { $0.district["en"] }
    districts = members.sorted { $0.key < $1.key }.map { name, own in
      Zone(
        id: name, name: Texts(name), district: Texts(name),
        area: Area(polygons: own.flatMap(\.area.polygons)), label: own[0].label,
        shelterSeconds: own.compactMap(\.shelterSeconds).min())
    }
  }

  mutating func add(
    fine warned: Set<String>, districts told: Set<String>, _ truth: FlightTruth
  ) {
    bodies += truth.members.count
    let impacts = truth.members.compactMap(\.impact?.place)
    let heard = Set(told.flatMap { members[$0] ?? [] }.map(\.id))
    for zone in fine {
      let nearest = impacts.map(zone.area.distance(to:)).min() ?? .infinity
      Self.count(warned.contains(zone.id), zone, nearest, in: &byFine)
      Self.count(heard.contains(zone.id), zone, nearest, in: &byDistrict)
    }
  }

  private static func count(
    _ isAlarmed: Bool, _ zone: Zone, _ nearest: Double, in heard: inout Heard
  ) {
    if isAlarmed {
      heard.alarms[zone.id, default: 0] += 1
      if nearest > Verdict.notFar {
        heard.needless += 1
        heard.needlessArea += zone.area.squareKilometers
        heard.needlessPeople += zone.people ?? 0
      }
    } else if nearest <= Verdict.near {
      heard.missed += 1
    }
  }

  var text: String {
    func line(_ what: String, _ heard: Heard) -> String {
      let counts = heard.alarms.values.sorted()
      let all = counts.reduce(0, +)
      let half = counts.isEmpty ? 0 : counts[counts.count / 2]
      let people = heard.needlessPeople > 0 ? ", \(heard.needlessPeople) people" : ""
      return String(
        format:
          "  %@: %d alarms in %d places, half of them heard %d or more, one heard %d; needless %d alarms, %.1f km²%@; %d missed",
        what, all, counts.count, half, counts.last ?? 0, heard.needless, heard.needlessArea, people,
        heard.missed)
    }
    let loudest = byDistrict.alarms.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let name = fine.first { $0.id == loudest?.key }?.name["en"] ?? ""
    let instead = loudest.map {
      "\n  \(name): \($0.value) alarms by districts, \(byFine.alarms[$0.key] ?? 0) by zones"
    }
    return """
      zoning: \(bodies) bodies; an alarm is one warning that one place of the fine map hears
      \(line("\(districts.count) districts", byDistrict))
      \(line("\(fine.count) zones", byFine))\(instead ?? "")
      """
  }
}
