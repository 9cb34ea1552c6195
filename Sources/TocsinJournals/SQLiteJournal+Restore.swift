import Foundation
import GRDB
import TocsinCore
public import TocsinEngine
public import TocsinModel
import TocsinRecord

extension SQLiteJournal {
  /// Every entry, in order and without a gap. Where one was lost, damaged or removed, an event without
  /// content stands in its place (see ``Restored/blanks``), and a damage is told with its number.
  public func restore() throws -> Restored {
    let restored: Restored
    if file.isReadOnly {
      // One statement sees one state; and after a damage SQLite refuses the end of a transaction.
      restored = try file.store.unsafeRead { try read(Reading(faults: file.faults), from: $0) }
    } else {
      restored = try file.store.read { try read(Reading(faults: file.faults), from: $0) }
    }
    guard !file.wasDisturbed else {
      throw UnusableJournal(
        path: file.path, reason: "was begun to be written while it was read; do it once more.")
    }
    return restored
  }

  /// The newest entry and its link; `nil` for an empty journal.
  public func head() throws -> (entry: Int, link: [UInt8])? {
    try file.store.read { database in
      try Row.fetchOne(
        database, sql: "SELECT number, link FROM entries ORDER BY number DESC LIMIT 1"
      )
      .map { ($0["number"], Array($0["link"] as Data)) }
    }
  }

  /// An entry's link.
  public func link(of number: Int) throws -> [UInt8]? {
    try file.store.read { database in
      try Data.fetchOne(
        database, sql: "SELECT link FROM entries WHERE number = ?", arguments: [number]
      ).map { Array($0) }
    }
  }

  /// The newest checkpoint that fits the chain, and the entries after it; else all of them.
  public func resume() throws -> Restored {
    try file.store.read { database in
      guard let checkpoint = try Checkpoint.newest(in: database) else {
        return try read(Reading(faults: file.faults), from: database)
      }
      var restored = try read(Reading(faults: file.faults, after: checkpoint), from: database)
      restored.open = try Self.deliveries(checkpoint.tocsin.unconfirmed, in: database)
      return restored
    }
  }

  private nonisolated func read(_ reading: Reading, from database: Database) throws -> Restored {
    var reading = reading
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM entries WHERE number >= ? ORDER BY number",
      arguments: [reading.next])
    do {
      while let row = try rows.next() { reading.take(row) }
    } catch let error as DatabaseError where error.isDamage && file.isReadOnly {
      // A service must not go on after a gap whose end it cannot see; a reader tells what there is.
      reading.stop(error)
    }
    return reading.restored
  }

  /// The deliveries of these ids, each of which begins with the number of its entry.
  private static func deliveries(_ ids: [String], in database: Database) throws -> [Delivery] {
    let numbers = Set(ids.compactMap { $0.split(separator: "-").first.flatMap { Int($0) } })
    var found: [Delivery] = []
    for number in numbers.sorted() {
      let bytes = try Data.fetchOne(
        database, sql: "SELECT effects FROM entries WHERE number = ?", arguments: [number])
      let effects = bytes.flatMap { try? JSONDecoder().decode([Effect].self, from: $0) } ?? []
      for case .deliver(let delivery) in effects where ids.contains(delivery.id) {
        found.append(delivery)
      }
    }
    return found
  }

  public nonisolated func recall(upTo last: Int, _ take: @escaping @Sendable ([Entry]) -> Void)
    async
  {
    // A part that cannot be read was told as damage at the start, or will be by `replay`.
    try? await file.store.read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT number, nanoseconds, payload, effects FROM entries
          WHERE number <= ? AND payload IS NOT NULL
            AND (kind IN ('statement', 'command', 'plan') OR instr(effects, CAST('"deliver"' AS BLOB)))
          ORDER BY number
          """, arguments: [last])
      let decoder = JSONDecoder()
      var part: [Entry] = []
      while let row = try rows.next() {
        guard let content = try? decoder.decode(Event.Content.self, from: row["payload"] as Data),
          let effects = try? decoder.decode([Effect].self, from: row["effects"] as Data)
        else { continue }
        let time = Timestamp(nanoseconds: row["nanoseconds"])
        part.append(
          Entry(event: Event(number: row["number"], time: time, content: content), effects: effects)
        )
        if part.count == 1000 {
          take(part)
          part = []
        }
      }
      if !part.isEmpty { take(part) }
    }
  }
}

/// Reads the rows and follows the chain through them.
private struct Reading {
  private(set) var restored: Restored
  /// The link of the row before, as it stands there; `nil` if that row is missing.
  private var head: [UInt8]? = Chain().head
  /// The number of the entry before the first one read.
  private var before = 0
  private let decoder = JSONDecoder()
  /// More entries than this are not lost at once; a number beyond is itself the damage.
  private static let widestGap = 1_000_000

  init(faults: [String]) { restored = Restored(entries: [], faults: faults) }

  init(faults: [String], after checkpoint: Checkpoint) {
    self.init(faults: faults)
    restored.checkpoint = checkpoint.tocsin
    before = checkpoint.tocsin.number
    head = checkpoint.link
  }

  var next: Int { before + restored.entries.count + 1 }

  mutating func take(_ row: Row) {
    let number: Int = row["number"]
    let gap = number - next
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

  mutating func stop(_ error: DatabaseError) {
    restored.faults.append(
      "From entry \(next) on nothing can be read: the file is damaged or cut off there "
        + "(\(error.message ?? "no reason given")).")
  }

  private mutating func noteMissing(before number: Int) {
    let first = next
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
