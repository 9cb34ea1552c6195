import TocsinModel

/// What a reader who has chosen no places is told: the same rules as `state.js`, which speaks for those who have.
struct Reply: Sendable {
  enum State: String, Sendable {
    case shelter, impact, stay, early, ended, corrected, calm, blind, uncovered

    var isDanger: Bool { self == .shelter || self == .impact || self == .stay }

    /// The name of its sign in `signs.svg`.
    var sign: String {
      switch self {
      case .shelter, .impact: "shelter"
      case .ended: "clear"
      case .uncovered: "blind"
      default: rawValue
      }
    }

    fileprivate var rank: Int {
      switch self {
      case .impact: 6
      case .shelter: 5
      case .stay: 4
      case .early: 3
      default: 2
      }
    }
  }

  struct Row: Sendable {
    var zone: PublicPicture.ZoneState
    var state: State
    /// Seconds to the expected impact, if anybody knows.
    var left: Double?
    /// Whole minutes until the warning ends by itself.
    var minutes: Int
  }

  static let shownAfterEnd = Duration.seconds(600)
  static let impactLasts = 30.0
  static let untimedLasts = 60.0
  /// Time for the all-clear to arrive, by the page's clock.
  static let grace = Duration.seconds(5)

  var state: State
  var mode: Mode
  /// What the state speaks of.
  var rows: [Row]
  /// All that is warned now, most urgent first.
  var active: [Row]
  /// All that ended a short time ago, newest first.
  var ended: [Row]
  var unseen: [PublicPicture.DistrictHealth]

  init(_ picture: PublicPicture, at now: Timestamp) {
    active = picture.zones.filter { $0.stage != .ended && $0.expires + Self.grace > now }
      .map { Row($0, at: now) }.sorted(by: Self.urgentFirst)
    let again = Set(active.map { "\($0.zone.zone) \($0.zone.mode)" })
    ended = picture.zones.filter { zone in
      zone.stage == .ended && !again.contains("\(zone.zone) \(zone.mode)")
        && now - (zone.ended ?? zone.issued) < Self.shownAfterEnd
    }
    .map { Row($0, at: now) }.sorted {
      ($1.zone.ended ?? now, $0.zone.zone) < ($0.zone.ended ?? now, $1.zone.zone)
    }
    unseen = picture.health.filter { $0.state != .covered }
    mode = picture.mode
    rows = []
    let seesNothing = unseen.count == picture.health.count
    let isBlind = unseen.contains { $0.state == .blind }
    if let first = active.first {
      state = first.state
      mode = first.zone.mode
      rows = active.filter { $0.zone.mode == first.zone.mode }
    } else if seesNothing && isBlind && !(picture.mode == .replay && !ended.isEmpty) {
      state = .blind
    } else if let first = ended.first {
      state = first.state
      mode = first.zone.mode
      rows = ended.filter { $0.state == first.state && $0.zone.mode == first.zone.mode }
    } else {
      state = seesNothing && picture.mode == .actual ? .uncovered : .calm
    }
  }

  private static func urgentFirst(_ left: Row, _ right: Row) -> Bool {
    let weights = (left.zone.mode == .exercise ? 1 : 0, right.zone.mode == .exercise ? 1 : 0)
    if weights.0 != weights.1 { return weights.0 < weights.1 }
    if left.state.rank != right.state.rank { return left.state.rank > right.state.rank }
    let times = (left.left ?? 1e9, right.left ?? 1e9)
    return times.0 != times.1 ? times.0 < times.1 : left.zone.zone < right.zone.zone
  }
}

extension Reply.Row {
  init(_ zone: PublicPicture.ZoneState, at now: Timestamp) {
    self.zone = zone
    minutes = max(0, Int(((zone.expires - now).inSeconds / 60).rounded(.up)))
    guard zone.stage != .ended else {
      left = nil
      state = zone.corrected ? .corrected : .ended
      return
    }
    let known = zone.seconds ?? zone.shelterSeconds.map(Double.init)
    let target = zone.expected ?? known.map { zone.issued + .seconds($0) }
    left = target.map { ($0 - now).inSeconds }
    guard zone.stage == .shelter else {
      state = .early
      return
    }
    if let left {
      state = left > 0 ? .shelter : -left < Reply.impactLasts ? .impact : .stay
    } else {
      state = (now - zone.issued).inSeconds < Reply.untimedLasts ? .shelter : .stay
    }
  }
}
