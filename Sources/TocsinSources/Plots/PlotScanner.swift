import TocsinModel

/// Reads the ordinary plot line fast: ASCII, no escapes, no exponents, nothing nested but `sigma`.
///
/// It answers `nil` to anything else, right or wrong; the line is then read again by ``CarefulPlotReader``,
/// which is also the one that names faults.
struct PlotScanner {
  private var bytes: [UInt8] = []
  private var index = 0
  private var end = 0
  /// The last day seen, by its ten characters, so that the calendar is computed once a day.
  private var date: (UInt64, UInt16) = (0, 0)
  private var midnight: Int64 = 0

  mutating func scan(_ bytes: [UInt8], _ line: Range<Int>) -> PlotLine? {
    self.bytes = bytes
    defer { self.bytes = [] }
    index = line.lowerBound
    end = line.upperBound
    var draft = PlotDraft()
    guard object({ $0.field($1, $2, &draft) }) else { return nil }
    skipSpace()
    guard index == end else { return nil }
    return try? draft.checked()  // the careful reader finds the reason again and says it
  }

  /// One pass over the members of an object; the closure reads the value of the name at that range.
  private mutating func object(
    _ read: (inout PlotScanner, _ start: Int, _ end: Int) -> Bool
  ) -> Bool {
    skipSpace()
    guard take(UInt8(ascii: "{")) else { return false }
    repeat {
      skipSpace()
      guard let name = plainString() else { return false }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return false }
      skipSpace()
      guard read(&self, name.lowerBound, name.upperBound) else { return false }
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  /// A field given twice is left to the careful reader, which refuses it.
  private mutating func field(_ start: Int, _ end: Int, _ draft: inout PlotDraft) -> Bool {
    switch end - start {
    case 1 where name(start, "t"): draft.time == nil && set(&draft.time, time())
    case 5 where name(start, "radar"): draft.radar == nil && set(&draft.radar, text())
    case 5 where name(start, "alive"): !draft.alive && word("true", then: &draft.alive)
    case 5 where name(start, "sigma"): !draft.hasSigma && sigma(&draft)
    case 7 where name(start, "range_m"): draft.range == nil && set(&draft.range, number())
    case 7 where name(start, "plot_id"): draft.id == nil && set(&draft.id, text())
    case 11 where name(start, "azimuth_deg"):
      draft.azimuth == nil && set(&draft.azimuth, number())
    case 11 where name(start, "doppler_mps"):
      draft.doppler == nil && set(&draft.doppler, number())
    case 13 where name(start, "elevation_deg"):
      draft.elevation == nil && set(&draft.elevation, number())
    default: skipScalar()
    }
  }

  private mutating func sigma(_ draft: inout PlotDraft) -> Bool {
    draft.hasSigma = true
    return object { scanner, start, end in
      switch end - start {
      case 7 where scanner.name(start, "range_m"):
        draft.sigmaRange == nil && scanner.set(&draft.sigmaRange, scanner.number())
      case 11 where scanner.name(start, "azimuth_deg"):
        draft.sigmaAzimuth == nil && scanner.set(&draft.sigmaAzimuth, scanner.number())
      case 13 where scanner.name(start, "elevation_deg"):
        draft.sigmaElevation == nil && scanner.set(&draft.sigmaElevation, scanner.number())
      default: scanner.skipScalar()
      }
    }
  }

  private func set<Value>(_ field: inout Value?, _ value: Value?) -> Bool {
    field = value
    return value != nil
  }

  // MARK: Values

  /// Exact: the digits fit in 2^53 and the power of ten in 10^22, both of which a Double holds exactly,
  /// so one division rounds once.
  ///
  /// Source: W. D. Clinger, "How to Read Floating Point Numbers Accurately", 1990.
  private mutating func number() -> Double? {
    let negative = take(UInt8(ascii: "-"))
    let start = index
    var digits: UInt64 = 0
    guard integer(&digits), index - start == 1 || bytes[start] != UInt8(ascii: "0") else {
      return nil
    }
    var decimals = 0
    if take(UInt8(ascii: ".")) {
      let point = index
      guard integer(&digits) else { return nil }
      decimals = index - point
    }
    guard digits <= 1 << 53, decimals <= 22, atEndOfValue else { return nil }
    let value = Double(digits) / Self.powers[decimals]
    return negative ? -value : value
  }

  private static let powers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  /// Appends decimal digits to a number, at most 18 in all, so that it cannot overflow.
  private mutating func integer(_ value: inout UInt64) -> Bool {
    let start = index
    while index < end {
      let digit = bytes[index] &- 48
      guard digit < 10 else { break }
      guard value < 100_000_000_000_000_000 else { return false }
      value = value * 10 + UInt64(digit)
      index += 1
    }
    return index > start
  }

  private mutating func text() -> String? {
    guard let range = plainString() else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// `2026-01-01T00:00:01.25Z` and no other form.
  private mutating func time() -> Timestamp? {
    guard let range = plainString(), range.count >= 20, range.count <= 30,
      bytes[range.upperBound - 1] == UInt8(ascii: "Z"),
      bytes[range.lowerBound + 10] == UInt8(ascii: "T"), isToday(range.lowerBound),
      let hour = pair(range.lowerBound + 11, UInt8(ascii: ":")), hour < 24,
      let minute = pair(range.lowerBound + 14, UInt8(ascii: ":")), minute < 60,
      let second = pair(range.lowerBound + 17, nil), second < 60,
      let fraction = fraction(range.lowerBound + 19, range.upperBound - 1)
    else { return nil }
    let inDay = hour * 3600 + minute * 60 + second
    return Timestamp(nanoseconds: midnight + inDay * 1_000_000_000 + fraction)
  }

  private mutating func isToday(_ start: Int) -> Bool {
    var eight: UInt64 = 0
    for offset in 0..<8 { eight = eight << 8 | UInt64(bytes[start + offset]) }
    let two = UInt16(bytes[start + 8]) << 8 | UInt16(bytes[start + 9])
    if date == (eight, two) { return true }
    let text = String(decoding: bytes[start..<start + 10], as: UTF8.self)
    guard let read = Timestamp(text + "T00:00:00Z") else { return false }
    date = (eight, two)
    midnight = read.nanoseconds
    return true
  }

  private func pair(_ start: Int, _ after: UInt8?) -> Int64? {
    let (tens, ones) = (bytes[start] &- 48, bytes[start + 1] &- 48)
    guard tens < 10, ones < 10, after == nil || bytes[start + 2] == after else { return nil }
    return Int64(tens) * 10 + Int64(ones)
  }

  private func fraction(_ start: Int, _ end: Int) -> Int64? {
    if start == end { return 0 }
    guard bytes[start] == UInt8(ascii: "."), end - start > 1 else { return nil }
    var value: Int64 = 0
    for offset in 1...9 {
      var digit: UInt8 = 0
      if start + offset < end {
        digit = bytes[start + offset] &- 48
        guard digit < 10 else { return nil }
      }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  private mutating func word(_ word: StaticString, then flag: inout Bool) -> Bool {
    guard skip(word) else { return false }
    flag = true
    return true
  }

  private mutating func skipScalar() -> Bool {
    guard index < end else { return false }
    switch bytes[index] {
    case UInt8(ascii: "\""): return plainString() != nil
    case UInt8(ascii: "t"): return skip("true")
    case UInt8(ascii: "f"): return skip("false")
    case UInt8(ascii: "n"): return skip("null")
    default: return number() != nil
    }
  }

  // MARK: Bytes

  private var atEndOfValue: Bool {
    guard index < end else { return false }
    switch bytes[index] {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: " "), UInt8(ascii: "\t"): return true
    default: return false
    }
  }

  /// The inside of a text of printable ASCII without escapes.
  private mutating func plainString() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = index
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return start..<index - 1
      }
      guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else { return nil }
      index += 1
    }
    return nil
  }

  private func name(_ start: Int, _ expected: StaticString) -> Bool {
    for offset in 0..<expected.utf8CodeUnitCount
    where bytes[start + offset] != expected.utf8Start[offset] { return false }
    return true
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    guard end - index >= word.utf8CodeUnitCount, name(index, word) else { return false }
    index += word.utf8CodeUnitCount
    return atEndOfValue
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
  }
}
