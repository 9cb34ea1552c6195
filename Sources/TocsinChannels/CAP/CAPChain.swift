import CAP
import TocsinModel

/// What the messages of one warning have said so far: each new one replaces them all (CAP 1.2, 3.2.1, `msgType`),
/// so it must say again what stays in force.
///
/// It can be read back from the messages alone: they are the only memory that a restart needs.
struct CAPChain: Hashable, Sendable {
  /// The warning's id.
  let warning: String
  let hazard: String
  /// The messages so far, oldest first.
  private(set) var messages: [Message] = []
  /// What is in force, by zone id.
  private(set) var zones: [String: ZoneState] = [:]

  struct Message: Hashable, Sendable {
    var reference: Reference
    var expires: Moment
  }

  struct ZoneState: Hashable, Sendable {
    var stage: Stage
    /// Whole seconds from warning to impact that people there have; `nil` when not stated.
    var shelterSeconds: Int?
    /// When the impact is expected.
    var onset: Moment?
    var expires: Moment
  }

  init(warning: String, hazard: String) {
    self.warning = warning
    self.hazard = hazard
  }

  /// Whether nothing of it is in force any more.
  var isOver: Bool { zones.isEmpty }

  /// Takes what a notice changes.
  mutating func take(_ notice: Notice) {
    for row in notice.rows {
      zones[row.zone] =
        notice.stage == .ended
        ? nil
        : ZoneState(
          stage: notice.stage, shelterSeconds: row.shelterSeconds,
          onset: row.expected.map { Moment($0) },
          // Up to the next whole second, so that nothing ends early.
          expires: Moment(row.expires + .nanoseconds(999_999_999)))
    }
  }

  mutating func add(_ alert: Alert) {
    messages.append(
      Message(
        reference: alert.reference,
        expires: alert.infos.compactMap(\.expires).max() ?? alert.sent))
  }

  /// All that a message sent then must name: those that have not expired, and the last one in any case.
  func references(at sent: Moment) -> [Reference] {
    let live = messages.filter { $0.expires.seconds >= sent.seconds }
    return (live.isEmpty ? messages.suffix(1) : live[...]).map(\.reference)
  }
}

extension CAPChain {
  /// Goes on with a message that was read back.
  /// - Returns: `nil` when it is none of ours.
  init?(_ alert: Alert, after chain: CAPChain?) {
    guard let warning = alert.incidents.first, let language = alert.infos.first?.language,
      let hazard = alert.infos.first?.eventCodes.first(where: { $0.name == Words.hazard })?.value
    else { return nil }
    self = chain ?? CAPChain(warning: warning, hazard: hazard)
    add(alert)
    zones = [:]
    for info in alert.infos where info.language == language {
      guard let stage = Words.stage(of: info), let expires = info.expires else { continue }
      for zone in info.areas.flatMap(\.geocodes) where zone.name == Words.zone {
        let seconds = info.parameters.first { $0.name == Words.shelterSeconds + zone.value }
        zones[zone.value] = ZoneState(
          stage: stage, shelterSeconds: seconds.flatMap { Int($0.value) }, onset: info.onset,
          expires: expires)
      }
    }
  }

  /// The names under which our messages carry what CAP has no element for.
  enum Words {
    static let hazard = "tocsin:hazard"
    static let zone = "tocsin:zone"
    static let shelterSeconds = "tocsin:shelter_seconds:"

    /// `nil` where something has ended.
    static func stage(of info: Info) -> Stage? {
      switch info.urgency {
      case .immediate: .shelter
      case .expected: .early
      default: nil
      }
    }
  }
}

extension Moment {
  /// Whole seconds, the rest cut off, in UTC.
  init(_ time: Timestamp) {
    let seconds = Int(time.nanoseconds / 1_000_000_000)
    self.init(seconds: time.nanoseconds % 1_000_000_000 < 0 ? seconds - 1 : seconds)
  }
}
