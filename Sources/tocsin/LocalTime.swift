import Foundation
import TocsinModel

/// Moments as clocks at the plan's place show them.
struct LocalTime {
  private let zone: TimeZone

  /// - Parameter name: an IANA name; an unknown one counts as UTC.
  init(_ name: String) { zone = TimeZone(identifier: name) ?? .gmt }

  /// RFC 3339 with the place's offset.
  func full(_ moment: Timestamp) -> String {
    let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: moment.seconds))
    return moment.rfc3339(offsetMinutes: seconds / 60)
  }

  /// For people: `2023-05-14 18:33:03`.
  func short(_ moment: Timestamp) -> String {
    full(moment).prefix(19).replacingOccurrences(of: "T", with: " ")
  }
}
