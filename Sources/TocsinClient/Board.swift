public import TocsinModel

/// A zone's stage has changed.
public struct StageChange: Hashable, Sendable {
  public var zone: String
  public var stage: Stage
  /// `nil` when nothing was known of the zone before.
  public var before: Stage?
  /// An exercise and a replay are never danger: show them as what they are.
  public var mode: Mode
  public var hazard: String
  public var warning: String
  public var issued: Timestamp
  public var expected: Timestamp?
  public var seconds: Double?
  public var shelterSeconds: Int?
  public var expires: Timestamp
  /// Whether it ended because it had been wrong.
  public var corrected: Bool
}

/// What is known of the stages of chosen zones: takes updates and answers with what has changed.
///
/// A pure value; `TocsinClient.changes(of:)` is it with a connection. One zone may have one state for
/// each mode, so that an exercise neither hides nor ends a warning of real danger.
public struct Board: Hashable, Sendable {
  private struct Key: Hashable, Comparable {
    let zone: String
    let mode: Mode

    init(_ change: StageChange) {
      zone = change.zone
      mode = change.mode
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.zone, left.mode.rawValue) < (right.zone, right.mode.rawValue)
    }
  }

  /// The zones it watches, by id; `nil`: all.
  public let zones: Set<String>?
  private var states: [Key: StageChange] = [:]

  public init(zones: Set<String>? = nil) { self.zones = zones }

  /// What is in force, in the order of the zones' ids.
  public var active: [StageChange] {
    states.sorted { $0.key < $1.key }.map(\.value).filter { $0.stage != .ended }
  }

  public mutating func take(_ update: PublicUpdate) -> [StageChange] {
    switch update {
    case .picture(let picture): take(picture)
    case .notice(let notice): take(notice)
    case .health, .lost: []
    }
  }

  private mutating func take(_ notice: PublicNotice) -> [StageChange] {
    let isOver = notice.kind == .allClear || notice.kind == .correction
    return notice.rows.compactMap { row in
      let change = StageChange(
        zone: row.zone, stage: isOver ? .ended : notice.stage, mode: notice.mode,
        hazard: notice.hazard, warning: notice.warning, issued: notice.issued,
        expected: row.expected, seconds: row.seconds, shelterSeconds: row.shelterSeconds,
        expires: row.expires, corrected: notice.kind == .correction)
      return isOutweighed(change) || row.stillUnder != nil ? nil : note(change)
    }
  }

  /// Another warning that holds the zone at a higher stage goes on, whatever this one says.
  private func isOutweighed(_ change: StageChange) -> Bool {
    guard let state = states[Key(change)] else { return false }
    return state.warning != change.warning && state.stage > change.stage
  }

  /// A picture is whole: what it does not show as warned is not warned.
  private mutating func take(_ picture: PublicPicture) -> [StageChange] {
    var shown: Set<Key> = []
    var changes: [StageChange] = []
    for row in picture.zones {
      let change = StageChange(
        zone: row.zone, stage: row.stage, mode: row.mode, hazard: row.hazard,
        warning: row.warning, issued: row.issued, expected: row.expected, seconds: row.seconds,
        shelterSeconds: row.shelterSeconds, expires: row.expires, corrected: row.corrected)
      shown.insert(Key(change))
      if !isOlder(picture, Key(change)), let noted = note(change) { changes.append(noted) }
    }
    for (key, state) in states.sorted(by: { $0.key < $1.key })
    where state.stage != .ended && !shown.contains(key) && !isOlder(picture, key) {
      var over = state
      over.stage = .ended
      if let noted = note(over) { changes.append(noted) }
    }
    return changes
  }

  /// A notice goes out ahead of the pictures: one that was drawn before it does not undo it.
  private func isOlder(_ picture: PublicPicture, _ key: Key) -> Bool {
    states[key].map { $0.issued > picture.asOf } ?? false
  }

  /// Keeps a state; answers with it if it is another stage, or the same danger from another warning.
  private mutating func note(_ change: StageChange) -> StageChange? {
    guard zones?.contains(change.zone) ?? true else { return nil }
    let before = states[Key(change)]
    var change = change
    change.before = before?.stage
    states[Key(change)] = change
    guard let before, before.stage == change.stage else { return change }
    return change.stage == .ended || before.warning == change.warning ? nil : change
  }
}
