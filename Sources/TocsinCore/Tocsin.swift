public import TocsinModel
public import TocsinTracking

/// Decides which zones to warn, from everything it has been told and nothing else.
///
/// A value without clock, chance, I/O or log: the same events give the same effects, byte for byte, in
/// every process. To ask "what if", copy it.
public struct Tocsin: Hashable, Sendable, Codable {
  /// `actual`, or `replay` of a past day: fixed for life, and so for every warning it raises.
  public let mode: Mode
  /// The number of the newest event.
  public private(set) var number = 0
  /// The time of the newest event.
  public private(set) var time: Timestamp?

  public package(set) var atlas = Atlas(Plan())
  public package(set) var tracker = Tracker(radars: [])
  /// Warnings of the last day, by id.
  public package(set) var warnings: [String: Warning] = [:]
  /// What each live track threatens, by track id.
  var threats: [String: Threat] = [:]
  /// Zones that wait for a second witness or person, by warning id.
  var held: [String: Held] = [:]
  var outcomes: [Outcome] = []
  /// Deliveries that nobody has confirmed yet, by id.
  var openDeliveries: [String: Situation.OpenDelivery] = [:]
  /// When each source last showed that it lives, by source id.
  var lastHeard: [String: Timestamp] = [:]
  /// The districts, by place in the atlas, whose sources are silent, and since when.
  var blind: [Int: Timestamp] = [:]
  /// The newest word that an authority gave on a zone, by zone id and by hazard; "" is a word on all hazards.
  var lastWord: [String: [String: LastWord]] = [:]
  /// Messages of sources whose messages replace one another, by source id and the message's id.
  var messages: [String: [String: KnownMessage]] = [:]
  var timeline: [PublicPicture.Line] = []
  var refusals: [Refusal] = []
  /// The moment last asked for with `Effect.wake`.
  var askedWake: Timestamp?

  /// - Parameter mode: `actual` or `replay`; an exercise is ordered within an actual Tocsin.
  public init(mode: Mode) {
    precondition(mode != .exercise, "An exercise is ordered, it is no mode to run in.")
    self.mode = mode
  }

  public var plan: Plan { atlas.plan }

  /// The ids of deliveries that nobody has confirmed yet.
  public var unconfirmed: [String] { openDeliveries.keys.sorted() }

  /// Takes one event and answers with what is to be done about it, in that order.
  public mutating func receive(_ event: Event) -> [Effect] {
    precondition(event.number == number + 1, "\(event.number) after \(number)")
    number = event.number
    time = max(time ?? event.time, event.time)
    var answer = Answer(to: event)
    switch event.content {
    case .plots(let plots): threaten(with: plots, &answer)
    case .statement(let statement): weigh(statement, &answer)
    case .command(let command): obey(command, &answer)
    case .receipt(let receipt): settle(receipt, &answer)
    case .plan(let plan): adopt(plan, &answer)
    case .wake: expire(&answer)
    }
    remember(answer.effects, event)
    askForWake(&answer)
    return answer.effects
  }

  /// How many refusals, outcomes and lines of the timeline are kept for the pictures.
  static let kept = 500

  private mutating func remember(_ effects: [Effect], _ event: Event) {
    for effect in effects {
      switch effect {
      case .deliver(let delivery):
        openDeliveries[delivery.id] = Situation.OpenDelivery(
          id: delivery.id, outlet: delivery.outlet, warning: delivery.message.notice.warning,
          since: event.time, failure: nil)
      case .refuse(let refusal): refusals.append(refusal)
      case .wake: break
      }
    }
    refusals.removeFirst(max(0, refusals.count - Self.kept))
    outcomes.removeFirst(max(0, outcomes.count - Self.kept))
    timeline.removeFirst(max(0, timeline.count - Self.kept))
  }
}

/// When an authority last spoke of a zone, and which.
struct LastWord: Hashable, Sendable, Codable {
  var said: Timestamp
  var source: String
}

/// What is remembered of a message whose source may replace it.
struct KnownMessage: Hashable, Sendable, Codable {
  var said: Timestamp
  /// The warnings that rest on it or on what it replaced.
  var warnings: Set<String> = []
  /// What of it was heeded; it may speak of several stages and hazards.
  var heeded: [Part] = []
  /// Whether it says all that there is to say in place of what it replaced.
  var isWhole = true
  /// Whether a later message took its place, be it that this one had not come yet.
  var isReplaced = false

  struct Part: Hashable, Sendable, Codable {
    var stage: Stage
    var hazard: String
  }
}

/// What a live track threatens, and what has been done about it.
struct Threat: Hashable, Sendable, Codable {
  /// The warning that its zones belong to, once there is one.
  var warning: String?
  /// The zones warned because of it.
  var warned: [String] = []
  /// P(zone) of its newest forecast.
  var probabilities: [ZoneProbability] = []
  /// Zones that wait for a second witness, and until when.
  var held: [String] = []
  var heldUntil: Timestamp?
}

/// Zones of an order that wait for a second person.
struct Held: Hashable, Sendable, Codable {
  var zones: [String]
  var until: Timestamp
  var person: String
  var stage: Stage
}
