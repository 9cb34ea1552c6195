import TocsinModel

/// What one siren is asked to do, and who waits to hear whether it did.
struct SirenJob: Sendable {
  enum Order: Sendable {
    case sound(SirenPlayer.Play)
    case stop(warning: String, zones: Set<String>)
  }

  enum Answer: Hashable, Sendable {
    case done
    /// - Parameter mayHaveSounded: whether the relay may have been on for a moment.
    case failed(String, mayHaveSounded: Bool)
  }

  var order: Order
  /// Until when it is tried before it counts as failed.
  var deadline: ContinuousClock.Instant
  var answer: CheckedContinuation<Answer, Never>
}

/// A siren's queue, bounded.
///
/// An actor, because the channel puts and the siren's own task takes.
actor SirenMailbox {
  static let limit = 64

  private var jobs: [SirenJob] = []
  private var isClosed = false
  private var taker: CheckedContinuation<Void, Never>?

  /// Hands an order over and returns once it is done or has failed.
  func ask(_ order: SirenJob.Order, until deadline: ContinuousClock.Instant) async
    -> SirenJob.Answer
  {
    guard !isClosed else { return .failed("the service is stopping", mayHaveSounded: false) }
    guard jobs.count < Self.limit else {
      return .failed("\(Self.limit) orders wait for it already", mayHaveSounded: false)
    }
    return await withCheckedContinuation { answer in
      jobs.append(SirenJob(order: order, deadline: deadline, answer: answer))
      ring()
    }
  }

  /// The next order; `nil` if there is none before the moment, or the task is cancelled.
  func next(until moment: ContinuousClock.Instant) async -> SirenJob? {
    if jobs.isEmpty {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.untilRung() }
        group.addTask {
          try? await Task.sleep(until: moment, clock: .continuous)
          await self.ring()
        }
        await group.next()
        group.cancelAll()
        ring()
      }
    }
    return jobs.isEmpty ? nil : jobs.removeFirst()
  }

  /// Takes no more; who waits is told so.
  func close() {
    isClosed = true
    for job in jobs {
      job.answer.resume(returning: .failed("the service is stopping", mayHaveSounded: false))
    }
    jobs = []
  }

  private func untilRung() async {
    guard jobs.isEmpty else { return }
    await withCheckedContinuation { taker = $0 }
  }

  private func ring() {
    taker?.resume()
    taker = nil
  }
}
