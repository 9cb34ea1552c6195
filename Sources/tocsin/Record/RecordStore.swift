import ArgumentParser
import Foundation
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinRecord
import TocsinSources

/// Where the record is read from and added to.
enum RecordStore {
  static func open(_ journal: String?) throws -> SQLiteJournal {
    try SQLiteJournal(reading: try journal ?? Home(nil).journal())
  }

  /// A journal that has the incident, else the shipped scenario of that name.
  static func archive(incident: String, journal: String?) async throws -> Archive {
    let path = try journal ?? Home(nil).journal()
    if journal != nil || FileManager.default.fileExists(atPath: path) {
      let restored = try await SQLiteJournal(reading: path).restore()
      restored.faults.forEach(Output.note)
      let archive = Archive(restored.entries)
      if journal != nil || archive.incidents[incident] != nil { return archive }
    }
    guard Scenario.shipped.contains(incident) else { return Archive() }
    return Archive(try replay(Scenario.find(incident)))
  }

  /// A scenario decided from its start to its end.
  static func replay(_ scenario: Scenario) throws -> [Entry] {
    var sequencer = Sequencer(Tocsin(mode: .replay))
    var entries = sequencer.receive(
      .plan(scenario.plan(zones: try scenario.zones.read())), at: scenario.start)
    for item in scenario.contents { entries += sequencer.receive(item.content, at: item.time) }
    return entries + sequencer.advance(to: scenario.end)
  }
}

/// What adds to the record: a running Tocsin by --url, else the journal itself.
struct RecordWriting: ParsableArguments {
  @Option(help: "A running Tocsin; without it, the journal itself is added to.")
  var url: String?

  @Option(
    help: "A journal (.sqlite); without it, that of $TOCSIN_HOME. It must not be served meanwhile.")
  var journal: String?

  @Option(help: "A file that holds the recorder's key; without it, $TOCSIN_KEY.")
  var keyFile: String?

  /// Adds acts one after the other; answers with what was refused, by its place.
  func record(_ acts: [Record.Act]) async throws -> [(act: Int, faults: [Record.Fault])] {
    let key = try RemoteTocsin.key(keyFile, role: .recorder)
    if let url { return try await post(acts, RemoteTocsin(url: url, key: key)) }
    return try await append(acts, by: try person().name, try journal ?? Home(nil).journal())
  }

  /// The entries that brought a statement, and its digest.
  func entries(of id: String) async throws -> (sha256: String, entries: [Int]) {
    var found: (sha256: String, entries: [Int])?
    for entry in try await RecordStore.open(journal).restore().entries {
      let statement: Record.Statement? =
        switch entry.event.content {
        case .command(let command):
          if case .record(.state(let said)) = command.order { said } else { nil }
        case .statement(let told): if case .said(let said) = told.content { said } else { nil }
        default: nil
        }
      guard let digest = statement.map(CanonicalJSON.digest(of:)), Recorded.id(digest) == id else {
        continue
      }
      found = (digest, (found?.entries ?? []) + [entry.event.number])
    }
    guard let found else {
      throw ValidationError("The journal has no statement '\(id)'.")
    }
    return found
  }

  /// Takes the payloads of entries out of the journal's file; digests and tombstones stay.
  func erase(_ numbers: [Int], reason: String) async throws {
    let path = try journal ?? Home(nil).journal()
    let lock = try JournalLock(path)
    defer { extendLifetime(lock) }
    let chain = try SQLiteJournal(existing: path)
    for number in numbers {
      try await chain.remove(
        payloadOf: number, person: try person().name, reason: reason, at: SystemClock().read().now)
    }
  }

  /// Whose key was given: a recorder's, in force.
  private func person() throws -> KeyRing.Key {
    let key = try RemoteTocsin.key(keyFile, role: .recorder)
    let ring = try KeyFile(path: try Home(nil).keys()).ring()
    guard let known = ring.verify(key), known.role == .recorder else {
      throw ValidationError("This is no recorder's key in force; see 'tocsin keys list'.")
    }
    return known
  }

  private struct Body: Encodable {
    var order = "record"
    var act: Record.Act
  }

  private func post(
    _ acts: [Record.Act], _ remote: RemoteTocsin
  ) async throws -> [(act: Int, faults: [Record.Fault])] {
    var refused: [(Int, [Record.Fault])] = []
    for (index, act) in acts.enumerated() {
      do {
        _ = try await remote.post("/api/commands", CanonicalJSON.bytes(Body(act: act)))
      } catch let error as Refused {
        refused.append((index, [.init("", error.description)]))
      }
    }
    return refused
  }

  private func append(
    _ acts: [Record.Act], by person: String, _ path: String
  ) async throws -> [(act: Int, faults: [Record.Fault])] {
    let lock = try JournalLock(path)
    defer { extendLifetime(lock) }
    let isThere = FileManager.default.fileExists(atPath: path)
    let journal =
      try isThere
      ? SQLiteJournal(existing: path) : SQLiteJournal(path: path, mode: .actual)
    let restored = try await journal.restore()
    guard restored.faults.isEmpty else {
      throw ValidationError("\(restored.faults[0]) Nothing was added; see 'tocsin record verify'.")
    }
    var sequencer = Sequencer(Tocsin(mode: journal.mode))
    for entry in restored.entries { _ = sequencer.repeated(entry.event) }
    var archive = Archive(restored.entries)
    var refused: [(Int, [Record.Fault])] = []
    let now = max(SystemClock().read().now, sequencer.tocsin.time ?? .distantPast)
    for (index, act) in acts.enumerated() {
      let faults = act.faults + archive.faults(of: act)
      guard faults.isEmpty else {
        refused.append((index, faults))
        continue
      }
      let command = Command(person: person, order: .record(act))
      let entries = sequencer.receive(.command(command), at: now)
      if case .failed(let reason) = await journal.commit(entries) {
        throw ValidationError("The journal cannot be written: \(reason)")
      }
      for entry in entries { archive.take(entry) }
    }
    return refused
  }
}
