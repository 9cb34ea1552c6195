import Crypto
import Foundation
import NewsReading
import TocsinModel
import TocsinRecord

/// Puts each draft before a person: only what is confirmed, or mended, becomes a statement.
struct DraftConfirming {
  let incident: String
  /// Whose text it is; the nearest step of every relay chain.
  let outlet: String
  /// SHA-256 of the text as read, which is the capture of every statement.
  let capture: String
  /// What a person answers to a question; `nil` at the end of the input.
  let ask: (String) -> String?

  init(
    incident: String, outlet: String, article: [UInt8], ask: @escaping (String) -> String?
  ) {
    self.incident = incident
    self.outlet = outlet
    capture = PrivateFile.hexadecimal(Array(SHA256.hash(data: article)))
    self.ask = ask
  }

  /// The statements that a person wants, in the order of the text.
  func confirmed(_ drafts: [Draft], shown: (Draft) -> String) -> [Record.Act] {
    var acts: [Record.Act] = []
    for draft in drafts {
      Output.line(shown(draft))
      switch ask("Confirm (y), edit (e), drop (n), or stop (q)?")?.lowercased().first {
      // What does not fit as it is, as words where a number belongs, is mended by the person.
      case "y": if let act = act(of: fields(of: draft), draft) ?? edited(draft) { acts.append(act) }
      case "e": if let act = edited(draft) { acts.append(act) }
      case "q", nil: return acts
      default: Output.note("Dropped.")
      }
    }
    return acts
  }

  private static let asked = [
    ("speaker", "Speaker"), ("speaker_kind", "Kind"), ("speaker_role", "Role"),
    ("stance", "Stance"), ("attribute", "About (attribute)"), ("value", "Value"),
    ("quote", "Verbatim words"),
  ]

  /// Asks for each field; an empty answer keeps what the draft has, `-` empties it.
  private func edited(_ draft: Draft) -> Record.Act? {
    while true {
      var fields = fields(of: draft)
      for (name, question) in Self.asked {
        guard let answer = ask("\(question) [\(fields[name] ?? "")]:") else { return nil }
        if answer == "-" { fields[name] = nil } else if !answer.isEmpty { fields[name] = answer }
      }
      if let act = act(of: fields, draft) { return act }
      guard ask("Edit it once more (y)?")?.lowercased().first == "y" else { return nil }
    }
  }

  private func fields(of draft: Draft) -> [String: String] {
    var fields = [
      "speaker": draft.speaker, "speaker_kind": draft.kind.rawValue,
      "stance": draft.stance.rawValue.replacing("-", with: " "),
      "attribute": draft.attribute ?? Record.Attribute.note.rawValue,
    ]
    if !draft.role.isEmpty { fields["speaker_role"] = draft.role }
    if !draft.quote.isEmpty { fields["quote"] = draft.quote }
    if !draft.content.isEmpty { fields["value"] = draft.content }
    return fields
  }

  private struct Words: Encodable {
    var text: String
    var language = "en"
  }

  private struct Step: Encodable {
    var agent: Words
    var mode: String
    var capture: [String: String]
  }

  private struct Said: Encodable {
    var precision = "unknown"
    var printed: Words
  }

  /// The act, or `nil` after saying what it lacks.
  private func act(of fields: [String: String], _ draft: Draft) -> Record.Act? {
    var cells = fields
    cells["incident"] = incident
    let mode = fields["quote"] == nil ? "paraphrased" : "quoted"
    let steps =
      draft.relays.map {
        Step(agent: Words(text: $0), mode: mode, capture: ["none": "named by the text alone"])
      } + [Step(agent: Words(text: outlet), mode: mode, capture: ["sha256": capture])]
    cells["relays"] = json(steps)
    cells["quote"] = fields["quote"].map { json(Words(text: $0)) }
    cells["value"] = fields["value"].map { value($0, of: fields["attribute"] ?? "") }
    cells["saidAt"] = draft.time.map { json(Said(printed: Words(text: $0.printed))) }
    let read = RecordImport(cells: cells)
    for fault in read.faults { Output.note("'\(fault.field)' \(fault.error)") }
    return read.faults.isEmpty ? read.acts.first : nil
  }

  /// A number or a term of the attribute's own list stands for itself; all else are words.
  private func value(_ text: String, of attribute: String) -> String {
    struct Exact<Scalar: Encodable>: Encodable { var exact: Scalar }
    struct Spoken: Encodable { var words: Words }
    if let number = Double(text) { return json(Exact(exact: number)) }
    switch Record.Attribute(rawValue: attribute)?.rule {
    case .closedTerms(let terms), .openTerms(let terms):
      if terms.contains(text) { return json(Exact(exact: text)) }
    default: break
    }
    return json(Spoken(words: Words(text: text)))
  }

  private func json(_ value: some Encodable) -> String {
    String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }
}
