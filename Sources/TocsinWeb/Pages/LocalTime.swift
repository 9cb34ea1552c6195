import Foundation
import TocsinModel

/// Shows moments in the time zone of the plan.
struct LocalTime: Sendable {
  let name: String
  private let zone: TimeZone

  init(_ name: String) {
    let found = TimeZone(identifier: name)
    zone = found ?? .gmt
    self.name = found == nil ? "UTC" : name
  }

  func clock(_ moment: Timestamp) -> String { String(written(moment).dropFirst(11).prefix(8)) }

  func day(_ moment: Timestamp) -> String { String(written(moment).prefix(10)) }

  /// "Asia/Jerusalem (UTC+3)".
  func named(at moment: Timestamp) -> String {
    let minutes = offset(at: moment)
    let hours = abs(minutes) / 60
    let rest = abs(minutes) % 60
    let sign = minutes < 0 ? "-" : "+"
    let shift = minutes == 0 ? "" : "\(sign)\(hours)" + (rest == 0 ? "" : ":\(rest)")
    return "\(name) (UTC\(shift))"
  }

  private func written(_ moment: Timestamp) -> String {
    moment.rfc3339(offsetMinutes: offset(at: moment))
  }

  private func offset(at moment: Timestamp) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: moment.seconds)) / 60
  }
}
