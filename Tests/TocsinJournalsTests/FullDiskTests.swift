import Foundation
import Logging
import Synchronization
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

/// Counts what it was given to sound.
private final class Siren: TocsinEngine::Channel {
  let outlet = "siren"
  let sounded = Mutex<[Delivery]>([])
  func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    sounded.withLock { $0.append(delivery) }
    return .delivered
  }
}

private final class Eye: Viewer {
  let recorded = Mutex<[Bool]>([])
  func show(_ view: View) { recorded.withLock { $0.append(view.recorded) } }
}

@Suite(.timeLimit(.minutes(1))) struct `When the disk is full` {
  private let siren = Siren()
  private let eye = Eye()
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  @Test func `a danger is warned, the rest refused, and all is written once there is room`()
    async throws
  {
    let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
    let journal = try SQLiteJournal(path: path, mode: .actual)
    try await warn(
      journal, fill: { try await journal.limit(pages: 1) },
      free: { try await journal.limit(pages: 100_000) })
  }

  /// A real small file system; only root may mount one.
  @Test(.enabled(if: getuid() == 0 && FileManager.default.fileExists(atPath: "/usr/bin/mount")))
  func `a real one, a danger is warned all the same`() async throws {
    let folder = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard try run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder) == 0
    else { return }  // A container without the right to mount.
    defer { _ = try? run("/usr/bin/umount", "-l", folder) }
    let journal = try SQLiteJournal(path: folder + "/journal.sqlite", mode: .actual)
    let ballast = folder + "/ballast"
    try await warn(
      journal,
      fill: {
        _ = FileManager.default.createFile(atPath: ballast, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: ballast))
        // Until the disk says no.
        while (try? file.write(contentsOf: Data(repeating: 1, count: 256))) != nil {}
        try file.close()
      },
      free: { try FileManager.default.removeItem(atPath: ballast) })
  }

  private func run(_ program: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func warn(
    _ journal: SQLiteJournal, fill: () async throws -> Void, free: () async throws -> Void
  ) async throws {
    let place = Position(latitude: 31, longitude: 34)
    let plane = Plane(around: place)
    let ring = (0..<6).map { plane.position(at: Offset(angle: Double($0), length: 900)) }
    let plan = Plan(
      zones: [
        Zone(
          id: "z", name: Texts("Town"), district: Texts("D"), area: Area(ring: ring), label: place,
          shelterSeconds: 15)
      ], outlets: [.pages, Outlet(id: "siren")])
    let inbox = Inbox()
    let engine = Engine(
      mode: .actual, plan: plan, clock: SystemClock(), journal: journal, inbox: inbox,
      channels: [siren], viewers: [eye], logger: quiet)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await engine.run() }
      func order(_ order: Order) async throws -> Entry {
        try await inbox.put(.command(Command(person: "dana", order: order)))
      }
      let town = Order.Place.zones(["z"])
      _ = try await order(.early(hazard: "rockets", where: town))
      #expect(eye.recorded.withLock { $0.last } == true)
      try await fill()
      let warned = try await order(.warn(hazard: "rockets", where: town))
      #expect(eye.recorded.withLock { $0.last } == false)
      await #expect(throws: InboxRefusal.self) {
        try await order(.early(hazard: "flood", where: town))
      }
      try await free()
      let cleared = try await order(.clear(warning: "W\(warned.event.number)"))
      #expect(eye.recorded.withLock { $0.last } == true)
      let written = try await journal.restore()
      #expect(written.faults == [] && written.entries.contains(warned))
      #expect(written.entries.contains(cleared))
      await inbox.close()
      group.cancelAll()
    }
    let stages = siren.sounded.withLock { $0.map(\.message.notice.stage) }
    #expect(stages.contains(.shelter), "\(stages)")
  }
}
