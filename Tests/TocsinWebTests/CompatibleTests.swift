import Foundation
import HomeFrontCommand
import Testing
import TocsinCore
import TocsinEngine
import TocsinModel
import TocsinWeb
import UkraineAlerts

/// A Tocsin told what happens at chosen moments, and what clients of other feeds would read then.
private struct Scene {
  var sequencer: Sequencer
  let start = Timestamp("2026-03-01T16:33:04Z")!

  init(mode: Mode = .actual) {
    sequencer = Sequencer(Tocsin(mode: mode))
    var plan = Plan.test
    plan.outlets = [.pages, .compatible]
    _ = sequencer.receive(.plan(plan), at: start)
  }

  mutating func order(_ order: Order, after seconds: Double, exercise: Bool = false) -> String {
    let entries = sequencer.receive(
      .command(Command(person: "ada", order: order, isExercise: exercise)),
      at: start + .seconds(seconds))
    return "W\(entries.last?.event.number ?? 0)"
  }

  func alerts(_ options: CompatibleAlerts.Options = .init()) -> CompatibleAlerts {
    CompatibleAlerts(
      Array(sequencer.tocsin.warnings.values), plan: sequencer.tocsin.plan, options: options)
  }

  func onNow(after seconds: Double, _ options: CompatibleAlerts.Options = .init()) -> RealTimeAlert?
  {
    alerts(options).onNow(at: start + .seconds(seconds))
  }
}

@Suite struct `Clients of other authorities' feeds` {
  @Test func `see an alert for half a minute under one id, and in the history for good`() {
    var scene = Scene()
    _ = scene.order(.warn(hazard: "rockets", where: .zones(["1", "3"])), after: 1)
    let first = scene.onNow(after: 1)
    #expect(first?.zones == ["זיקים", "נתיב העשרה"])
    #expect(first?.number == 1)
    #expect(first?.id == AlertID.id(unixSeconds: 1_772_382_785))
    #expect(scene.onNow(after: 30.9) == first)
    #expect(scene.onNow(after: 31.1) == nil)
    #expect(scene.alerts().history.map(\.number) == [1, 1])
    #expect(scene.alerts().history.first?.time.description == "2026-03-01 18:33:05")
  }

  @Test func `see a new id when zones are added or taken back, and not when time passes`() {
    var scene = Scene()
    let warning = scene.order(.warn(hazard: "rockets", where: .zones(["1"])), after: 1)
    let first = scene.onNow(after: 2)
    _ = scene.order(.extend(warning: warning, where: .zones(["2"])), after: 1.2)
    let second = scene.onNow(after: 2)
    #expect(second?.zones == ["זיקים", "כרמיה"])
    #expect((second?.id ?? "") > (first?.id ?? ""))
    _ = scene.order(.correct(warning: warning), after: 5)
    #expect(scene.onNow(after: 5) == nil)
    #expect(scene.alerts().history.map(\.number).sorted() == [1, 1, 13, 13])
  }

  @Test func `see an early warning, then the alert, in turns while both are new`() {
    var scene = Scene()
    _ = scene.order(.early(hazard: "rockets", where: .zones(["1"])), after: 0)
    #expect(scene.onNow(after: 1)?.category?.kind == .earlyWarning)
    _ = scene.order(.warn(hazard: "aircraft", where: .zones(["1"])), after: 2)
    let seen = Set((2..<14).compactMap { scene.onNow(after: Double($0))?.category?.kind })
    #expect(seen == [.earlyWarning, .aircraft])
    #expect(scene.alerts().history.map(\.number) == [2, 14])
  }

  @Test func `see an end in the history always, and in the file only by option`() {
    var scene = Scene()
    let warning = scene.order(.warn(hazard: "rockets", where: .zones(["1"])), after: 0)
    _ = scene.order(.clear(warning: warning), after: 60)
    #expect(scene.onNow(after: 61) == nil)
    #expect(scene.alerts().history.first?.category?.kind == .ended)
    let option = scene.onNow(after: 61, .init(endsInRealTime: true))
    #expect(option?.category?.kind == .ended)
    #expect(option?.number == 10)
  }

  @Test func `see no end where another warning still holds`() {
    var scene = Scene()
    let first = scene.order(.warn(hazard: "rockets", where: .zones(["1", "2"])), after: 0)
    _ = scene.order(.warn(hazard: "aircraft", where: .zones(["1"])), after: 10)
    _ = scene.order(.clear(warning: first), after: 60)
    let ends = scene.alerts().history.filter { $0.category?.kind == .ended }
    #expect(ends.map(\.zone) == ["כרמיה"])
  }

  @Test func `see nothing of a replay`() {
    var scene = Scene(mode: .replay)
    _ = scene.order(.warn(hazard: "rockets", where: .zones(["1"])), after: 0)
    #expect(!scene.sequencer.tocsin.warnings.isEmpty)
    #expect(scene.onNow(after: 1) == nil)
    #expect(scene.alerts().history.isEmpty)
  }

  // MARK: Over HTTP

  static let realTime = "/warningMessages/alert/Alerts.json"
  static let paths = [
    realTime, "/warningMessages/alert/History/AlertsHistory.json",
    "/Shared/Ajax/GetAlarmsHistory.aspx?lang=he&mode=1", "/v1/alerts/active.json", "/notifications",
    "/v1/iot/active_air_raid_alerts.json", "/api/v3/alerts",
  ]

  private static var plan: Plan {
    var plan = Plan.test
    plan.outlets = [.pages, .compatible]
    return plan
  }

  @Test func `find the file however they spell its path`() async throws {
    try await Station.run(plan: Self.plan) { station in
      for path in [
        "/WarningMessages/Alert/alerts.json", "/WarningMessages/alert/alerts.json?1772382785",
        "//warningMessages//alert/Alerts.json",
      ] {
        let quiet = try await station.ask("GET", path)
        #expect(quiet.status == 200)
        #expect(quiet.body.isEmpty)
        #expect(quiet.headers["content-length"] == "0")
        #expect(quiet.headers["content-type"] == "application/json")
        #expect(quiet.headers["warnings-of"]?.contains("not the Home Front Command") == true)
      }
    }
  }

  @Test func `read real danger on every path, and of an exercise nothing on any`() async throws {
    try await Station.run(plan: Self.plan) { station in
      let calm = try await answers(station)
      try await station.exercise()
      #expect(try await answers(station) == calm)
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      let warned = try await answers(station)
      for (path, body) in warned { #expect(body != calm[path], "\(path)") }
      #expect(warned[Self.realTime]?.hasPrefix("   {") == true)
      #expect(warned[Self.realTime]?.hasSuffix("}\r\n") == true)
      #expect(warned["/v1/iot/active_air_raid_alerts.json"] == #"" ANN""#)
    }
  }

  private func answers(_ station: Station) async throws -> [String: String] {
    var answers: [String: String] = [:]
    for path in Self.paths {
      // The Ukrainian list carries the moment of an answer while nothing has happened.
      answers[path] = try await station.ask("GET", path).body
        .replacing(/"last_updated_at":"[^"]*"/, with: "")
    }
    return answers
  }

  @Test func `confirm the delivery once they can read it`() async throws {
    try await Station.run(plan: Self.plan) { station in
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      for _ in 0..<200 {
        let situation = try await station.ask("GET", "/api/situation", key: station.operator)
          .json(Situation.self)
        if situation.openDeliveries.isEmpty { return }
        try await Task.sleep(for: .milliseconds(20))
      }
      Issue.record("a delivery stays open")
    }
  }

  @Test func `of Ukraine are told that nothing changed only if nothing did`() async throws {
    try await Station.run(plan: Self.plan) { station in
      let path = "/v1/alerts/active.json"
      let first = try await station.ask("GET", path)
      let date = try #require(first.headers["last-modified"])
      let later = try await station.ask("GET", path, headers: ["If-Modified-Since: \(date)"])
      #expect(later.status == 304)
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      let changed = try await station.ask("GET", path, headers: ["If-Modified-Since: \(date)"])
      #expect(changed.status == 200)
      let alerts = try ActiveAlerts(Array(changed.body.utf8)).alerts
      #expect(alerts.map(\.title) == ["זיקים"])
      #expect(alerts.map(\.kind) == [.airRaid])
    }
  }
}
