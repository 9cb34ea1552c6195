extension Moment {
  /// What is wrong with a time, in words: what stands there, and what to write.
  struct Misfit: Error, Hashable {
    var text: String
    /// Whether it breaks the form that CAP 1.2 adds to XML Schema's, and not that one itself.
    var isLegalInOlderVersions = false
  }

  /// Reads a time as leniently as its instant is certain: `Z`, small letters, a fraction, and an offset
  /// without colon are understood; a time without offset is not.
  ///
  /// - Returns: the moment, if it is certain, and what is wrong with the writing, if anything.
  static func read(_ text: String) -> (moment: Moment?, misfit: Misfit?) {
    var scan = Scan(text)
    do {
      let local = try scan.local()
      let offset = try scan.offset()
      return (Moment(seconds: local - offset * 60, offset: offset), scan.misfit)
    } catch {
      return (nil, error)
    }
  }

  private struct Scan {
    var rest: Substring.UTF8View
    var misfit: Misfit?

    init(_ text: String) { rest = text.trimmed.utf8 }

    /// Seconds since 1970 as if the clock stood at UTC.
    mutating func local() throws(Misfit) -> Int {
      let year = try number(4, "year")
      try mark("-")
      let month = try number(2, "month")
      try mark("-")
      let day = try number(2, "day")
      if take("t") {
        note("has a small 't'; write 'T'")
      } else {
        try mark("T")
      }
      let hour = try number(2, "hour")
      try mark(":")
      let minute = try number(2, "minute")
      try mark(":")
      let second = try number(2, "second")
      guard year > 0, (1...12).contains(month), day >= 1, day <= Self.days(year, month) else {
        throw Misfit(text: "names a day that does not exist")
      }
      // XML Schema allows 24:00:00, the end of the day.
      guard hour < 24 || (hour == 24 && minute == 0 && second == 0), minute < 60, second < 60 else {
        throw Misfit(text: "names a time of day that does not exist")
      }
      fraction()
      return Moment.day(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60
        + second
    }

    mutating func fraction() {
      guard rest.first == UInt8(ascii: ".") else { return }
      note("has a fraction of a second; write whole seconds", legalBefore: true)
      rest = rest.dropFirst()
      rest = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Minutes east of UTC.
    mutating func offset() throws(Misfit) -> Int {
      guard let sign = rest.first else {
        throw Misfit(text: "has no offset; write one, e.g. -00:00 for UTC")
      }
      rest = rest.dropFirst()
      switch sign {
      case UInt8(ascii: "Z"), UInt8(ascii: "z"):
        let small = sign == UInt8(ascii: "z")
        note("has the letter '\(small ? "z" : "Z")'; write -00:00 for UTC", legalBefore: !small)
        try end()
        return 0
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let hours = try number(2, "offset's hour")
        if !take(":") { note("has an offset without colon; write e.g. -07:00") }
        let minutes = try number(2, "offset's minute")
        try end()
        let offset = hours * 60 + minutes
        guard minutes < 60, offset <= 840 else {
          throw Misfit(text: "has an offset beyond 14:00")
        }
        return sign == UInt8(ascii: "-") ? -offset : offset
      default:
        throw Misfit(text: "has no offset; write one, e.g. -00:00 for UTC")
      }
    }

    private mutating func note(_ text: String, legalBefore: Bool = false) {
      guard misfit == nil || !legalBefore else { return }
      misfit = Misfit(text: text, isLegalInOlderVersions: legalBefore)
    }

    private mutating func number(_ count: Int, _ what: String) throws(Misfit) -> Int {
      var value = 0
      for _ in 0..<count {
        guard let digit = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else {
          throw Misfit(
            text: "has no \(count)-digit \(what); write e.g. 2026-05-24T16:49:00-07:00")
        }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
        rest = rest.dropFirst()
      }
      return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }

    private mutating func mark(_ character: Unicode.Scalar) throws(Misfit) {
      guard take(character) else {
        throw Misfit(text: "lacks a '\(character)'; write e.g. 2026-05-24T16:49:00-07:00")
      }
    }

    private func end() throws(Misfit) {
      guard rest.isEmpty else { throw Misfit(text: "goes on after the offset") }
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
      switch month {
      case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    }
  }
}
