public import ArgumentParser
import Foundation
import TocsinEngine
import TocsinJournals
import TocsinModel
public import TocsinRecord

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Who said what, when, through whom, and what really is in dispute.",
    discussion: """
      Reading needs no key: of the journal in $TOCSIN_HOME (or --journal), else of the shipped scenario of that name,
      as 2023-05-14. What adds to the record needs a recorder's key in $TOCSIN_KEY or --key-file
      ('tocsin keys add NAME --role recorder'); nothing recorded is ever changed.
      """,
    subcommands: [
      RecordShow.self, RecordConflicts.self, RecordTimeline.self, RecordDispatch.self,
      RecordExport.self, RecordVerify.self, RecordReadCommand.self, RecordOpen.self, RecordAdd.self,
      RecordImportFile.self,
      RecordAssess.self, RecordResolve.self, RecordMerge.self, RecordPart.self, RecordSplit.self,
      RecordWithhold.self, RecordRemove.self, RecordSealKey.self, RecordUnseal.self,
      RecordBundle.self, RecordStamp.self,
    ])
}

/// Which incident, of which journal, as known when.
struct RecordReading: ParsableArguments {
  @Argument(help: "The incident's id, as 2023-05-14.")
  var incident: String

  @Option(
    help: "A journal (.sqlite); without it, that of $TOCSIN_HOME, else the scenario of that id.")
  var journal: String?

  @Option(help: "Only what was known at this moment: 2023-05-14T20:00:00+03:00.")
  var asOf: String?

  func dossier() async throws -> Dossier {
    var archive = try await RecordStore.archive(incident: incident, journal: journal)
    if let asOf {
      guard let moment = Timestamp(asOf) else {
        throw ValidationError(UnreadableTime(text: asOf).description)
      }
      archive = archive.asOf(moment)
    }
    guard let dossier = archive.dossier(of: incident) else {
      let known = archive.incidents.keys.sorted().joined(separator: ", ")
      throw ValidationError(
        "The record has no incident '\(incident)'\(asOf == nil ? "" : " as of then"). "
          + (known.isEmpty ? "It has none yet: 'tocsin record open'." : "It has: \(known)."))
    }
    return dossier
  }
}

struct RecordShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an incident: every position with its holders and relays.")

  @OptionGroup var reading: RecordReading
  @Flag(help: "Print one JSON object.") var json = false

  func run() async throws {
    let dossier = try await reading.dossier()
    if json { return try Output.json(dossier) }
    DossierText(dossier).whole.forEach(Output.line)
  }
}

struct RecordConflicts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract:
      "Says what is agreed, compatible, changed, incomparable or disputed, and by which rules.")

  @Argument(help: "The incident's id; not needed with --rules.")
  var incident: String?

  @Option(help: "A journal (.sqlite).") var journal: String?
  @Option(help: "Only what was known at this moment.") var asOf: String?
  @Flag(help: "Print the rules instead.") var rules = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    if rules { return Self.lines.forEach(Output.line) }
    guard let incident else { throw ValidationError("Name an incident, or give --rules.") }
    var reading = RecordReading()
    reading.incident = incident
    reading.journal = journal
    reading.asOf = asOf
    let dossier = try await reading.dossier()
    if json { return try Output.json(dossier.findings) }
    DossierText(dossier).findings.forEach(Output.line)
  }

  static var lines: [String] {
    Finding.rules.enumerated().map { "\($0.offset + 1). \($0.element)" }
      + ["", "By attribute:"]
      + Record.Attribute.allCases.map { "  \($0.rawValue): \(Finding.words(for: $0.rule))" }
  }
}

struct RecordTimeline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Lists what was said and done by time, each line with its id.")

  @OptionGroup var reading: RecordReading

  func run() async throws { DossierText(try await reading.dossier()).timeline.forEach(Output.line) }
}

struct RecordDispatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "Writes a short report from the record alone; every sentence has the ids it rests on."
  )

  @OptionGroup var reading: RecordReading
  @Option(help: "en, he, ar or ru.") var lang = "en"
  @Option(help: "text, html, md or json.") var format = Dispatch.Format.text

  func run() async throws {
    let dossier = try await reading.dossier()
    guard let dispatch = Dispatch(dossier, language: lang) else {
      throw ValidationError(
        "'\(lang)' is not one of \(Dispatch.languages.joined(separator: ", ")).")
    }
    switch format {
    case .text: Output.text(dispatch.text)
    case .md: Output.text(dispatch.markdown)
    case .html: Output.text(dispatch.html)
    case .json: try Output.json(dispatch)
    }
    let faults = dispatch.faults(against: dossier)
    faults.forEach(Output.note)
    if !faults.isEmpty { throw ExitCode(1) }
  }
}

struct RecordExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Writes an incident as json, ndjson, csv, prov, ninjs or claim; all can be imported again.")

  @OptionGroup var reading: RecordReading
  @Option(help: "json, ndjson, csv, prov (W3C PROV-JSON), ninjs (IPTC) or claim (schema.org).")
  var format = RecordImport.Format.json

  func run() async throws {
    Output.text(
      String(decoding: Exchange.export(try await reading.dossier(), format), as: UTF8.self))
  }
}

struct RecordVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a journal's chain: intact, or the first broken entry; lists tombstones.")

  @Option(help: "A journal (.sqlite); without it, that of $TOCSIN_HOME.") var journal: String?

  func run() async throws {
    let journal = try RecordStore.open(journal)
    let restored = try await journal.restore()
    let archive = Archive(restored.entries)
    restored.faults.forEach(Output.line)
    for stone in archive.tombstones.values.sorted(by: {
      ($0.at, $0.statement) < ($1.at, $1.statement)
    }) {
      Output.line(
        "\(stone.statement) was removed by \(stone.by), \(stone.at): \(stone.reasonClass); "
          + "\(stone.reason); its digest is \(stone.sha256)")
    }
    let removed = try await journal.tombstones()
    for stone in removed where stone.person != "tocsin" {
      Output.line(
        "The content of entry \(stone.number) was taken out by \(stone.person), \(stone.time): \(stone.reason)"
      )
    }
    let old = removed.count { $0.person == "tocsin" }
    if old > 0 { Output.line("\(old) entries lost their plots by age, as the plan has it.") }
    for refused in archive.refused {
      Output.line(
        "Entry \(refused.entry) is not in the record: \(refused.faults.map(\.description).joined(separator: "; "))"
      )
    }
    Output.line(
      "\(restored.entries.count) entries, \(archive.statements.count) statements, "
        + "\(archive.incidents.count) incidents; the chain is "
        + (restored.faults.isEmpty ? "intact." : "broken."))
    if !restored.faults.isEmpty { throw ExitCode(1) }
  }
}

extension Dispatch.Format: ExpressibleByArgument {}
extension RecordImport.Format: ExpressibleByArgument {}
