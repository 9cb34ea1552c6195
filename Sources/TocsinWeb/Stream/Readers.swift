import NIOCore

/// The readers of one event loop.
struct Readers {
  private(set) var all: [EventReader] = []
  /// How many have named places: only then is a second round worth its time.
  private var withPlaces = 0

  mutating func add(_ reader: EventReader) {
    reader.index = all.count
    all.append(reader)
    if !reader.zones.isEmpty { withPlaces += 1 }
  }

  mutating func remove(_ reader: EventReader) {
    guard all.indices.contains(reader.index), all[reader.index] === reader else { return }
    all.swapAt(reader.index, all.count - 1)
    all[reader.index].index = reader.index
    all.removeLast()
    if !reader.zones.isEmpty { withPlaces -= 1 }
  }

  /// Sends an event to everybody it is for, readers of warned places first; answers with how many
  /// got it and how many were too slow.
  func send(_ event: StreamEvent) -> (sent: Int, dropped: Int) {
    var tally = (sent: 0, dropped: 0)
    // Closing a reader takes it off the list, so the rounds go over a copy.
    let readers = all
    if withPlaces > 0, !event.zones.isEmpty {
      for reader in readers where !reader.zones.isDisjoint(with: event.zones) {
        offer(event, to: reader, &tally)
      }
    }
    for reader in readers { offer(event, to: reader, &tally) }
    return tally
  }

  private func offer(
    _ event: StreamEvent, to reader: EventReader, _ tally: inout (sent: Int, dropped: Int)
  ) {
    guard reader.newest < event.number else { return }
    reader.newest = event.number
    guard event.kind.audience == .everybody || reader.isOperator else { return }
    if reader.send(event.bytes) { tally.sent += 1 } else { tally.dropped += 1 }
  }
}
