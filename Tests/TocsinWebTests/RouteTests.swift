import Foundation
import Testing
import TocsinModel
import TocsinSources
import TocsinWeb

@Suite struct `The web server` {
  @Test func `gives the public picture to everybody`() async throws {
    try await Station.run { station in
      let answer = try await station.ask("GET", "/api/picture")
      #expect(answer.status == 200)
      let picture = try answer.json(PublicPicture.self)
      #expect(picture.title == Station.title)
      #expect(picture.mode == .actual)
    }
  }

  @Test(arguments: ["/", "/situation", "/api/picture", "/api/zones", "/page.js", "/nowhere"])
  func `lets nothing run or load that is not its own`(path: String) async throws {
    try await Station.run { station in
      let headers = try await station.ask("GET", path).headers
      let policy = try #require(headers["content-security-policy"])
      #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(headers["x-content-type-options"] == "nosniff")
      #expect(headers["referrer-policy"] == "no-referrer")
    }
  }

  @Test func `gives the situation to operators alone`() async throws {
    try await Station.run { station in
      let path = "/api/situation"
      try await station.expect(200, "GET", path, key: station.operator)
      let none = try await station.ask("GET", path)
      #expect(none.status == 401)
      #expect(none.headers["www-authenticate"] == "Bearer")
      #expect(try none.json(Problem.self).reason.contains("tocsin keys add"))
      try await station.expect(401, "GET", path, key: "tcs_wrong")
      let source = try await station.ask("GET", path, key: station.source)
      #expect(source.status == 403)
      #expect(try source.json(Problem.self).reason.contains("--role operator"))
    }
  }

  @Test(arguments: [
    "/api/commands", "/api/commands/preview", "/api/plots", "/api/cap", "/api/record/read",
    "/api/record/x/confirm", "/api/session",
  ])
  func `takes nothing without a key`(path: String) async throws {
    try await Station.run { station in
      try await station.expect(401, "POST", path, body: "{}")
      try await station.expect(401, "POST", path, key: "tcs_x", body: "{}")
    }
  }

  @Test func `answers many wrong keys with too many, and still takes a good one`() async throws {
    try await Station.run { station in
      var last = 0
      for _ in 0..<12 {
        last = try await station.ask("GET", "/api/situation", key: "tcs_guess").status
      }
      #expect(last == 429)
      try await station.expect(200, "GET", "/api/situation", key: station.operator)
    }
  }

  @Test func `knows a key at once when it is revoked`() async throws {
    try await Station.run { station in
      try await station.expect(200, "GET", "/api/situation", key: station.operator)
      try station.keys.update { ring throws(KeyRing.Fault) in
        try ring.revoke(name: "ada", at: .epoch)
      }
      try await station.expect(401, "GET", "/api/situation", key: station.operator)
    }
  }

  @Test func `refuses every key while the keys cannot be read, and says what to do`() async throws {
    try await Station.run { station in
      try Data("no json".utf8).write(to: URL(filePath: station.keys.path))
      let answer = try await station.ask("GET", "/api/situation", key: station.operator)
      #expect(answer.status == 503)
      #expect(try answer.json(Problem.self).reason.contains("keys.json"))
    }
  }

  @Test func `gives zones as GeoJSON, and only once to who has them`() async throws {
    try await Station.run { station in
      let answer = try await station.ask("GET", "/api/zones")
      #expect(answer.headers["content-type"] == "application/geo+json")
      #expect(answer.body.contains(#""shelter_seconds":15"#))
      #expect(answer.body.components(separatedBy: #""type":"Feature""#).count == 4)
      let tag = try #require(answer.headers["etag"])
      let again = try await station.ask("GET", "/api/zones", headers: ["If-None-Match: \(tag)"])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
      #expect(try await station.ask("GET", "/api/zones?names=he").body.contains("זיקים"))
    }
  }

  @Test func `describes itself`() async throws {
    try await Station.run { station in
      let contract = try await station.ask("GET", "/api/openapi.json")
      let object = try JSONSerialization.jsonObject(with: Data(contract.body.utf8))
      let paths = try #require((object as? [String: Any])?["paths"] as? [String: Any])
      for path in paths.keys.sorted() where path != "/api/events" {
        let method = (paths[path] as? [String: Any])?["get"] == nil ? "POST" : "GET"
        let answer = try await station.ask(method, path)
        // Nothing of that name is there, and the answer says what: the route itself is.
        let isNamed = path.contains("{") && answer.body.contains(/incident|tables|channel/)
        #expect(answer.status != 404 || isNamed, "\(path)")
      }
    }
  }

  @Test func `tells its health and its figures`() async throws {
    try await Station.run { station in
      try await station.expect(200, "GET", "/health/live")
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      let metrics = try await station.ask("GET", "/metrics").body
      #expect(metrics.contains("tocsin_warnings_active 1\n"))
      #expect(metrics.contains("# TYPE tocsin_events_sent_total counter\n"))
    }
  }

  @Test func `is not ready, and not calm, before the engine has spoken`() async throws {
    try await Station.run(engine: false) { station in
      try await station.expect(200, "GET", "/health/live")
      try await station.expect(503, "GET", "/health/ready")
      try await station.expect(503, "GET", "/api/picture")
      let page = try await station.ask("GET", "/")
      #expect(page.status == 503)
      #expect(page.body.contains("We cannot see yet"))
    }
  }

  @Test func `works without the map library`() async throws {
    try await Station.run(leaflet: "/nowhere") { station in
      try await station.expect(200, "GET", "/")
      try await station.expect(404, "GET", "/leaflet/leaflet.esm.js")
    }
  }
}
