import Foundation
import Testing
import TocsinModel

@Suite struct `The stream of events` {
  private static let warn =
    #"{"order":"warn","hazard":"rockets","zones":["Zikim"],"ref":"sent_ns=42"}"#

  @Test func `begins with the clock and the picture`() async throws {
    try await Station.run { station in
      var ear = try station.listen()
      #expect(await ear.next()?.name == "clock")
      let picture = try #require(await ear.next("picture"))
      #expect(picture.id != nil)
      #expect(ear.head.contains("text/event-stream"))
    }
  }

  @Test func `tells a warning once, with the reference of its order, and its end`() async throws {
    try await Station.run { station in
      var ear = try station.listen()
      _ = await ear.next("picture")
      try await station.order(Self.warn)
      let warning = try #require(await ear.next("warning"))
      #expect(warning.data.contains(#""ref":"sent_ns=42""#))
      let id = try #require(
        try await station.ask("GET", "/api/picture").json(PublicPicture.self).warnings.first?.id)
      try await station.order(#"{"order":"clear","warning":"\#(id)"}"#)
      var names: [String] = []
      while let heard = await ear.next() {
        names.append(heard.name)
        #expect(!heard.data.contains("sent_ns"), "\(heard.name)")
        if heard.name == "all-clear" { break }
      }
      #expect(!names.contains("warning"))
    }
  }

  @Test func `gives what was missed to who comes back, and nothing twice`() async throws {
    try await Station.run { station in
      var first = try station.listen()
      let seen = try #require(await first.next("picture"))
      try await station.order(Self.warn)
      let warning = try #require(await first.next("warning"))
      var second = try station.listen(headers: ["Last-Event-ID: \(seen.id ?? "")"])
      #expect(await second.next("warning") == warning)
      var third = try station.listen(headers: ["Last-Event-ID: \(warning.id ?? "")"])
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Karmia"]}"#)
      let next = try #require(await third.next("warning"))
      #expect(next != warning)
      #expect(next.data.contains(#""zone":"2""#))
    }
  }

  @Test func `gives a fresh picture to who comes from an earlier process`() async throws {
    try await Station.run { station in
      try await station.order(Self.warn)
      var ear = try station.listen(headers: ["Last-Event-ID: another-77"])
      let heard = try #require(await ear.next("picture"))
      let picture = try JSONDecoder().decode(PublicPicture.self, from: Data(heard.data.utf8))
      #expect(picture.mode == .actual)
    }
  }

  @Test func `can follow other answers on the same connection`() async throws {
    try await Station.run { station in
      let line = try Line(port: station.port)
      var pieces = line.pieces.makeAsyncIterator()
      try line.send(Station.request("GET", "/health/live"))
      let answer = Answer(try #require(await pieces.next()))
      #expect(answer.status == 200)
      try line.send(Station.request("GET", "/api/events"))
      var ear = Ear(line)
      #expect(await ear.next()?.name == "clock")
    }
  }

  @Test func `tells the situation and the entries to operators alone`() async throws {
    try await Station.run { station in
      var ear = try station.listen(key: station.operator)
      _ = await ear.next("picture")
      try await station.order(Self.warn)
      let situation = try #require(await ear.next("situation"))
      #expect(situation.data.contains("open_deliveries"))
      let entry = try #require(await ear.next("entry"))
      #expect(entry.data.contains("text"))
      try await station.expect(401, "GET", "/api/events?as=operator")
      try await station.expect(403, "GET", "/api/events", key: station.source)
    }
  }

  @Test func `opens to a session's cookie, which no script can read and no other site can use`()
    async throws
  {
    try await Station.run { station in
      let answer = try await station.ask("POST", "/api/session", key: station.operator)
      #expect(answer.status == 204)
      let cookie = try #require(answer.headers["set-cookie"])
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
      let pair = cookie.split(separator: ";")[0]
      var ear = try station.listen("?as=operator", headers: ["Cookie: \(pair)"])
      #expect(await ear.next()?.name == "clock")
      let forged = String(pair.dropLast(2)) + "zz"
      let refused = try await station.ask(
        "GET", "/api/events?as=operator", headers: ["Cookie: \(forged)"])
      #expect(refused.status == 401)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not hold up a shutdown`() async throws {
    try await Station.run { station in
      var ears: [Line] = []
      for _ in 0..<50 {
        let line = try Line(port: station.port)
        try line.send(Station.request("GET", "/api/events"))
        ears.append(line)
      }
      var last = try station.listen()
      _ = await last.next("picture")
      let clock = ContinuousClock()
      let began = clock.now
      await station.stop()
      while await last.next() != nil {}
      for line in ears {
        for await _ in line.pieces {}
        line.hangUp()
      }
      #expect(clock.now - began < .seconds(2))
    }
  }

  @Test func `shows a restarted server's warning again`() async throws {
    let journal = MemoryJournal()
    try await Station.run(journal: journal) { try await $0.order(Self.warn) }
    try await Station.run(journal: journal) { station in
      var ear = try station.listen(headers: ["Last-Event-ID: earlier-3"])
      let heard = try #require(await ear.next("picture"))
      #expect(heard.data.contains(#""stage":"shelter""#))
    }
  }
}
