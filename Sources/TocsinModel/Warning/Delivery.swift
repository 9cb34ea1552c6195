/// One message on one channel. It stays open until its receipt comes.
public struct Delivery: Hashable, Sendable, Codable {
  /// The number of the event and the place among its effects: the same in every replay, so that a
  /// channel recognizes what it has sent before.
  public var id: String
  public var outlet: String
  public var message: Message

  /// The mode is a kind of value, not a flag: a channel must say which kinds it takes before it can
  /// reach the notice at all.
  public enum Message: Hashable, Sendable, Codable {
    case actual(Notice)
    case exercise(Notice)
    case replay(Notice)
  }

  public init(id: String, outlet: String, message: Message) {
    self.id = id
    self.outlet = outlet
    self.message = message
  }
}

extension Delivery.Message {
  public init(_ notice: Notice, mode: Mode) {
    self =
      switch mode {
      case .actual: .actual(notice)
      case .exercise: .exercise(notice)
      case .replay: .replay(notice)
      }
  }

  public var mode: Mode {
    switch self {
    case .actual: .actual
    case .exercise: .exercise
    case .replay: .replay
    }
  }

  /// The notice whatever the mode, for journals and logs; what sounds must switch.
  public var notice: Notice {
    switch self {
    case .actual(let notice), .exercise(let notice), .replay(let notice): notice
    }
  }
}

/// What became of a delivery.
public struct Receipt: Hashable, Sendable, Codable {
  public var delivery: String
  public var outlet: String
  public var outcome: Outcome

  public enum Outcome: Hashable, Sendable, Codable {
    case delivered
    /// With the reason, for the person on shift.
    case failed(String)
  }

  public init(delivery: String, outlet: String, outcome: Outcome) {
    self.delivery = delivery
    self.outlet = outlet
    self.outcome = outcome
  }
}
