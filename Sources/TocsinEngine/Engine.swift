import Foundation
public import Logging
public import ServiceLifecycle
public import TocsinCore
public import TocsinModel

/// The one loop: take, stamp, decide, write down, hand out.
public struct Engine: Service {
  let mode: Mode
  let plan: Plan
  let clock: any EngineClock
  let journal: any Journal
  let inbox: Inbox
  let outbox: Outbox
  let viewers: [any Viewer]
  let logger: Logger

  /// What waits is decided and written together, at most this many.
  static let batch = 256

  public init(
    mode: Mode, plan: Plan, clock: any EngineClock, journal: any Journal, inbox: Inbox,
    channels: [any Channel], viewers: [any Viewer], logger: Logger
  ) {
    self.mode = mode
    self.plan = plan
    self.clock = clock
    self.journal = journal
    self.inbox = inbox
    outbox = Outbox(channels: channels, inbox: inbox)
    self.viewers = viewers
    self.logger = logger
  }

  public func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await outbox.run() }
      group.addTask {
        try await withGracefulShutdownHandler {
          try await decide()
        } onGracefulShutdown: {
          Task { await inbox.close() }
        }
      }
      try await group.waitForAll()
    }
  }

  /// The state is a local variable: nothing else can touch it.
  private func decide() async throws {
    var sequencer = try await restore()
    var backlog: [Entry] = []  // Decided while the journal could not be written.
    var written = 0
    await begin(&sequencer, &backlog)
    while await !inbox.isDone {
      let reading = clock.read()
      let patience = sequencer.wake.map(reading.wait(until:))
      let taken = await inbox.take(upTo: Self.batch, within: backlog.isEmpty ? patience : .seconds(1))
      written += await decide(taken, &sequencer, &backlog)
      if written >= Self.checkpointEvery {
        await keepCheckpoint(sequencer.tocsin)
        written = 0
      }
    }
    await keepCheckpoint(sequencer.tocsin)
    outbox.finish()
  }

  static let checkpointEvery = 50_000

  /// Decides on what was taken and on the wakes that are due; answers with how many entries that made.
  private func decide(
    _ taken: [Inbox.Waiting], _ sequencer: inout Sequencer, _ backlog: inout [Entry]
  ) async -> Int {
    let before = sequencer
    var round = Round(taken, at: clock.read().now, &sequencer, refusing: backlog.isEmpty ? nil : "")
    guard !round.entries.isEmpty else {
      if !backlog.isEmpty { await settle(&round, &backlog, sequencer) }
      return 0
    }
    let commit = await journal.commit(backlog + round.entries)
    if case .failed(let reason) = commit, backlog.isEmpty {
      // Decide again without the orders that may not be carried out unrecorded.
      sequencer = before
      round = Round(taken, at: clock.read().now, &sequencer, refusing: reason)
    }
    await conclude(round, commit, &backlog, sequencer)
    return round.entries.count
  }
}
