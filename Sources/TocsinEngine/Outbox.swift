import TocsinModel

/// Hands deliveries to their channels, each channel in its own task, and puts the receipts into the inbox.
///
/// A channel that hangs delays no other. Its queue is bounded: beyond it the oldest, which is the most stale,
/// is given up, and that is a failed delivery.
struct Outbox: Sendable {
  private let channels: [any Channel]
  private let inbox: Inbox
  private let lines: [String: AsyncStream<Delivery>]
  private let ends: [String: AsyncStream<Delivery>.Continuation]

  /// Deliveries that wait for one channel at most.
  static let limit = 1000

  init(channels: [any Channel], inbox: Inbox) {
    self.channels = channels
    self.inbox = inbox
    var lines: [String: AsyncStream<Delivery>] = [:]
    var ends: [String: AsyncStream<Delivery>.Continuation] = [:]
    for channel in channels {
      let (line, end) = AsyncStream.makeStream(
        of: Delivery.self, bufferingPolicy: .bufferingNewest(Self.limit))
      lines[channel.outlet] = line
      ends[channel.outlet] = end
    }
    self.lines = lines
    self.ends = ends
  }

  /// A delivery for a channel that is not there stays open, and operators see it.
  func put(_ delivery: Delivery) async {
    guard case .dropped(let oldest) = ends[delivery.outlet]?.yield(delivery) else { return }
    await tell(
      .failed("\(Self.limit) deliveries wait for this channel; the oldest was given up"), oldest)
  }

  func finish() { for end in ends.values { end.finish() } }

  func run() async {
    await withTaskGroup(of: Void.self) { group in
      for channel in channels {
        guard let line = lines[channel.outlet] else { continue }
        group.addTask {
          for await delivery in line {
            await tell(await channel.deliver(delivery), delivery)
          }
        }
      }
    }
  }
  /// A full inbox loses only the receipt: the delivery stays open and is seen as such.
  private func tell(_ outcome: Receipt.Outcome, _ delivery: Delivery) async {
    let receipt = Receipt(delivery: delivery.id, outlet: delivery.outlet, outcome: outcome)
    try? await inbox.drop(.receipt(receipt))
  }
}
