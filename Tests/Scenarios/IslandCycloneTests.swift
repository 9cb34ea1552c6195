import Foundation
import Testing
import TocsinCore
import TocsinModel
import TocsinSources

/// Another country, another hazard, no radar: from a feed to early warning, update, shelter and end.
@Suite struct `The scenario island-cyclone` {
  private func decided() throws -> (notices: [Notice], zones: [Zone]) {
    let scenario = try Scenario.find("island-cyclone")
    let zones = try scenario.zones.read()
    var sequencer = Sequencer(Tocsin(mode: .replay))
    var entries = sequencer.receive(.plan(scenario.plan(zones: zones)), at: scenario.start)
    for item in scenario.contents { entries += sequencer.receive(item.content, at: item.time) }
    entries += sequencer.advance(to: scenario.end)
    let notices = entries.flatMap(\.effects).compactMap { effect -> Notice? in
      if case .deliver(let delivery) = effect { delivery.message.notice } else { nil }
    }
    return (notices, zones)
  }

  @Test func `warns early, then to take shelter, then ends district by district`() throws {
    let (notices, zones) = try decided()
    let island = Set(zones.map(\.id)).subtracting(["port-mathurin"])
    func ids(_ notice: Notice) -> Set<String> { Set(notice.rows.map(\.zone)) }
    #expect(notices.allSatisfy { $0.hazard == "storm" })
    #expect(notices[0].stage == .early && ids(notices[0]) == island)
    #expect(notices[1].stage == .early && notices[1].kind == .renewal)
    let shelter = notices.filter { $0.stage == .shelter }
    #expect(
      ids(shelter[0]) == island && shelter[0].issued == notices[0].issued + .seconds(14 * 3600))
    // Rodrigues was never told to take shelter.
    #expect(shelter.allSatisfy { !ids($0).contains("port-mathurin") })
    let ends = notices.filter { $0.kind == .allClear }
    #expect(ids(ends[0]).contains("port-louis") && !ids(ends[0]).contains("souillac"))
    #expect(ends.reduce(into: Set<String>()) { $0.formUnion(ids($1)) } == Set(zones.map(\.id)))
    #expect(Set(notices.map(\.warning)).count == 1)
  }

  @Test func `is told by nothing that knows the other scenario's country`() throws {
    let (_, zones) = try decided()
    #expect(zones.count == 20 && zones.allSatisfy { $0.name.byLanguage["fr"] != nil })
    #expect(zones.allSatisfy { $0.label.latitude < -19 })
  }
}
