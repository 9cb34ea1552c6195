import Foundation
import GRDB
public import TocsinEngine
import TocsinModel
import TocsinRecord

extension SQLiteJournal {
  /// Every entry, in order and without a gap. Where one was lost, damaged or removed, an event without
  /// content stands in its place (see ``Restored/blanks``), and a damage is told with its number.
  public func restore() throws -> Restored {
    var reading = Reading(faults: file.faults)
    try file.pool.read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM entries ORDER BY number")
      while let row = try rows.next() { reading.take(row) }
    }
    return reading.restored
  }
}

/// Reads the rows and follows the chain through them.
private struct Reading {
  private(set) var restored: Restored
  /// The link of the row before, as it stands there; `nil` if that row is missing.
  private var head: [UInt8]? = Chain().head
  private let decoder = JSONDecoder()
  /// More entries than this are not lost at once; a number beyond is itself the damage.
  private static let widestGap = 1_000_000

  init(faults: [String]) { restored = Restored(faults: faults) }

  mutating func take(_ row: Row) {
    let number: Int = row["number"]
    let gap = number - restored.entries.count - 1
    guard (0...Self.widestGap).contains(gap) else {
      return restored.faults.append("A row has the number \(number), which cannot be: left out.")
    }
    noteMissing(before: number)
    let time = Timestamp(nanoseconds: row["nanoseconds"])
    let effects = Array(row["effects"] as Data)
    let isLinked = follow(row, number, time, effects)
    guard isLinked, let decided = try? decoder.decode([Effect].self, from: Data(effects)) else {
      restored.faults.append(
        "Entry \(number) does not fit the chain: it, or the one before it, was changed.")
      // Its time may be what was changed, so it is not believed either.
      return blank(number, restored.entries.last?.event.time ?? .init(nanoseconds: 0), effects: [])
    }
    guard let payload = row["payload"] as Data? else {
      return blank(number, time, effects: decided)
    }
    guard Chain.digest(of: Array(payload)) == Array(row["payload_digest"] as Data),
      let content = try? decoder.decode(Event.Content.self, from: payload)
    else {
      restored.faults.append("The content of entry \(number) was changed: its digest is another.")
      return blank(number, time, effects: decided)
    }
    restored.entries.append(
      Entry(event: Event(number: number, time: time, content: content), effects: decided))
  }

  private mutating func noteMissing(before number: Int) {
    let first = restored.entries.count + 1
    guard first < number else { return }
    let last = number - 1
    restored.faults.append(
      first == last ? "Entry \(first) is missing." : "Entries \(first) to \(last) are missing.")
    let time = restored.entries.last?.event.time ?? Timestamp(nanoseconds: 0)
    for lost in first...last { blank(lost, time, effects: []) }
    head = nil
  }

  /// Whether the row's link is made from it and the link before. The next row is judged by this one's.
  private mutating func follow(
    _ row: Row, _ number: Int, _ time: Timestamp, _ effects: [UInt8]
  ) -> Bool {
    let written = Array(row["link"] as Data)
    defer { head = written }
    guard let head else { return false }
    var chain = Chain(head: head)
    return written
      == chain.append(
        number: number, nanoseconds: time.nanoseconds,
        payload: Array(row["payload_digest"] as Data), effects: Chain.digest(of: effects))
  }

  private mutating func blank(_ number: Int, _ time: Timestamp, effects: [Effect]) {
    restored.blanks.insert(number)
    restored.entries.append(
      Entry(event: Event(number: number, time: time, content: .plots([])), effects: effects))
  }
}
