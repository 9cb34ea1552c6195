import Logging
import ServiceLifecycle
import TocsinEngine
import TocsinModel

/// Sirens behind relays that speak Modbus/TCP.
///
/// A delivery counts as delivered once the coils of every siren it concerns read back as on. Sirens are switched at
/// the same time, each by its own task, so that a dead one holds up itself alone while this delivery lasts.
struct ModbusSirens: Channel, Service {
  let outlet: String
  private let hears: Outlet
  private let stale: Duration
  private let retry: Duration
  private let sirens: [SirenTask]
  private let memory: SoundedMemory

  init(
    _ outlet: Outlet, _ settings: [SirenSettings], stale: Duration, retry: Duration,
    patience: Duration, memory path: String, logger: Logger
  ) {
    self.outlet = outlet.id
    hears = outlet
    self.stale = stale
    self.retry = retry
    memory = SoundedMemory(path: path, logger: logger)
    sirens = settings.map {
      SirenTask(siren: $0, mailbox: SirenMailbox(), patience: patience, logger: logger)
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        for siren in sirens { group.addTask { await siren.run() } }
      }
    }
  }

  func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    if let refusal = hears.refusal(of: delivery) { return refusal }
    let faults = await withTaskGroup(of: String?.self) { group in
      for siren in sirens { group.addTask { await tell(siren, delivery) } }
      return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
    }
    return faults.isEmpty ? .delivered : .failed(faults.sorted().joined(separator: "; "))
  }

  /// - Returns: what went wrong, in words.
  private func tell(_ siren: SirenTask, _ delivery: Delivery) async -> String? {
    let notice = delivery.message.notice
    let deadline = ContinuousClock.now + retry
    let order = SirenOrder(notice, siren.siren.reach)
    switch order {
    case .nothing: return nil
    case .stop(let zones):
      let answer = await siren.mailbox.ask(
        .stop(warning: notice.warning, zones: zones), until: deadline)
      return words(answer, siren)
    case .sound(let pattern, let zones):
      if let refusal = notice.staleness(for: zones, after: stale, at: SystemClock().read().now) {
        return "'\(siren.siren.id)' \(refusal)"
      }
      guard await memory.remember(delivery.id, siren.siren.id) else {
        return "'\(siren.siren.id)' began this delivery before a restart; it does not sound twice"
      }
      let play = SirenPlayer.Play(
        warning: notice.warning, stage: notice.stage, zones: zones, pattern: pattern, began: .now)
      let answer = await siren.mailbox.ask(.sound(play), until: deadline)
      if case .failed(_, mayHaveSounded: false) = answer {
        await memory.forget(delivery.id, siren.siren.id)
      }
      return words(answer, siren)
    }
  }

  private func words(_ answer: SirenJob.Answer, _ siren: SirenTask) -> String? {
    if case .failed(let words, _) = answer { "'\(siren.siren.id)' \(words)" } else { nil }
  }
}
