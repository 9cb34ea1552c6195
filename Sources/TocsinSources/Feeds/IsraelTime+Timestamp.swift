import Foundation
public import HomeFrontCommand
public import TocsinModel

extension IsraelTime {
  /// The clock in Israel at a moment, whole seconds.
  public init(_ moment: Timestamp) {
    let parts = Self.calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSince1970: moment.seconds.rounded(.down)))
    self.init(
      year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, hour: parts.hour ?? 0,
      minute: parts.minute ?? 0, second: parts.second ?? 0)
  }

  /// The moment; in the hour of autumn that comes twice, the later one, so that nothing seems too old to sound.
  /// `nil` for a day that is in no calendar.
  public var moment: Timestamp? {
    let parts = DateComponents(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    guard let date = Self.calendar.date(from: parts) else { return nil }
    let first = Timestamp(seconds: date.timeIntervalSince1970)
    guard first.seconds.isFinite, abs(first.seconds) < 9e9 else { return nil }
    let hourLater = first + .seconds(3600)
    if IsraelTime(hourLater) == self { return hourLater }
    return IsraelTime(first).date == self.date ? first : nil
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Asia/Jerusalem") ?? .gmt
    return calendar
  }()
}
