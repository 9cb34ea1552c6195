/// A moment: whole nanoseconds of UTC since 1970-01-01, from the year 1678 to 2262.
///
/// Written as RFC 3339 with `Z` and as many decimals as needed; read with any offset. A time without an
/// offset is refused: it does not say which moment it means.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Seconds since 1970, rounded to a nanosecond; about 0.2 µs is what a `Double` can tell today.
  public init(seconds: Double) { nanoseconds = Int64((seconds * 1e9).rounded()) }

  public var seconds: Double { Double(nanoseconds) / 1e9 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  public static func + (moment: Timestamp, span: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds &+ span.nanoseconds)
  }

  public static func - (moment: Timestamp, span: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds &- span.nanoseconds)
  }

  public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .nanoseconds(later.nanoseconds &- earlier.nanoseconds)
  }

  /// To whole milliseconds, as effects and pages carry it.
  public var milliseconds: Timestamp {
    let step: Int64 = 1_000_000
    let rest = ((nanoseconds % step) + step) % step
    return Timestamp(nanoseconds: nanoseconds - rest + (rest >= step / 2 ? step : 0))
  }

  public static let distantPast = Timestamp(nanoseconds: .min)
  public static let distantFuture = Timestamp(nanoseconds: .max)
}

extension Duration {
  /// Whole nanoseconds, held at the ends of `Int64` (292 years).
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, over) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if over { return seconds < 0 ? .min : .max }
    let (sum, overSum) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overSum ? (seconds < 0 ? .min : .max) : sum
  }

  public var inSeconds: Double { Double(nanoseconds) / 1e9 }
}

/// Why a text is no moment.
public struct UnreadableTime: Error, Hashable, Sendable, CustomStringConvertible {
  public var text: String

  public init(text: String) { self.text = text }

  public var description: String {
    "'\(text.prefix(40))' is no time with an offset; write it as 2026-01-01T00:00:01.25Z or "
      + "2026-01-01T02:00:01.25+02:00 (RFC 3339)."
  }
}

extension Timestamp: CustomStringConvertible, LosslessStringConvertible {
  /// RFC 3339 in UTC: `2023-05-14T15:33:04Z`, `2023-05-14T15:33:04.25Z`.
  public var description: String { rfc3339(offsetMinutes: 0) }

  public init?(_ text: String) { self.init(rfc3339: text.utf8) }

  /// RFC 3339 section 5.6 with an offset.
  /// - Parameter offsetMinutes: east of Greenwich.
  public func rfc3339(offsetMinutes: Int) -> String {
    let local = nanoseconds &+ Int64(offsetMinutes) * 60_000_000_000
    let second = local.flooredDivision(by: 1_000_000_000)
    let days = second.flooredDivision(by: 86_400)
    let inDay = Int(second - days * 86_400)
    let (year, month, day) = Self.civil(fromDays: days)
    var text = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T"
    text += padded(inDay / 3600, 2) + ":" + padded(inDay / 60 % 60, 2) + ":" + padded(inDay % 60, 2)
    var fraction = Int(local - second * 1_000_000_000)
    if fraction != 0 {
      var digits = 9
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      text += "." + padded(fraction, digits)
    }
    guard offsetMinutes != 0 else { return text + "Z" }
    let size = abs(offsetMinutes)
    return text + (offsetMinutes < 0 ? "-" : "+") + padded(size / 60, 2) + ":"
      + padded(size % 60, 2)
  }

  /// Reads RFC 3339 section 5.6; `nil` if it is anything else, above all if the offset is missing.
  ///
  /// Accepts a space or a small `t` for `T` and any number of decimals (those past nine are dropped).
  /// A leap second (`:60`) is read as the second after it.
  public init?(rfc3339 bytes: some Collection<UInt8>) {
    var reader = DigitReader(bytes)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), reader.skip("T", "t", " "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
      reader.skip(":"), let second = reader.number(2),
      (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, year: year),
      hour < 24, minute < 60, second <= 60, (1678...2261).contains(year)
    else { return nil }
    var fraction = 0
    if reader.skip(".", ",") {
      guard let read = reader.fraction() else { return nil }
      fraction = read
    }
    var offset = 0
    if !reader.skip("Z", "z") {
      let east = reader.skip("+")
      guard east || reader.skip("-"), let hours = reader.number(2), reader.skip(":"),
        let minutes = reader.number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (east ? 1 : -1)
    }
    guard reader.isAtEnd else { return nil }
    let days = Self.days(fromCivil: year, month, day)
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset * 60)
    self.init(nanoseconds: seconds * 1_000_000_000 + Int64(fraction))
  }

  /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  package static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = Int64(shifted).flooredDivision(by: 400)
    let yearOfEra = Int64(shifted) - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The inverse, `civil_from_days`.
  static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return (year, month, Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
  }

  package static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let read = Timestamp(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: UnreadableTime(text: text).description))
    }
    self = read
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int64 {
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}

package func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Reads fixed-width numbers from bytes.
private struct DigitReader<Bytes: Collection<UInt8>> {
  let bytes: Bytes
  var index: Bytes.Index

  init(_ bytes: Bytes) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Nanoseconds from the decimals of a second.
  mutating func fraction() -> Int? {
    guard var value = digit() else { return nil }
    var count = 1
    while let next = digit() {
      if count < 9 {
        value = value * 10 + next
        count += 1
      }
    }
    while count < 9 {
      value *= 10
      count += 1
    }
    return value
  }

  mutating func skip(_ choices: Unicode.Scalar...) -> Bool {
    guard !isAtEnd, choices.contains(Unicode.Scalar(bytes[index])) else { return false }
    index = bytes.index(after: index)
    return true
  }

  private mutating func digit() -> Int? {
    guard !isAtEnd, (48...57).contains(bytes[index]) else { return nil }
    defer { index = bytes.index(after: index) }
    return Int(bytes[index]) - 48
  }
}
