public import ArgumentParser
import Foundation
import TocsinConfiguration
public import TocsinModel
import TocsinRecord

struct RecordOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens an incident: what statements are about.")

  @Argument(help: "Its id, as 2023-05-14.") var incident: String
  @Option(help: "attack, false-alert, natural-hazard or other.") var kind: Record.Incident.Kind
  @Option(help: "A working title that claims nothing.") var title: String
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    try await writing.one(
      .open(Record.Incident(id: incident, kind: kind, title: Texts(title))),
      "Opened \(incident).")
  }
}

struct RecordAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds one statement, by flags; in a terminal it asks for what is missing.",
    discussion:
      "What has more parts (renderings, several relays) is added by 'tocsin record import'.")

  @Option(help: "The incident's id.") var incident: String?
  @Option(help: "What it is about: see 'tocsin record conflicts --rules'.") var attribute: String?
  @Option(help: "asserts, denies, 'cannot confirm', declines or retracts.") var stance: String?
  @Option(help: "The speaker: a name, or the literal words for somebody unnamed.")
  var speaker: String?
  @Option(help: "named, office, organization, anonymous, document, outlet or sensor.")
  var kind: String?
  @Option(help: "The role at that time.") var role: String?
  @Option(help: "A number, a term, or JSON as {\"atLeast\":10}.") var value: String?
  @Option(help: "The verbatim words.") var quote: String?
  @Option(help: "Through whom it reached us.") var relay: String?
  @Option(help: "heard, quoted, paraphrased, translated, published or 'according to'.")
  var mode: String?
  @Option(help: "The capture's SHA-256, or 'none: ' and the reason.") var capture: String?
  @Option(help: "When it was said, with an offset; left out: unknown.") var said: String?
  @OptionGroup var sealing: SealOptions
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    let cells = [
      "incident": try ask(incident, "Incident"),
      "attribute": try ask(attribute, "About (attribute)"),
      "stance": try ask(stance, "Stance (asserts, denies, cannot confirm, declines, retracts)"),
      "speaker": try ask(speaker, "Speaker"),
      "speaker_kind": try ask(
        kind, "Kind (named, office, organization, anonymous, document, outlet, sensor)"),
      "speaker_role": try ask(role, "Role at that time", isNeeded: false),
      "value": try ask(value, "Value", isNeeded: false),
      "quote": try ask(quote, "Verbatim words", isNeeded: false),
      "relays": try ask(relay, "Through whom it reached us"),
      "relay_mode": try ask(
        mode, "How (heard, quoted, paraphrased, translated, published, according to)"),
      "capture": try ask(capture, "Capture (SHA-256, or 'none: reason')"),
      "saidAt": try ask(said, "When it was said, with an offset", isNeeded: false),
    ].compactMapValues { $0 }
    let read = RecordImport(cells: cells)
    guard read.faults.isEmpty, case .state(let statement)? = read.acts.first else {
      for fault in read.faults { Output.note("'\(fault.field)' \(fault.error)") }
      throw ExitCode(1)
    }
    let recorded = try sealing.sealed(statement)
    let id = Recorded.id(CanonicalJSON.digest(of: recorded))
    try await writing.one(.state(recorded), "\(id): \(recorded.attribution) \(recorded.sentence)")
  }

  /// Asks in a terminal alone; a script gets the fault instead.
  private func ask(_ given: String?, _ question: String, isNeeded: Bool = true) throws -> String? {
    if given != nil || isatty(STDIN_FILENO) == 0 { return given }
    if !isNeeded, incident != nil { return nil }
    Output.note(question + (isNeeded ? ":" : " (may be left empty):"))
    let answer = readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
    return answer.isEmpty ? nil : answer
  }
}

struct RecordImportFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Adds statements from files; every bad row is told with line and field, the rest is kept.")

  @Argument(help: "Files: .json, .ndjson, .csv, or an export with --format.") var files: [String]
  @Option(help: "json, ndjson, csv, prov, ninjs or claim; without it, by the file's name.")
  var format: RecordImport.Format?
  @Option(help: "The incident of statements that do not name one.") var incident: String?
  @Flag(help: "Read and check only.") var dryRun = false
  @OptionGroup var writing: RecordWriting

  func run() async throws {
    var isWhole = true
    for file in files {
      let bytes = Data(try FileBytes.read(file))
      let read = RecordImport(bytes, format ?? guess(file), incident: incident)
      for fault in read.faults { Output.note("\(file): \(fault)") }
      var refused: [(act: Int, faults: [Record.Fault])] = []
      if !dryRun { refused = try await writing.record(read.acts) }
      for (index, faults) in refused {
        let name = read.acts[index].name
        for fault in faults { Output.note("\(file): \(name): \(fault)") }
      }
      Output.line(
        "\(file): \(read.acts.count - refused.count) \(dryRun ? "could be added" : "added"), "
          + "\(Set(read.faults.map(\.line)).count + refused.count) refused.")
      isWhole = isWhole && read.faults.isEmpty && refused.isEmpty
    }
    if !isWhole { throw ExitCode(1) }
  }

  private func guess(_ file: String) -> RecordImport.Format {
    if file.hasSuffix(".csv") { return .csv }
    return file.hasSuffix(".ndjson") || file.hasSuffix(".jsonl") ? .ndjson : .json
  }
}

extension Record.Act {
  /// For telling which one of a file is meant.
  fileprivate var name: String {
    switch self {
    case .open(let incident): "incident \(incident.id)"
    case .state(let statement): "statement \(statement.label ?? statement.sentence)"
    case .assess(let assessment): "assessment of \(assessment.statement)"
    case .resolve(let resolution): "reading of \(resolution.attribute.rawValue)"
    default: "act"
    }
  }
}

extension RecordWriting {
  /// Adds one act or says why not.
  func one(_ act: Record.Act, _ told: String) async throws {
    let refused = try await record([act])
    for fault in refused.flatMap(\.faults) { Output.note("\(fault)") }
    guard refused.isEmpty else { throw ExitCode(1) }
    Output.line(told)
  }
}

extension Record.Incident.Kind: ExpressibleByArgument {}
