import ArgumentParser
import Foundation
import NewsReading
import TocsinConfiguration

struct RecordReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract:
      "Drafts who said what in an English news text; nothing enters the record unconfirmed.",
    discussion: """
      Each draft points to the sentence in which the statement begins; the headline is sentence 1. \
      A draft is a reading, not a fact: compare it with the text before you confirm it. \
      With --confirm each draft is put before you; what you confirm or mend is recorded, with a recorder's key.
      """)

  @Argument(help: "A text file, the headline first; '-' reads standard input.")
  var article: String

  @Option(help: "Whose text it is.")
  var outlet: String?

  @Option(help: "When it came out (ISO 8601, such as 2023-05-14): 'on Sunday' counts back from it.")
  var published: String?

  @Flag(help: "Draft what the text says in its own voice, too; the speaker is the outlet.")
  var narrator = false

  @Flag(help: "One JSON draft a line.")
  var json = false

  @Option(help: "Ask of each draft whether it is recorded, in this incident; needs --outlet.")
  var confirm: String?

  @OptionGroup var writing: RecordWriting

  func validate() throws {
    if let published, CivilDay(iso: published) == nil {
      throw ValidationError("--published '\(published)' is no date; write it as 2023-05-14.")
    }
    if confirm != nil, outlet == nil || json || article == "-" {
      throw ValidationError(
        "--confirm needs --outlet (through whom it reached you) and a file, and goes without --json."
      )
    }
  }

  func run() async throws {
    let article = try bytes()
    let reader = NewsReader(
      outlet: outlet, published: published.flatMap { CivilDay(iso: $0) }, narrates: narrator)
    let reading = reader.read(article)
    for fault in reading.faults.prefix(20) { Output.note("\(fault)") }
    if reading.faults.count > 20 {
      Output.note("… and \(reading.faults.count - 20) more oddities.")
    }
    if let confirm {
      return try await record(reading, in: confirm, article)
    }
    for draft in reading.drafts {
      if json { try Output.json(draft) } else { Output.line(Self.describe(draft, in: reading)) }
    }
    Output.note(
      "\(reading.sentences.count) sentences, \(reading.drafts.count) drafts, "
        + "\(reading.faults.count) oddities. Nothing was recorded.")
  }

  private func record(_ reading: Reading, in incident: String, _ article: [UInt8]) async throws {
    let confirming = DraftConfirming(
      incident: incident, outlet: outlet ?? "", article: article,
      ask: { question in
        Output.note(question)
        return readLine()
      })
    let acts = confirming.confirmed(reading.drafts) { Self.describe($0, in: reading) }
    let refused = acts.isEmpty ? [] : try await writing.record(acts)
    for fault in refused.flatMap(\.faults) { Output.note("Not recorded: \(fault)") }
    Output.line(
      "\(reading.drafts.count) drafts, \(acts.count - refused.count) recorded in \(incident).")
    if !refused.isEmpty { throw ExitCode(1) }
  }

  private func bytes() throws -> [UInt8] {
    guard article == "-" else { return try FileBytes.read(article) }
    return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
  }

  /// A draft for the eye: attribution, words, and the sentences it was read from.
  private static func describe(_ draft: Draft, in reading: Reading) -> String {
    var attribution = draft.kind == .anonymous ? "“\(draft.speaker)”" : draft.speaker
    if !draft.role.isEmpty { attribution += ", \(draft.role)" }
    if !draft.relays.isEmpty { attribution += ", through " + draft.relays.joined(separator: ", ") }
    var lines = [
      "[\(draft.sentence)] \(attribution) (\(draft.kind.rawValue)) \(draft.stance.words)"
    ]
    if !draft.content.isEmpty { lines.append("    \(plain(draft.content))") }
    if !draft.quote.isEmpty { lines.append("    “\(plain(draft.quote))”") }
    var notes: [String] = []
    if let time = draft.time {
      notes.append(
        "said \(plain(time.printed)) (\(([time.day] + [time.precision.rawValue]).compactMap(\.self).joined(separator: ", ")))"
      )
    }
    if let attribute = draft.attribute { notes.append("about \(attribute)") }
    if !notes.isEmpty { lines.append("    — " + notes.joined(separator: "; ")) }
    return lines.joined(separator: "\n")
  }

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Draft.Stance {
  fileprivate var words: String {
    switch self {
    case .asserts: "says:"
    case .denies: "denies:"
    case .cannotConfirm: "cannot confirm:"
    case .declines: "declines to say:"
    case .retracts: "takes back:"
    }
  }
}
