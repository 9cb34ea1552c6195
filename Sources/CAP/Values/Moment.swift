/// An instant, with the offset from UTC that it was written in.
///
/// Source: CAP 1.2, 3.3.2: `2002-05-24T16:49:00-07:00`; UTC is written `-00:00`, letters are not allowed,
/// and there is no fraction of a second.
public struct Moment: Hashable, Sendable, Comparable {
  /// Whole seconds since 1970-01-01T00:00:00 UTC.
  public var seconds: Int
  /// Minutes east of UTC, −840 to 840.
  public var offset: Int

  public init(seconds: Int, offset: Int = 0) {
    self.seconds = seconds
    self.offset = offset
  }

  /// By instant; the offset decides only between equal ones, so that order agrees with equality.
  public static func < (left: Moment, right: Moment) -> Bool {
    (left.seconds, left.offset) < (right.seconds, right.offset)
  }
}

extension Moment: CustomStringConvertible {
  /// As CAP 1.2 wants it.
  public var description: String {
    let local = seconds + offset * 60
    let days = local.flooredQuotient(by: 86_400)
    let second = local - days * 86_400
    let (year, month, day) = Self.date(ofDay: days)
    let sign = offset > 0 ? "+" : "-"
    let east = abs(offset)
    return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))T"
      + "\(Self.digits(second / 3600, 2)):\(Self.digits(second / 60 % 60, 2)):"
      + "\(Self.digits(second % 60, 2))\(sign)"
      + "\(Self.digits(east / 60, 2)):\(Self.digits(east % 60, 2))"
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// The proleptic Gregorian date of a day since 1970-01-01.
  private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    // Days since 0000-03-01: a year that begins in March ends with the leap day.
    let shifted = day + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = era * 400 + yearOfEra + (month < 10 ? 0 : 1)
    return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  static func day(year: Int, month: Int, day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let era = year.flooredQuotient(by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Int {
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
