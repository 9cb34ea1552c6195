public import TocsinModel

/// Two logs of the same days, row by row: what one has and the other lacks, and how their clocks differ.
///
/// Rows are paired within one name (by the zones it stands for) in order of time, when they are no further apart
/// than the tolerance after the shift of the clocks is taken off; the shift is the whole hours at
/// which most rows find a partner, and the median difference of rows that have only one within ten minutes.
public struct LogComparison: Sendable {
  public struct Row: Hashable, Sendable {
    public var time: Timestamp
    public var offsetMinutes: Int
    /// As the log writes it.
    public var name: String
    public var category: Int
  }

  public struct Pair: Hashable, Sendable {
    public var first: Row
    public var second: Row
    /// How much later the second is, in seconds.
    public var difference: Double { (second.time - first.time).inSeconds }
  }

  public private(set) var pairs: [Pair] = []
  public private(set) var onlyFirst: [Row] = []
  public private(set) var onlySecond: [Row] = []
  /// Pairs whose categories differ.
  public var otherCategory: [Pair] { pairs.filter { $0.first.category != $0.second.category } }
  /// Seconds by which the second log's clock seems to be later.
  public private(set) var shift = 0.0
  /// Days that only one of the logs covers are left out, and counted here: rows of the first, of the second.
  public private(set) var outside = (first: 0, second: 0)

  /// Half the width in which a lonely partner is looked for to learn the shift.
  private static let reach = 600.0

  /// - Parameter tolerance: seconds that two rows of one event may differ by. Public collections of one feed
  ///   differ by one or two.
  public init(
    _ first: Chronicle, _ second: Chronicle, zones: [Zone], tolerance: Double = 10
  ) {
    let (left, right) = (Self.rows(first, zones), Self.rows(second, zones))
    let common = Self.common(first, second)
    let keys = Set(left.keys).union(right.keys).sorted()
    func within(_ rows: [Row]?) -> [Row] { (rows ?? []).filter { common.contains($0.time) } }
    shift = Self.shift(keys.map { (within(left[$0]), within(right[$0])) })
    for key in keys {
      outside.first += (left[key] ?? []).count - within(left[key]).count
      outside.second += (right[key] ?? []).count - within(right[key]).count
      pair(within(left[key]), within(right[key]), tolerance)
    }
    pairs.sort { ($0.first.time, $0.first.name) < ($1.first.time, $1.first.name) }
    onlyFirst.sort { ($0.time, $0.name) < ($1.time, $1.name) }
    onlySecond.sort { ($0.time, $0.name) < ($1.time, $1.name) }
  }

  private mutating func pair(_ left: [Row], _ right: [Row], _ tolerance: Double) {
    var (one, other) = (0, 0)
    while one < left.count, other < right.count {
      let difference = (right[other].time - left[one].time).inSeconds - shift
      if abs(difference) <= tolerance {
        pairs.append(Pair(first: left[one], second: right[other]))
        one += 1
        other += 1
      } else if difference > 0 {
        onlyFirst.append(left[one])
        one += 1
      } else {
        onlySecond.append(right[other])
        other += 1
      }
    }
    onlyFirst += left[one...]
    onlySecond += right[other...]
  }

  /// Rows by what their name stands for; a name that no zone has stands for itself.
  private static func rows(_ chronicle: Chronicle, _ zones: [Zone]) -> [String: [Row]] {
    let places = Places(chronicle.names, zones: zones).places
    let keys = places.map { place in
      place.isKnown ? place.zones.joined(separator: ",") : "?" + place.written.lowercased()
    }
    var rows: [String: [Row]] = [:]
    for index in 0..<chronicle.count where !chronicle.isRepeat[index] {
      let place = Int(chronicle.places[index])
      rows[keys[place], default: []].append(
        Row(
          time: Timestamp(nanoseconds: chronicle.moments[index] * 1_000_000),
          offsetMinutes: Int(chronicle.offsets[index]), name: chronicle.names[place],
          category: Int(chronicle.categories[index])))
    }
    return rows
  }

  /// The days that both logs cover: from the later first row's local midnight to the earlier last one's.
  private static func common(_ first: Chronicle, _ second: Chronicle) -> Range<Timestamp> {
    guard first.count > 0, second.count > 0 else { return .distantPast..<(.distantPast) }
    let start = max(midnight(first, 0, days: 0), midnight(second, 0, days: 0))
    let end = min(
      midnight(first, first.count - 1, days: 1), midnight(second, second.count - 1, days: 1))
    return start..<max(start, end)
  }

  private static func midnight(_ chronicle: Chronicle, _ row: Int, days: Int64) -> Timestamp {
    let offset = Int64(chronicle.offsets[row]) * 60_000
    let day = (chronicle.moments[row] + offset).flooredQuotient(86_400_000) + days
    return Timestamp(nanoseconds: (day * 86_400_000 - offset) * 1_000_000)
  }

  /// The whole hours at which most rows of a sample find a partner, then the median of what is left.
  private static func shift(_ groups: [([Row], [Row])]) -> Double {
    let samples = groups.filter { !$0.0.isEmpty && !$0.1.isEmpty }.prefix(400)
    let hours = (-14...14).sorted { (abs($0), $0) < (abs($1), $1) }
    let found = hours.map { hour in differences(samples, around: Double(hour) * 3_600) }
    // The first of several as good is the one nearest to none.
    let best = found.indices.max { (found[$0].count, $1) < (found[$1].count, $0) } ?? 0
    let sorted = found[best].sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// Differences of rows that have exactly one partner around a shift.
  private static func differences(
    _ groups: ArraySlice<([Row], [Row])>, around shift: Double
  ) -> [Double] {
    groups.flatMap { left, right in
      left.prefix(50).compactMap { row -> Double? in
        let wanted = row.time + .seconds(shift - reach)
        var index = right.partition { $0.time < wanted }
        var near: [Double] = []
        while index < right.count, near.count < 2 {
          let difference = (right[index].time - row.time).inSeconds
          if difference - shift > reach { break }
          near.append(difference)
          index += 1
        }
        return near.count == 1 ? near[0] : nil
      }
    }
  }
}

extension [LogComparison.Row] {
  /// The place of the first row that is not before, of rows in order.
  fileprivate func partition(_ isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
