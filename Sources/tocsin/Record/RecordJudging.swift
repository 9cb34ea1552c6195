import ArgumentParser
import Foundation
import TocsinModel
import TocsinRecord

struct RecordAssess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract:
      "Grades a statement by the Admiralty code, apart from it; F and 6 mean cannot be judged.")

  @Argument(help: "The statement's id.") var statement: String
  @Option(help: "A to F.") var reliability: String
  @Option(help: "1 to 6.") var credibility: Int
  @Option(help: "The person who judges.") var by: String
  @Option var reason: String
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    guard let source = Record.Assessment.Reliability(rawValue: reliability),
      let content = Record.Assessment.Credibility(rawValue: credibility)
    else { throw ValidationError("Give --reliability A to F and --credibility 1 to 6.") }
    try await writing.one(
      .assess(
        .init(
          statement: statement, assessor: by, reliability: source, credibility: content,
          reason: reason)), "Assessed \(statement): \(reliability)\(credibility).")
  }
}

struct RecordResolve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Adds an editor's reading above the positions; it reopens on a new conflict.")

  @Argument(help: "The incident's id.") var incident: String
  @Argument(help: "The attribute.") var attribute: String
  @Option(help: "The reading: a number, a term, or JSON.") var value: String
  @Option(help: "The person who answers for it.") var by: String
  @Option var reason: String
  @Option(parsing: .upToNextOption, help: "The ids it rests on.") var evidence: [String]
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    guard let about = Record.Attribute(rawValue: attribute) else {
      throw ValidationError(
        "'\(attribute)' is no attribute; see 'tocsin record conflicts --rules'.")
    }
    let reading: Record.Value =
      value.hasPrefix("{")
      ? try JSONDecoder().decode(Record.Value.self, from: Data(value.utf8))
      : Double(value).map { .number($0) } ?? .term(value)
    try await writing.one(
      .resolve(
        .init(
          incident: incident, attribute: about, value: reading, by: by, reason: reason,
          evidence: evidence)), "Recorded the reading of \(attribute); the positions stay.")
  }
}

struct RecordMerge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Says that two incidents are the same, with a reason.")

  @Argument var incident: String
  @Argument(help: "The one it is read under from now on.") var into: String
  @Option var reason: String
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    try await writing.one(
      .merge(incident: incident, into: into, reason: reason), "\(incident) is read under \(into).")
  }
}

struct RecordPart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "part", abstract: "Says that an incident is a part of a larger one, with a reason."
  )

  @Argument var incident: String
  @Argument(help: "The larger one.") var of: String
  @Option var reason: String
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    try await writing.one(
      .part(incident: incident, of: of, reason: reason), "\(incident) is a part of \(of).")
  }
}

struct RecordSplit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Opens a new incident for some statements of one, with a reason.")

  @Argument var incident: String
  @Argument(help: "The new incident's id.") var into: String
  @Option(help: "attack, false-alert, natural-hazard or other.") var kind: Record.Incident.Kind
  @Option var title: String
  @Option(parsing: .upToNextOption, help: "The ids that belong there.") var statements: [String]
  @Option var reason: String
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    let new = Record.Incident(id: into, kind: kind, title: Texts(title))
    try await writing.one(
      .split(incident: incident, into: new, statements: statements, reason: reason),
      "\(statements.count) statements belong to \(into).")
  }
}

struct RecordWithhold: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withhold",
    abstract:
      "Keeps a statement back, for good or until a moment; a gap with the reason's class stays.")

  @Argument(help: "The statement's id.") var statement: String
  @Option(help: "One word: censorship, safety, law, privacy, …") var reasonClass: String
  @Option var reason: String?
  @Option(help: "Who decided it.") var by: String
  @Option(help: "An embargo until this moment.") var until: String?
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    let moment = try until.map { text in
      guard let moment = Timestamp(text) else {
        throw ValidationError(UnreadableTime(text: text).description)
      }
      return moment
    }
    try await writing.one(
      .handle(
        statement: statement,
        .init(
          moment == nil ? .withheld : .usable, embargoUntil: moment, reasonClass: reasonClass,
          reason: reason, by: by)), "\(statement) is kept back; the gap shows '\(reasonClass)'.")
  }
}

struct RecordRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract:
      "Takes a statement out of every view and export; a tombstone with reason and digest stays.")

  @Argument(help: "The statement's id.") var statement: String
  @Option(help: "One word: law, safety, privacy, …") var reasonClass: String
  @Option var reason: String
  @Flag(help: "Take its words out of the journal's file too; no Tocsin may be running on it.")
  var erase = false
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    if erase, writing.url != nil {
      throw ValidationError(
        "--erase works on the journal itself: stop the service, leave out --url.")
    }
    let places = erase ? try await writing.entries(of: statement) : nil
    try await writing.one(
      .remove(
        statement: statement, reasonClass: reasonClass, reason: reason,
        sha256: places?.sha256 ?? ""),
      "\(statement) is removed; its tombstone stays.")
    guard let places else { return }
    try await writing.erase(places.entries, reason: "\(reasonClass): \(reason)")
    Output.line("Its words are gone from \(places.entries.count) entries of the journal.")
  }
}
