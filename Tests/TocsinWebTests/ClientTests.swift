import Foundation
import Testing
import TocsinClient
import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

extension Station {
  fileprivate var client: TocsinClient {
    get throws { TocsinClient(url: try #require(URL(string: "http://127.0.0.1:\(port)"))) }
  }
}

/// The next update that is one of these; `nil` at the end.
private func next<Value>(
  _ updates: inout AsyncStream<PlaceUpdate>.Iterator, _ pick: (PlaceUpdate) -> Value?
) async -> Value? {
  while let update = await updates.next() {
    if let value = pick(update) { return value }
  }
  return nil
}

private func change(_ update: PlaceUpdate) -> StageChange? {
  if case .change(let change) = update { change } else { nil }
}

@Suite(.timeLimit(.minutes(1))) struct `An app` {
  @Test func `reads the zones as the plan has them, and the picture`() async throws {
    try await Station.run { station in
      let zones = try await station.client.zones()
      #expect(zones.map(\.id) == Plan.test.zones.map(\.id))
      #expect(zones.map(\.name) == Plan.test.zones.map(\.name))
      #expect(zones[0].area.contains(zones[0].label) && zones[0].shelterSeconds == 15)
      #expect(try await station.client.picture().title == Station.title)
    }
  }

  @Test func `hears the stages of its places and of no other, by any of their names`()
    async throws
  {
    try await Station.run { station in
      var updates = try await station.client.changes(of: ["זיקים"]).makeAsyncIterator()
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Karmia"]}"#)
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      let warned = try #require(await next(&updates, change))
      #expect(warned.zone == "1" && warned.stage == .shelter && warned.mode == .actual)
      #expect(warned.seconds == 15)
      try await station.order(#"{"order":"clear","warning":"\#(warned.warning)"}"#)
      let ended = try #require(await next(&updates, change))
      #expect(ended.zone == "1" && ended.stage == .ended && ended.before == .shelter)
    }
  }

  @Test func `is told what is in force when it starts, and of a place that is none`() async throws {
    try await Station.run { station in
      try await station.order(#"{"order":"early","hazard":"rockets","zones":["Zikim"]}"#)
      var updates = try await station.client.changes(of: []).makeAsyncIterator()
      #expect(await next(&updates, change)?.stage == .early)
      await #expect(throws: ClientFault.unknownPlace("Atlantis")) {
        _ = try await station.client.changes(of: ["Atlantis"])
      }
    }
  }

  @Test func `is told that the line is lost, and hears the warning again after a restart`()
    async throws
  {
    let journal = MemoryJournal()
    let lost = Listening()
    var port = 0
    try await Station.run(journal: journal) { station in
      let updates = try await station.client.changes(of: ["Zikim"])
      await lost.start(updates)
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#)
      #expect(await lost.next { change($0)?.stage } == .shelter)
      await lost.remember(station.port)
    }
    port = await lost.port
    #expect(await lost.next { if case .cannotSee(let why) = $0 { why } else { nil } } != nil)
    try await Station.run(journal: journal, port: port) { station in
      #expect(await lost.next { $0 == .seesAgain ? true : nil } == true)
      let warning = try #require(
        try await station.ask("GET", "/api/picture").json(PublicPicture.self).warnings.first?.id)
      try await station.order(#"{"order":"clear","warning":"\#(warning)"}"#)
      // Still in force after the restart, so nothing was told again; its end is the next change.
      #expect(await lost.next { change($0)?.stage } == .ended)
    }
  }

  @Test func `is told that the line is lost when the server falls silent`() async throws {
    let silent = try SilentServer()
    defer { silent.stop() }
    var client = TocsinClient(url: try #require(URL(string: "http://127.0.0.1:\(silent.port)")))
    client.patience = .seconds(1)
    var updates = client.updates().makeAsyncIterator()
    guard case .lost = await updates.next() else {
      Issue.record("a silent server counts as heard")
      return
    }
  }

  @Test func `is told clearly when there is no server`() async throws {
    let client = TocsinClient(url: try #require(URL(string: "http://127.0.0.1:9")))
    await #expect(throws: ClientFault.self) { _ = try await client.picture() }
  }
}

/// Listens to one sequence across several stations.
private actor Listening {
  private var updates: AsyncStream<PlaceUpdate>.Iterator?
  private(set) var port = 0

  func start(_ updates: AsyncStream<PlaceUpdate>) { self.updates = updates.makeAsyncIterator() }

  func remember(_ port: Int) { self.port = port }

  func next<Value: Sendable>(_ pick: @Sendable (PlaceUpdate) -> Value?) async -> Value? {
    guard var iterator = updates else { return nil }
    defer { updates = iterator }
    while let update = await iterator.next(isolation: self) {
      if let value = pick(update) { return value }
    }
    return nil
  }
}

/// Takes one connection, begins a stream on it, and says nothing more.
private struct SilentServer {
  let port: Int
  private let socket: Int32

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listening = socket
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listening, $0, length) == 0 && getsockname(listening, $0, &length) == 0
      }
    }
    guard bound, listen(socket, 1) == 0 else { throw Line.Failed(what: "listen") }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread {
      let line = accept(listening, nil, nil)
      let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\n"
      _ = head.withCString { send(line, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }.start()
  }

  func stop() { close(socket) }
}
