import Foundation
import Testing
import TocsinEngine
import TocsinModel
import TocsinSources

/// What could correct somebody's aim is not public: checked on all three ways out, while a track flies.
@Suite struct `Nobody but an operator` {
  /// The shipped day, played until its track has a forecast and zones are warned.
  private static func withTrack(_ test: @Sendable (Station) async throws -> Void) async throws {
    let day = try Scenario.find("2023-05-14")
    let clock = ReplayClock(at: day.start)
    let plan = day.plan(zones: Plan.test.zones)
    try await Station.run(mode: .replay, plan: plan, clock: clock) { station in
      for item in day.contents {
        clock.run(to: item.time, rate: 1e9)
        _ = try await station.inbox.put(item.content)
        guard case .plots = item.content else { continue }
        let situation = try await station.ask("GET", "/api/situation", key: station.operator)
          .json(Situation.self)
        if situation.tracks.contains(where: { $0.impact != nil }), !situation.warnings.isEmpty {
          return try await test(station)
        }
      }
      Issue.record("the day has no track that warns")
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `sees tracks, plots, impact places or radar sites`() async throws {
    try await Self.withTrack { station in
      let situation = try await station.ask("GET", "/api/situation", key: station.operator)
        .json(Situation.self)
      var ear = try station.listen()
      var stream = ""
      for _ in 0..<2 { stream += await ear.next()?.data ?? "" }
      let outputs = [
        ("picture", try await station.ask("GET", "/api/picture").body),
        ("page", try await station.ask("GET", "/").body),
        ("Hebrew page", try await station.ask("GET", "/?lang=he").body),
        ("situation page", try await station.ask("GET", "/situation").body),
        ("stream", stream), ("metrics", try await station.ask("GET", "/metrics").body),
      ]
      let places = situation.tracks.flatMap { [$0.position] + ($0.impact.map { [$0] } ?? []) }
      let radars = try Scenario.find("2023-05-14").radars.map(\.position)
      for (name, text) in outputs {
        #expect(!text.isEmpty, "\(name)")
        for key in Self.forbidden { #expect(!text.contains("\"\(key)\":"), "\(key) in \(name)") }
        for place in places + radars {
          for number in [place.latitude, place.longitude] {
            #expect(!text.contains(String(String(number).prefix(7))), "\(number) in \(name)")
          }
        }
      }
      #expect(outputs[0].1.contains(#""stage":"shelter""#))
    }
  }

  private static let forbidden = [
    "lat", "lon", "position", "impact", "impact_t", "covariance", "covariance_m2", "plots",
    "radars",
    "tracks", "height_m", "speed_mps", "probability", "probabilities", "p", "p_burst", "decisions",
    "cause", "forecast", "coverage", "purity", "rivals", "taken",
  ]

  @Test(.timeLimit(.minutes(2)))
  func `hears a probability in a warning, or which entries there are`() async throws {
    try await Station.run { station in
      var ear = try station.listen()
      _ = await ear.next("picture")
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      var heard: [Heard] = []
      while let event = await ear.next() {
        heard.append(event)
        if event.name == "picture" { break }
      }
      #expect(Set(heard.map(\.name)).isSubset(of: ["warning", "picture", "health", "clock"]))
      for event in heard {
        for key in Self.forbidden { #expect(!event.data.contains("\"\(key)\":"), "\(key)") }
      }
    }
  }
}
