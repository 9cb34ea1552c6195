/// What stands in the real-time file while an alert is on. One holds one category.
public struct RealTimeAlert: Hashable, Sendable {
  /// A file time as text (``AlertID``). It changes whenever anything else of the alert does; clients tell new
  /// alerts from known ones by it. Empty when the file had none.
  public var id: String
  /// The number as it stands in the file; see ``category``.
  public var number: Int?
  public var title: String
  /// Names exactly as written; one may contain commas.
  public var zones: [String]
  /// What to do.
  public var instruction: String

  public init(id: String, number: Int?, title: String, zones: [String], instruction: String) {
    self.id = id
    self.number = number
    self.title = title
    self.zones = zones
    self.instruction = instruction
  }

  /// What number and title say; `nil` when they say nothing known, or a news flash says neither or both.
  public var category: AlertCategory? {
    number.flatMap { AlertCategory(realTime: $0, title: title) }
  }
}

/// The id of an alert: a Windows file time, 100 ns since 1601-01-01 UTC, of a whole second.
public enum AlertID {
  /// Seconds from 1601 to 1970.
  private static let epoch: Int64 = 11_644_473_600
  private static let ticks: Int64 = 10_000_000

  public static func id(unixSeconds: Int64) -> String {
    String((unixSeconds &+ epoch) &* ticks)
  }

  /// The second that an id stands for; `nil` if it is no file time of this century.
  public static func unixSeconds(_ id: String) -> Int64? {
    guard let value = Int64(id) else { return nil }
    let seconds = value / ticks - epoch
    return (946_684_800..<4_102_444_800).contains(seconds) ? seconds : nil
  }
}
