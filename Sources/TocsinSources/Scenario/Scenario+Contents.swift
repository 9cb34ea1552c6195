public import TocsinModel

extension Scenario {
  /// What is told from one moment up to another (without it): the items, and a sign of life at every
  /// heartbeat of each source that promises one. They are made as they are asked for, in order of time.
  public func contents(from: Timestamp, to: Timestamp) -> ScenarioContents {
    ScenarioContents(of: self, from: from, to: to)
  }

  /// All of it.
  public var contents: ScenarioContents { contents(from: start, to: end) }
}

/// The items and heartbeats of a scenario in order of time; at the same moment the heartbeats come first.
public struct ScenarioContents: Sequence, IteratorProtocol, Sendable {
  private let items: [Scenario.Item]
  private let end: Timestamp
  private var index: Int
  private var beats: [Beat] = []

  /// The next sign of life of one source.
  private struct Beat: Sendable {
    let source: String
    let every: Duration
    var next: Timestamp
  }

  init(of scenario: Scenario, from: Timestamp, to: Timestamp) {
    items = scenario.items
    end = Swift.min(to, scenario.end)
    index = scenario.items.firstIndex { $0.time >= from } ?? scenario.items.count
    for source in scenario.sources {
      guard let every = source.heartbeat, every > .zero else { continue }
      // Counted from the scenario's start, so that a later beginning meets the same beats.
      let before = Swift.max(0, (from - scenario.start).nanoseconds)
      let count = (before + every.nanoseconds - 1) / every.nanoseconds
      let next = scenario.start + .nanoseconds(count * every.nanoseconds)
      beats.append(Beat(source: source.id, every: every, next: next))
    }
  }

  public mutating func next() -> Scenario.Item? {
    let beat = beats.indices.min { beats[$0].next < beats[$1].next }
    let item = index < items.count ? items[index] : nil
    if let beat, beats[beat].next < end, item.map({ beats[beat].next <= $0.time }) ?? true {
      defer { beats[beat].next = beats[beat].next + beats[beat].every }
      let alive = Statement(source: beats[beat].source, said: beats[beat].next, content: .alive)
      return Scenario.Item(time: beats[beat].next, content: .statement(alive))
    }
    guard let item, item.time < end else { return nil }
    index += 1
    return item
  }
}
