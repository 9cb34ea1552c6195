/// What the core asks for.
public enum Effect: Hashable, Sendable, Codable {
  case deliver(Delivery)
  /// Wake me then; replaces the moment asked for before.
  case wake(at: Timestamp)
  case refuse(Refusal)
}

extension Effect {
  /// Whether it goes out even when the journal cannot be written: word of a true danger, and its correction.
  public var mustSoundAnyway: Bool {
    switch self {
    case .deliver(let delivery): delivery.message.mode == .actual
    case .wake: true
    case .refuse: false
    }
  }
}

/// What the core will not do, and why, for a person to read.
public struct Refusal: Error, Hashable, Sendable, Codable {
  public var reason: Reason
  /// Whom or what it concerns: a radar, a place as written, a warning's id.
  public var subject: String
  /// What, where, and what to do about it.
  public var text: String
  /// How many of the batch are meant.
  public var count: Int

  public enum Reason: String, Hashable, Sendable, Codable {
    case stale, future, unreadable, unknownRadar, unknownSource, unknownPlace, ambiguousPlace
    case emptyPlace, unknownWarning, unknownHazard, noAuthority, superseded, held, lapsed
    case twoPeople, unknownDelivery, plan, unknownTrack
  }

  public init(_ reason: Reason, subject: String, text: String, count: Int = 1) {
    self.reason = reason
    self.subject = subject
    self.text = text
    self.count = count
  }
}
