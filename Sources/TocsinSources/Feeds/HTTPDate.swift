import Foundation
public import TocsinModel

/// Dates of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: RFC 9110, section 5.6.7 (IMF-fixdate).
public enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  public static func text(_ moment: Timestamp) -> String {
    let written = moment.description  // 2026-03-01T16:33:04…Z
    let seconds = Int(moment.seconds.rounded(.down))
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let month = Int(written.dropFirst(5).prefix(2)) ?? 1
    return "\(days[((day % 7) + 7) % 7]), \(written.dropFirst(8).prefix(2)) \(months[month - 1]) "
      + "\(written.prefix(4)) \(written.dropFirst(11).prefix(8)) GMT"
  }

  /// `nil` for any other form; the two that are obsolete are seen no more.
  public static func moment(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2,
      let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
  }
}
