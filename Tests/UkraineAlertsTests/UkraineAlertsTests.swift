import Testing
import UkraineAlerts

@Suite struct `The Ukrainian alerts` {
  static let kyiv = RegionAlert(
    id: 1, region: "31", title: "м. Київ", size: .city, kind: .airRaid,
    started: "2026-03-01T16:33:04.000Z", updated: "2026-03-01T16:33:04.000Z")

  @Test func `of alerts in ua are read and written alike`() throws {
    let file = ActiveAlerts([Self.kyiv], updated: "2026/03/01 16:33:10 +0000", disclaimer: "d")
    #expect(try ActiveAlerts(file.bytes) == file)
    #expect(
      ActiveAlerts.rfc3339(ofUpdate: "2026/03/01 16:33:10 +0000") == "2026-03-01T16:33:10+00:00")
    #expect(ActiveAlerts.rfc3339(ofUpdate: "yesterday") == nil)
  }

  @Test func `of ukrainealarm are read and written alike`() throws {
    let states = RegionStates([
      .init(
        id: "31", name: "м. Київ", englishName: "Kyiv", updated: "2026-03-01T16:33:04Z",
        alerts: [
          RegionAlert(
            region: "31", title: "м. Київ", kind: .shelling, started: "2026-03-01T16:33:04Z")
        ])
    ])
    #expect(try RegionStates(states.bytes) == states)
  }

  @Test func `keep what can be read when one entry cannot`() throws {
    let file = try ActiveAlerts(
      Array(
        #"{"alerts":[{"id":"x"},{"location_title":"А","alert_type":"air_raid","location_uid":5},"#
          .utf8)
        + Array(
          #"{"alert_type":"air_raid"},{"location_title":"Б","alert_type":"drones"}]}"#.utf8))
    #expect(file.alerts.map(\.title) == ["А", "Б"])
    #expect(file.alerts.map(\.region) == ["5", ""])
    #expect(file.alerts.last?.kind == .other("drones"))
    #expect(file.faults.count == 2)
  }

  @Test func `are not calm when nothing, a page or half a list comes`() {
    #expect(throws: UnreadableUkraineAlerts.empty) { try ActiveAlerts([]) }
    #expect(throws: UnreadableUkraineAlerts.page) { try ActiveAlerts(Array("\n<html>".utf8)) }
    for text in [#"{"alerts":[{"id""#, "{}", "[]", "7"] {
      #expect(throws: UnreadableUkraineAlerts.self) { try ActiveAlerts(Array(text.utf8)) }
    }
  }

  @Test func `as letters have one a region, in two versions`() throws {
    let states: [RegionLetters.State] = [.unknown, .calm, .active, .partly]
    #expect(RegionLetters.bytes(states) == Array("\" NAP\"".utf8))
    #expect(RegionLetters.bytes(states, version: 2) == Array("\" NRP\"".utf8))
    #expect(try RegionLetters.read(RegionLetters.bytes(states, version: 2)) == states)
    #expect(RegionLetters.oblasts.count == 27)
    #expect(RegionLetters.oblasts[9] == "м. Київ")
    #expect(throws: UnreadableUkraineAlerts.self) { try RegionLetters.read(Array("\"AX\"".utf8)) }
  }
}
