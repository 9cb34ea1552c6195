import Foundation
import Logging
import Synchronization
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

@Suite(.timeLimit(.minutes(1))) struct `A channel that hangs` {
  private final class Hanging: TocsinEngine::Channel {
    let outlet = "siren"
    func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
      try? await Task.sleep(for: .seconds(3600))
      return .failed("stopped")
    }
  }

  private final class Prompt: TocsinEngine::Channel {
    let outlet = "pages"
    let delivered = Mutex(0)
    func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
      delivered.withLock { $0 += 1 }
      return .delivered
    }
  }

  private final class Eye: Viewer {
    let open = Mutex<[Situation.OpenDelivery]>([])
    func show(_ view: View) {
      let deliveries = view.situation.openDeliveries
      open.withLock { $0 = deliveries }
    }
  }

  @Test func `delays no other, and what it can no longer take is said to have failed`() async throws
  {
    let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
    let place = Position(latitude: 31, longitude: 34)
    let plane = Plane(around: place)
    let ring = (0..<6).map { plane.position(at: Offset(angle: Double($0), length: 900)) }
    let zone = Zone(
      id: "z", name: Texts("Town"), district: Texts("D"), area: Area(ring: ring), label: place,
      shelterSeconds: 15)
    let (inbox, eye, prompt) = (Inbox(), Eye(), Prompt())
    let engine = Engine(
      mode: .actual, plan: Plan(zones: [zone], outlets: [.pages, Outlet(id: "siren")]),
      clock: SystemClock(), journal: try SQLiteJournal(path: path, mode: .actual), inbox: inbox,
      channels: [Hanging(), prompt], viewers: [eye],
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await engine.run() }
      // Half as many warnings as wait at most, each with its end: two deliveries a round.
      for _ in 0..<510 {
        let warned = try await inbox.put(
          .command(
            Command(person: "dana", order: .warn(hazard: "rockets", where: .zones(["z"])))))
        try await inbox.put(
          .command(Command(person: "dana", order: .clear(warning: "W\(warned.event.number)"))))
      }
      while !eye.open.withLock({ $0.contains { $0.failure?.contains("given up") ?? false } }) {
        try await Task.sleep(for: .milliseconds(5))
      }
      group.cancelAll()
    }
    #expect(prompt.delivered.withLock { $0 } == 1020)
  }
}
