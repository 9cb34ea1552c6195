import TocsinModel

/// Hands deliveries to their channels, each channel in its own task, and puts the receipts into the inbox.
struct Outbox: Sendable {
  private let channels: [any Channel]
  private let inbox: Inbox
  private let lines: [String: AsyncStream<Delivery>]
  private let ends: [String: AsyncStream<Delivery>.Continuation]

  init(channels: [any Channel], inbox: Inbox) {
    self.channels = channels
    self.inbox = inbox
    var lines: [String: AsyncStream<Delivery>] = [:]
    var ends: [String: AsyncStream<Delivery>.Continuation] = [:]
    for channel in channels {
      let (line, end) = AsyncStream.makeStream(of: Delivery.self)
      lines[channel.outlet] = line
      ends[channel.outlet] = end
    }
    self.lines = lines
    self.ends = ends
  }

  /// A delivery for a channel that is not there stays open, and operators see it.
  func put(_ delivery: Delivery) { ends[delivery.outlet]?.yield(delivery) }

  func finish() { for end in ends.values { end.finish() } }

  func run() async {
    await withTaskGroup(of: Void.self) { group in
      for channel in channels {
        guard let line = lines[channel.outlet] else { continue }
        group.addTask {
          for await delivery in line {
            let outcome = await channel.deliver(delivery)
            let receipt = Receipt(
              delivery: delivery.id, outlet: channel.outlet, outcome: outcome)
            // A full inbox loses only the receipt: the delivery stays open and is seen as such.
            try? await inbox.drop(.receipt(receipt))
          }
        }
      }
    }
  }
}
