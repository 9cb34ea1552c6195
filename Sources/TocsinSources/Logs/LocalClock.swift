import Foundation
public import TocsinModel

/// Reads local times that tell no offset, by the rules of a place.
///
/// Forms: `2023-05-14 18:33:04`, `2023-05-14T18:33`, `14.05.2023 18:33:04`, `14/05/2023 18:33`. With
/// strokes the day comes first unless only the other order is a date. An hour that the clock change
/// left out is read as if the clock had not been changed, one that came twice as the first; both are said.
public struct LocalClock: Sendable {
  private let zone: TimeZone
  public var name: String { zone.identifier }

  /// - Parameter name: of the IANA time zone database; `nil` for one that is not there.
  public init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.zone = zone
  }

  public struct Reading: Hashable, Sendable {
    public var time: Timestamp
    public var offsetMinutes: Int
    /// What is doubtful about it.
    public var oddity: String?
  }

  public func read(_ text: String) -> Reading? {
    guard let fields = Self.fields(text) else { return nil }
    // As if it were UTC; what the clock of the place makes of it follows.
    let days = Timestamp.days(fromCivil: fields.year, fields.month, fields.day)
    let wall = Int(days) * 86_400 + fields.second
    let before = offset(at: wall - 86_400)
    let after = offset(at: wall + 86_400)
    let early = wall - max(before, after)
    let late = wall - min(before, after)
    var seconds = early
    var oddity = fields.oddity
    switch (offset(at: early) == wall - early, offset(at: late) == wall - late) {
    case (true, true) where early != late:
      oddity = "'\(text.prefix(40))' came twice when the clock was changed; the first was taken"
    case (false, false):
      seconds = wall - before
      oddity =
        "'\(text.prefix(40))' is an hour that the change of the clock left out; it was read as if "
        + "the clock had not been changed"
    case (false, true): seconds = late
    default: break
    }
    return Reading(
      time: Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000),
      offsetMinutes: (wall - seconds) / 60, oddity: oddity)
  }

  /// The beginning of a day, `2023-05-14`.
  public func midnight(of day: String) -> Timestamp? { read(day + " 00:00")?.time }

  /// The whole local days from that of one moment to that of another.
  public func days(from first: Timestamp, to last: Timestamp) -> Range<Timestamp> {
    func wall(_ moment: Timestamp) -> Int {
      let seconds = Int(moment.seconds.rounded(.down))
      return seconds + offset(at: seconds)
    }
    func midnight(_ day: Int) -> Timestamp {
      // An offset as it is at that midnight, not as it was at noon.
      let guess = day * 86_400 - offset(at: day * 86_400)
      return Timestamp(
        nanoseconds: Int64(day * 86_400 - offset(at: guess)) * 1_000_000_000)
    }
    let start = Double(wall(first)) / 86_400
    let end = Double(wall(max(first, last))) / 86_400
    return midnight(Int(start.rounded(.down)))..<midnight(Int(end.rounded(.down)) + 1)
  }

  private func offset(at seconds: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }

  private struct Fields {
    var year: Int
    var month: Int
    var day: Int
    var second: Int
    var oddity: String?
  }

  private static func fields(_ text: String) -> Fields? {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard (5...6).contains(numbers.count), text.allSatisfy({ $0.isNumber || " T.:-/".contains($0) })
    else { return nil }
    let second = numbers[3] * 3_600 + numbers[4] * 60 + (numbers.count == 6 ? numbers[5] : 0)
    guard (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4]), second < 86_400 else {
      return nil
    }
    var (year, month, day) = (numbers[0], numbers[1], numbers[2])
    var oddity: String?
    if year <= 31 {
      (year, day) = (numbers[2], numbers[0])
      if month > 12, day <= 12 {
        (month, day) = (day, month)
        oddity = "'\(text.prefix(40))' was read as month, day, year: no other order is a date"
      }
    }
    guard (1900...9999).contains(year), (1...12).contains(month),
      (1...Timestamp.days(inMonth: month, year: year)).contains(day)
    else { return nil }
    return Fields(year: year, month: month, day: day, second: second, oddity: oddity)
  }
}
