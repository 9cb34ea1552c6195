import Foundation
import NIOCore
import Synchronization

/// Sends every event to every reader, and what a reader missed to a reader who comes back.
///
/// Each event is written as bytes once. Numbers are given and handed to the event loops under one lock,
/// so every reader sees them in the same order and none twice.
final class Broadcast: Sendable {
  /// Events a reader may have missed and still get.
  static let kept = 1_000
  /// Sentences a new operator's page begins with.
  static let sentences = 100

  private struct State {
    var number = 0
    var ring: [StreamEvent] = []
    var picture: StreamEvent?
    var situation: StreamEvent?
    var entries: [StreamEvent] = []
    var tally = Tally()
  }

  struct Tally: Hashable, Sendable {
    var readers = 0
    var operators = 0
    var sent = 0
    var dropped = 0
  }

  /// Names this process, so that a number of an earlier one is not taken for one of ours.
  private let boot = String(UInt64.random(in: 0 ... .max), radix: 36)
  private let lists: [(loop: any EventLoop, readers: NIOLoopBoundBox<Readers>)]
  // Publishers and joining readers meet here; nothing under the lock waits.
  private let state = Mutex(State())

  init(group: any EventLoopGroup) {
    lists = group.makeIterator().map {
      ($0, NIOLoopBoundBox.makeBoxSendingValue(Readers(), eventLoop: $0))
    }
  }

  var tally: Tally { state.withLock { $0.tally } }

  func publish(_ kind: StreamEvent.Kind, _ json: Data, zones: Set<String> = []) {
    state.withLock { state in
      state.number += 1
      let id = kind.isKept ? "\(boot)-\(state.number)" : nil
      let event = StreamEvent(
        number: state.number, kind: kind, bytes: StreamEvent.write(kind, json: json, id: id),
        zones: zones)
      keep(event, &state)
      for list in lists { list.loop.execute { self.send(event, on: list.readers) } }
    }
  }

  private func keep(_ event: StreamEvent, _ state: inout State) {
    switch event.kind {
    case .picture:
      state.picture = event
      // Its place in the order is remembered, its bytes are not: who missed it gets the newest.
      state.ring.append(StreamEvent(number: event.number, kind: .picture, bytes: ByteBuffer()))
    case .warning, .allClear, .health: state.ring.append(event)
    case .situation: state.situation = event
    case .entry: state.entries.append(event)
    case .clock: break
    }
    if state.ring.count > Self.kept + 100 { state.ring.removeFirst(100) }
    if state.entries.count > Self.sentences * 2 { state.entries.removeFirst(Self.sentences) }
  }

  private func send(_ event: StreamEvent, on box: NIOLoopBoundBox<Readers>) {
    let (sent, dropped) = box.value.send(event)
    guard sent + dropped > 0 else { return }
    state.withLock {
      $0.tally.sent += sent
      $0.tally.dropped += dropped
    }
  }

  /// Makes a connection a reader. Must be called on its event loop.
  /// - Parameters:
  ///   - first: what stands before all events: the response's head and the clock.
  ///   - lastID: the `Last-Event-ID` of the reader, if it was here before.
  func join(
    _ channel: any Channel, isOperator: Bool, zones: Set<String>, lastID: String?,
    first: ByteBuffer
  ) throws {
    guard let box = lists.first(where: { $0.loop === channel.eventLoop })?.readers else { return }
    var bytes = first
    let newest = state.withLock { state in
      state.tally.readers += 1
      if isOperator { state.tally.operators += 1 }
      for var event in missed(since: lastID, isOperator, state) { bytes.writeBuffer(&event.bytes) }
      return state.number
    }
    let reader = EventReader(isOperator: isOperator, zones: zones, newest: newest) { reader in
      box.value.remove(reader)
      self.state.withLock {
        $0.tally.readers -= 1
        if isOperator { $0.tally.operators -= 1 }
      }
    }
    box.value.add(reader)
    try channel.pipeline.syncOperations.addHandler(reader, position: .first)
    _ = reader.send(bytes)
  }

  private func missed(since lastID: String?, _ isOperator: Bool, _ state: State) -> [StreamEvent] {
    var events: [StreamEvent] = []
    if let last = number(in: lastID), last <= state.number,
      last >= (state.ring.first?.number ?? 1) - 1
    {
      let since = state.ring.filter { $0.number > last }
      events += since.filter { $0.kind != .picture }
      if since.contains(where: { $0.kind == .picture }), let picture = state.picture {
        events.append(picture)
      }
    } else if let picture = state.picture {
      events.append(picture)
    }
    if isOperator {
      if let situation = state.situation { events.append(situation) }
      events += state.entries.suffix(Self.sentences)
    }
    return events
  }

  private func number(in id: String?) -> Int? {
    guard let id, id.hasPrefix(boot + "-") else { return nil }
    return Int(id.dropFirst(boot.count + 1))
  }
}
