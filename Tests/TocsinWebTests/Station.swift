import Foundation
import Logging
import ServiceLifecycle
import Testing
import TocsinCore
import TocsinEngine
import TocsinModel
import TocsinSources
import TocsinWeb

/// A whole engine with a journal in memory, and the web server before it, on a free port.
struct Station: Sendable {
  let inbox: Inbox
  let server: WebServer
  let keys: KeyFile
  let journal: MemoryJournal
  let `operator`: String
  /// Another operator's key, for what needs two people.
  let second: String
  let source: String
  let port: Int
  let stop: @Sendable () async -> Void

  static let title: Texts = ["en": "Test", "he": "ניסוי"]

  /// Runs a test against a station and shuts it down in order afterwards.
  static func run(
    mode: Mode = .actual, plan: Plan = .test, clock: any EngineClock = SystemClock(),
    leaflet: String? = nil, journal: MemoryJournal = MemoryJournal(), engine: Bool = true,
    port: Int = 0, sources: @Sendable (Inbox) -> [any Service] = { _ in [] },
    _ test: @Sendable (Station) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let keys = KeyFile(path: folder.appending(path: "keys.json").path)
    let orders = try keys.update { ring throws(KeyRing.Fault) in
      try ring.add(name: "ada", role: .operator, at: .epoch)
    }
    let confirms = try keys.update { ring throws(KeyRing.Fault) in
      try ring.add(name: "ben", role: .operator, at: .epoch)
    }
    let plots = try keys.update { ring throws(KeyRing.Fault) in
      try ring.add(name: "radar-feed", role: .source, at: .epoch)
    }
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let inbox = Inbox()
    let server = try WebServer(
      configuration: .init(port: port, leaflet: leaflet), keys: keys, inbox: inbox,
      logger: logger)
    let loop = Engine(
      mode: mode, plan: plan, clock: clock, journal: journal, inbox: inbox,
      channels: [server.channel, server.compatible], viewers: [server], logger: logger)
    let services: [any Service] = (engine ? [server, loop] : [server]) + sources(inbox)
    let group = ServiceGroup(services: services, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let station = Station(
        inbox: inbox, server: server, keys: keys, journal: journal, operator: orders,
        second: confirms, source: plots, port: try await server.port,
        stop: { await group.triggerGracefulShutdown() })
      do {
        if engine { try await station.untilReady() }
        try await test(station)
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  private func untilReady() async throws {
    for _ in 0..<500 {
      if try await ask("GET", "/health/ready").status == 200 { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw Line.Failed(what: "the engine has shown nothing for 5 s")
  }

  func ask(
    _ method: String, _ path: String, key: String? = nil, body: String? = nil,
    headers: [String] = []
  ) async throws -> Answer {
    let line = try Line(port: port)
    defer { line.hangUp() }
    try line.send(
      Self.request(method, path, key: key, body: body, headers: headers + ["Connection: close"]))
    var bytes: [UInt8] = []
    for await piece in line.pieces { bytes += piece }
    return Answer(bytes)
  }

  /// Asks and checks the answer's status.
  func expect(
    _ status: Int, _ method: String, _ path: String, key: String? = nil, body: String? = nil,
    headers: [String] = [], _ location: SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await ask(method, path, key: key, body: body, headers: headers)
    #expect(answer.status == status, "\(method) \(path)", sourceLocation: location)
  }

  func listen(_ query: String = "", key: String? = nil, headers: [String] = []) throws -> Ear {
    let line = try Line(port: port)
    try line.send(Self.request("GET", "/api/events" + query, key: key, headers: headers))
    return Ear(line)
  }

  /// Orders and answers with the entry's number.
  @discardableResult
  func order(_ body: String, key: String? = nil) async throws -> Answer {
    try await ask("POST", "/api/commands", key: key ?? `operator`, body: body)
  }

  /// An exercise for Zikim, with the two people it needs.
  func exercise() async throws {
    struct Obeyed: Decodable { var entry: Int }
    let first = try await order(
      #"{"order":"warn","hazard":"rockets","zones":["Zikim"],"exercise":true}"#)
    let entry = try first.json(Obeyed.self).entry
    try await order(#"{"order":"confirm","warning":"W\#(entry)"}"#, key: second)
  }

  static func request(
    _ method: String, _ path: String, key: String? = nil, body: String? = nil,
    headers: [String] = []
  ) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers
    if let key { lines.append("Authorization: Bearer \(key)") }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
  }
}

extension Timestamp {
  static let epoch = Timestamp(nanoseconds: 0)
}

/// A journal that forgets when the process ends.
actor MemoryJournal: Journal {
  private(set) var entries: [Entry] = []

  func commit(_ entries: [Entry]) async -> Commit {
    self.entries += entries
    return .recorded
  }

  func restore() -> Restored { Restored(entries: entries) }
  func resume() -> Restored { restore() }
  func keep(_ tocsin: Tocsin) {}
  func recall(upTo last: Int, _ take: @escaping @Sendable ([Entry]) -> Void) {}
}

extension Plan {
  /// Three zones in two districts near each other, one source that promises nothing.
  static let test = Plan(
    title: Station.title, timeZone: "Asia/Jerusalem",
    zones: [
      .square("1", "Zikim", "זיקים", "Coast", 31.608, 34.520, 15),
      .square("2", "Karmia", "כרמיה", "Coast", 31.606, 34.543, 15),
      .square("3", "Netiv HaAsara", "נתיב העשרה", "South", 31.571, 34.540, nil),
    ],
    sources: [
      Source(id: "radar-feed", name: "Radar feed", kind: .radar, hasAuthority: false)
    ])
}

extension Zone {
  static func square(
    _ id: String, _ name: String, _ hebrew: String, _ district: String, _ latitude: Double,
    _ longitude: Double, _ seconds: Int?
  ) -> Zone {
    let half = 0.008
    let ring = [(-half, -half), (-half, half), (half, half), (half, -half)].map {
      Position(latitude: latitude + $0.0, longitude: longitude + $0.1)
    }
    return Zone(
      id: id, name: ["en": name, "he": hebrew], district: ["en": district], area: Area(ring: ring),
      label: Position(latitude: latitude, longitude: longitude), shelterSeconds: seconds)
  }
}
