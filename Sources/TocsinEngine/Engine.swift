public import Logging
public import ServiceLifecycle
import TocsinCore
public import TocsinModel

/// The one loop: take, stamp, decide, write down, hand out.
public struct Engine: Service {
  let mode: Mode
  let plan: Plan
  let clock: any EngineClock
  let journal: any Journal
  let inbox: Inbox
  let channels: [any Channel]
  let viewers: [any Viewer]
  let logger: Logger

  /// What waits is decided and written together, at most this many.
  static let batch = 256
  /// Entries in one commit at most.
  static let portion = 1024
  /// Entries from one checkpoint to the next.
  static let stride = 10_000

  public init(
    mode: Mode, plan: Plan, clock: any EngineClock, journal: any Journal, inbox: Inbox,
    channels: [any Channel], viewers: [any Viewer], logger: Logger
  ) {
    self.mode = mode
    self.plan = plan
    self.clock = clock
    self.journal = journal
    self.inbox = inbox
    self.channels = channels
    self.viewers = viewers
    self.logger = logger
  }

  public func run() async throws {
    let outbox = Outbox(channels: channels, inbox: inbox)
    let restored = try await journal.resume()
    // Only the newest state is worth keeping, should the disk be slow.
    let (states, keeping) = AsyncStream.makeStream(
      of: Tocsin.self, bufferingPolicy: .bufferingNewest(1))
    try await withThrowingTaskGroup(of: Part.self) { group in
      group.addTask {
        await outbox.run()
        return .work
      }
      group.addTask {
        defer { keeping.finish() }
        try await decide(from: restored, into: outbox, keeping)
        return .work
      }
      group.addTask {
        for await state in states { await journal.keep(state) }
        return .work
      }
      group.addTask {
        await recall(from: restored)
        return .work
      }
      group.addTask {
        try? await gracefulShutdown()
        await inbox.close()
        return .signal
      }
      // All the work is waited for, the last state's keeping too; the signal may never come.
      var done = 0
      while done < 4, let part = try await group.next() { done += part == .work ? 1 : 0 }
      group.cancelAll()
    }
  }

  private enum Part { case work, signal }

  /// Beside the decisions: people are warned however long the past is.
  private func recall(from restored: Restored) async {
    let show = { @Sendable (past: [Entry]) in
      for viewer in viewers { viewer.recall(past) }
    }
    if let last = restored.checkpoint?.number { await journal.recall(upTo: last, show) }
    if !restored.entries.isEmpty { show(restored.entries) }
    show([])
  }

  /// The state is a local variable: nothing else can touch it.
  private func decide(
    from restored: Restored, into outbox: Outbox, _ keeping: AsyncStream<Tocsin>.Continuation
  ) async throws {
    defer { outbox.finish() }
    var sequencer = await resumed(from: restored, handingTo: outbox)
    var backlog: [Entry] = []  // Decided while the journal could not be written.
    var kept = restored.checkpoint?.number ?? 0
    // What was in force before a restart is shown at once, not only after the next event. Without a past
    // there is nothing to show before the plan: a picture without zones would be no calm.
    if sequencer.tocsin.number > 0 {
      let first = View(tocsin: sequencer.tocsin, entries: [], recorded: true, clock: clock.read())
      for viewer in viewers { viewer.show(first) }
    }
    if sequencer.tocsin.plan != plan {
      let adoption = Inbox.Waiting(content: .plan(plan), answer: nil)
      await decide([adoption], &sequencer, &backlog, outbox)
    }
    while await !inbox.isDone {
      let patience = backlog.isEmpty ? sequencer.wake.map(clock.read().wait(until:)) : .seconds(1)
      let taken = await inbox.take(upTo: Self.batch, within: patience)
      await decide(taken, &sequencer, &backlog, outbox)
      if sequencer.tocsin.number - kept >= Self.stride, backlog.isEmpty {
        kept = sequencer.tocsin.number
        keeping.yield(sequencer.tocsin)
      }
    }
    if sequencer.tocsin.number > kept { keeping.yield(sequencer.tocsin) }
  }

  /// The state as the journal has it; open deliveries go out again, each under its old id.
  private func resumed(from restored: Restored, handingTo outbox: Outbox) async -> Sequencer {
    for fault in restored.faults {
      logger.error("Journal damaged", metadata: ["fault": "\(fault)"])
    }
    var sequencer = Sequencer(restored.checkpoint ?? Tocsin(mode: mode))
    var open = Dictionary(
      restored.open.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for entry in restored.entries {
      let effects = sequencer.repeated(entry.event)
      // After a lost entry a difference is no news.
      if restored.blanks.isEmpty, effects != entry.effects {
        logger.error("Replay differs", metadata: ["entry": "\(entry.event.number)"])
      }
      for case .deliver(let delivery) in entry.effects { open[delivery.id] = delivery }
      if case .receipt(let receipt) = entry.event.content, receipt.outcome == .delivered {
        open[receipt.delivery] = nil
      }
    }
    // Only what is still in force: a stale message must never sound.
    for delivery in open.values.sorted(by: { $0.id < $1.id }) {
      let id = delivery.message.notice.warning
      if sequencer.tocsin.warnings[id]?.isActive ?? false { await outbox.put(delivery) }
    }
    return sequencer
  }

  /// Decides on what was taken and on the wakes that are due.
  private func decide(
    _ taken: [Inbox.Waiting], _ sequencer: inout Sequencer, _ backlog: inout [Entry],
    _ outbox: Outbox
  ) async {
    let before = sequencer
    let now = clock.read().now
    var round = Round(taken, at: now, &sequencer, mayOrderAll: backlog.isEmpty)
    guard !round.entries.isEmpty || !backlog.isEmpty else { return }
    var unwritten = backlog + round.entries
    var commit = await write(&unwritten)
    if case .failed = commit, backlog.isEmpty, unwritten.count == round.entries.count {
      // Decide again, without the orders that are not carried out unrecorded.
      sequencer = before
      round = Round(taken, at: now, &sequencer, mayOrderAll: false)
      unwritten = round.entries
      commit = await write(&unwritten)
    }
    backlog = unwritten
    if case .failed(let reason) = commit {
      logger.critical("Journal not written", metadata: ["reason": "\(reason)"])
    }
    let recorded = commit == .recorded
    for case .deliver(let delivery) in round.entries.flatMap(\.effects)
    where recorded || delivery.message.mode == .actual {
      await outbox.put(delivery)
    }
    round.answer(commit)
    let view = View(
      tocsin: sequencer.tocsin, entries: round.entries, recorded: recorded, clock: clock.read())
    for viewer in viewers { viewer.show(view) }
  }

  /// Writes the oldest first and takes what is written off the list; stops at the first failure.
  ///
  /// In portions, so that a disk that has been full for hours costs each decision no more than one of them.
  private func write(_ entries: inout [Entry]) async -> Commit {
    while !entries.isEmpty {
      let portion = Array(entries.prefix(Self.portion))
      let commit = await journal.commit(portion)
      guard commit == .recorded else { return commit }
      entries.removeFirst(portion.count)
    }
    return .recorded
  }
}

/// What one turn of the loop decided, and who waits to hear of it.
private struct Round {
  var entries: [Entry] = []
  private var answered: [(CheckedContinuation<Entry, any Error>, Entry)] = []
  private var refused: [CheckedContinuation<Entry, any Error>] = []

  /// - Parameter mayOrderAll: false while the journal cannot be written: then only orders that warn people
  ///   of real danger, correct or end it are carried out.
  init(
    _ taken: [Inbox.Waiting], at now: Timestamp, _ sequencer: inout Sequencer, mayOrderAll: Bool
  ) {
    for waiting in taken {
      if !mayOrderAll, case .command(let command) = waiting.content, !command.mustBeCarriedOut {
        if let answer = waiting.answer { refused.append(answer) }
        continue
      }
      let made = sequencer.receive(waiting.content, at: now)
      entries += made
      if let answer = waiting.answer, let own = made.last { answered.append((answer, own)) }
    }
    entries += sequencer.advance(to: now)
  }

  func answer(_ commit: Commit) {
    for (answer, entry) in answered { answer.resume(returning: entry) }
    let reason = if case .failed(let reason) = commit { reason } else { "it was full a moment ago" }
    for answer in refused { answer.resume(throwing: InboxRefusal.notRecorded(reason)) }
  }
}

extension Command {
  fileprivate var mustBeCarriedOut: Bool {
    if isExercise { return false }
    return switch order {
    case .warn, .extend, .correct, .clear, .confirm, .intercepted: true
    case .early, .record: false
    }
  }
}
