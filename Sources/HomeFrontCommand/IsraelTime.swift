/// A time as the history has it: Israel's clock, without a zone. In one hour of autumn it is ambiguous.
public struct IsraelTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  public var year: Int
  public var month: Int
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int

  public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// `2026-03-01 18:33:04`, or with a `T`, without seconds, or with a fraction, which is dropped.
  public init?(_ text: String) {
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard parts.count == 2 else { return nil }
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    self.init(date: date, time: parts[1])
  }

  /// `01.03.2026` and `18:33:04`.
  public init?(date: String, time: String) {
    let parts = date.split(separator: ".", omittingEmptySubsequences: false)
    self.init(date: parts.reversed(), time: time[...])
  }

  private init?(date: [Substring], time: Substring) {
    let clock = time.prefix { $0 != "." }.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = (date + clock).map { Self.number($0) }
    guard date.count == 3, (2...3).contains(clock.count), !numbers.contains(nil) else { return nil }
    let all = numbers.compactMap(\.self) + [0]
    guard (1900...2999).contains(all[0]), (1...12).contains(all[1]), (1...31).contains(all[2]),
      (0...23).contains(all[3]), (0...59).contains(all[4]), (0...60).contains(all[5])
    else { return nil }
    self.init(
      year: all[0], month: all[1], day: all[2], hour: all[3], minute: all[4], second: all[5])
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.count <= 4 && digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
  }

  public static func < (left: IsraelTime, right: IsraelTime) -> Bool {
    (left.year, left.month, left.day, left.inDay) < (
      right.year, right.month, right.day, right.inDay
    )
  }

  private var inDay: Int { (hour * 60 + minute) * 60 + second }

  /// `2026-03-01 18:33:04`.
  public var description: String { "\(padded(year, 4))-\(padded(month))-\(padded(day)) \(clock)" }

  /// `01.03.2026`.
  public var date: String { "\(padded(day)).\(padded(month)).\(padded(year, 4))" }

  /// `18:33:04`.
  public var clock: String { "\(padded(hour)):\(padded(minute)):\(padded(second))" }

  private func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
