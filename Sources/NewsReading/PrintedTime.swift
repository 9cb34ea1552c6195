/// When something was said, as printed, with how precisely the words tell it.
public struct PrintedTime: Hashable, Sendable, Codable {
  public var printed: String
  public var precision: Precision
  /// The day (ISO 8601) that the words mean, counted back from the day of publication.
  public var day: String?

  public enum Precision: String, Hashable, Sendable, Codable {
    case minute
    case part = "part of a day"
    case day, week, month, year, vague
  }

  /// Reads "late on Sunday", "May 3", "at 6 p.m."; `published` is the day the text came out.
  init(_ printed: String, published: CivilDay?) {
    self.printed = printed
    let words = printed.lowercased().split { $0 == " " || $0 == "\n" }.map(String.init)
    let parts = [
      "morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk", "midday",
      "late", "early",
    ]
    precision =
      if words.contains(where: Words.clock.contains) || words.contains(where: { $0.contains(":") })
      {
        .minute
      } else if words.contains(where: parts.contains) {
        .part
      } else if words.contains(where: Words.weekdays.contains)
        || words.contains(where: { Int($0) != nil })
      {
        .day
      } else if words.contains("week") {
        .week
      } else if words.contains(where: Words.months.contains) || words.contains("month") {
        .month
      } else if words.contains("year") {
        .year
      } else {
        .vague
      }
    day = published.flatMap { Self.day(of: words, published: $0)?.iso }
  }

  private static func day(of words: [String], published: CivilDay) -> CivilDay? {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    for word in words {
      if word == "today" || word == "tonight" { return published }
      if word == "yesterday" { return published.adding(days: -1) }
      if let index = names.firstIndex(of: word) {
        let back = (published.weekday - index + 7) % 7
        return published.adding(days: words.contains("last") && back == 0 ? -7 : -back)
      }
    }
    guard let month = words.compactMap({ CivilDay.month($0) }).first,
      let day = words.compactMap({ Int($0) }).first, (1...31).contains(day)
    else { return nil }
    let year = (month, day) > (published.month, published.day) ? published.year - 1 : published.year
    return CivilDay(year: year, month: month, day: day)
  }
}

/// A day of the calendar, without a zone.
public struct CivilDay: Hashable, Sendable {
  public var year: Int
  public var month: Int
  public var day: Int

  /// Reads the first ten characters of an ISO 8601 date or time.
  public init?(iso text: String) {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
      return nil
    }
    (year, month, day) = (parts[0], parts[1], parts[2])
  }

  init(year: Int, month: Int, day: Int) { (self.year, self.month, self.day) = (year, month, day) }

  var iso: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Days since 1 March of year 0 (H. Hinnant, "chrono-compatible low-level date algorithms").
  private var count: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear
  }

  /// Monday is 0.
  var weekday: Int { (count + 2) % 7 }

  func adding(days: Int) -> CivilDay {
    let all = count + days
    let era = all / 146_097
    let ofEra = all - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return CivilDay(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * shifted + 2) / 5 + 1)
  }

  static func month(_ word: String) -> Int? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard Words.months.contains(word) else { return nil }
    return names.firstIndex(of: String(word.prefix(3))).map { $0 + 1 }
  }
}
