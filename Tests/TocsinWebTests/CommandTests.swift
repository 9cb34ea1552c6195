import Foundation
import Testing
import TocsinModel

@Suite struct `An order by HTTP` {
  private struct Obeyed: Decodable { var entry: Int }
  private struct Preview: Decodable {
    var sentence: String
    var mode: Mode
    var zones: [String]
  }

  @Test func `warns, and answers with its entry`() async throws {
    try await Station.run { station in
      let answer = try await station.order(
        #"{"order":"warn","hazard":"rockets","zones":["Zikim","2"]}"#)
      #expect(answer.status == 202)
      let entry = try answer.json(Obeyed.self).entry
      let picture = try await station.ask("GET", "/api/picture").json(PublicPicture.self)
      #expect(picture.zones.map(\.zone) == ["1", "2"])
      #expect(picture.zones.allSatisfy { $0.stage == .shelter && $0.warning == "W\(entry)" })
    }
  }

  @Test func `is written down with the name of the key`() async throws {
    try await Station.run { station in
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      let persons = await station.journal.entries.compactMap { entry -> String? in
        if case .command(let command) = entry.event.content { command.person } else { nil }
      }
      #expect(persons == ["ada"])
    }
  }

  @Test func `is read back before it is given, and does nothing then`() async throws {
    try await Station.run { station in
      let body = #"{"order":"warn","hazard":"rockets","district":"Coast","exercise":true}"#
      let answer = try await station.ask(
        "POST", "/api/commands/preview", key: station.operator, body: body)
      #expect(answer.status == 200)
      let preview = try answer.json(Preview.self)
      #expect(preview.zones.sorted() == ["1", "2"])
      #expect(preview.mode == .exercise)
      #expect(preview.sentence.uppercased().contains("EXERCISE"))
      let picture = try await station.ask("GET", "/api/picture").json(PublicPicture.self)
      #expect(picture.zones.isEmpty)
    }
  }

  @Test(arguments: [
    ("", "body"), ("[]", "body"), (#"{"order":"war"}"#, "order"), (#"{}"#, "order"),
    (#"{"order":"warn","zones":["1"]}"#, "hazard"),
    (#"{"order":"warn","hazard":"rockets"}"#, "zones"),
    (#"{"order":"warn","hazard":"rockets","zones":[]}"#, "zones"),
    (#"{"order":"warn","hazard":"rockets","zones":["1"],"district":"Coast"}"#, "zones, district"),
    (#"{"order":"warn","hazard":"rockets","zones":["1"],"exercise":1}"#, "exercise"),
    (#"{"order":"warn","hazard":"rockets","zones":["1"],"excercise":true}"#, "excercise"),
    (
      #"{"order":"warn","hazard":"rockets","circle":{"lat":95,"lon":0,"radius_m":5}}"#, "circle.lat"
    ),
    (#"{"order":"clear"}"#, "warning"),
  ])
  func `that cannot be understood is refused and says the field`(body: String, field: String)
    async throws
  {
    try await Station.run { station in
      let answer = try await station.order(body)
      #expect(answer.status == 400)
      #expect(try answer.json(Problem.self).reason.contains("'\(field)"))
      #expect(await station.journal.entries.allSatisfy { $0.event.content.kind != "command" })
    }
  }

  @Test func `with a reference that is too long is refused`() async throws {
    try await Station.run { station in
      let ref = String(repeating: "x", count: 601)
      let answer = try await station.order(
        #"{"order":"warn","hazard":"rockets","zones":["1"],"ref":"\#(ref)"}"#)
      #expect(answer.status == 400)
    }
  }

  @Test func `that needs two people waits for the second, and says so`() async throws {
    try await Station.run { station in
      let first = try await station.order(
        #"{"order":"warn","hazard":"rockets","zones":["1"],"exercise":true}"#)
      #expect(first.status == 202)
      #expect(first.body.contains("twoPeople"))
      let warning = "W\(try first.json(Obeyed.self).entry)"
      let confirm = #"{"order":"confirm","warning":"\#(warning)"}"#
      let same = try await station.order(confirm)
      #expect(same.status == 403)
      let other = try await station.order(confirm, key: station.second)
      #expect(other.status == 202)
      let picture = try await station.ask("GET", "/api/picture").json(PublicPicture.self)
      #expect(picture.zones.map(\.mode) == [.exercise])
    }
  }

  @Test func `for a place that is not in the plan is refused by the core's own words`() async throws
  {
    try await Station.run { station in
      let answer = try await station.order(
        #"{"order":"warn","hazard":"rockets","zones":["Atlantis"]}"#)
      #expect(answer.status == 422)
      let problem = try answer.json(Problem.self)
      #expect(problem.error == "unknownPlace")
      #expect(problem.reason.contains("Atlantis"))
    }
  }

  @Test func `that is too large is not read`() async throws {
    try await Station.run { station in
      let body = #"{"order":"warn","ref":"\#(String(repeating: "x", count: 70_000))"}"#
      try await station.expect(413, "POST", "/api/commands", key: station.operator, body: body)
    }
  }
}

@Suite struct `Plots by HTTP` {
  private struct Taken: Decodable {
    var accepted: Int
    var rejected: [Fault]
    struct Fault: Decodable {
      var line: Int
      var field: String
      var error: String
    }
  }

  @Test
  func `that cannot be read are named by line, and those of an unknown radar are not counted`()
    async throws
  {
    try await Station.run { station in
      let plot = Plot(
        measured: Timestamp("2026-01-01T00:00:00Z")!, radar: "nobody", range: 9_000, azimuth: 200,
        elevation: 20)
      let line = String(decoding: try JSONEncoder().encode(plot), as: UTF8.self)
      let answer = try await station.ask(
        "POST", "/api/plots", key: station.source, body: "\(line)\n{}\n")
      #expect(answer.status == 202)
      let taken = try answer.json(Taken.self)
      #expect(taken.accepted == 0)
      #expect(taken.rejected.map(\.line) == [2])
      #expect(answer.body.contains("unknownRadar"))
    }
  }

  @Test func `are not taken from an operator`() async throws {
    try await Station.run { station in
      let answer = try await station.ask("POST", "/api/plots", key: station.operator, body: "{}")
      #expect(answer.status == 403)
    }
  }

  @Test func `longer than a mebibyte are not read`() async throws {
    try await Station.run { station in
      let body = String(repeating: "x", count: (1 << 20) + 1)
      let answer = try await station.ask("POST", "/api/plots", key: station.source, body: body)
      #expect(answer.status == 413)
    }
  }
}
