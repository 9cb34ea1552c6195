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
    capture = ReadStatement.capture(of: article)
    self.ask = ask
  }

  /// The statements that a person wants, in the order of the text.
  func confirmed(_ drafts: [Draft], shown: (Draft) -> String) -> [Record.Act] {
    var acts: [Record.Act] = []
    for draft in drafts {
      Output.line(shown(draft))
      switch ask("Confirm (y), edit (e), drop (n), or stop (q)?")?.lowercased().first {
      // What does not fit as it is, as words where a number belongs, is mended by the person.
      case "y": if let act = act(of: ReadStatement(draft)) ?? edited(draft) { acts.append(act) }
      case "e": if let act = edited(draft) { acts.append(act) }
      case "q", nil: return acts
      default: Output.note("Dropped.")
      }
    }
    return acts
  }

  private typealias Field = any WritableKeyPath<ReadStatement, String> & Sendable

  private static let asked: [(Field, String)] = [
    (\.speaker, "Speaker"), (\.kind, "Kind"), (\.role, "Role"), (\.stance, "Stance"),
    (\.attribute, "About (attribute)"), (\.value, "Value"), (\.quote, "Verbatim words"),
  ]

  /// Asks for each field; an empty answer keeps what the draft has, `-` empties it.
  private func edited(_ draft: Draft) -> Record.Act? {
    while true {
      var statement = ReadStatement(draft)
      for (field, question) in Self.asked {
        guard let answer = ask("\(question) [\(statement[keyPath: field])]:") else { return nil }
        if !answer.isEmpty { statement[keyPath: field] = answer == "-" ? "" : answer }
      }
      if let act = act(of: statement) { return act }
      guard ask("Edit it once more (y)?")?.lowercased().first == "y" else { return nil }
    }
  }

  /// The act, or `nil` after saying what it lacks.
  private func act(of statement: ReadStatement) -> Record.Act? {
    let (act, faults) = statement.act(incident: incident, outlet: outlet, capture: capture)
    for fault in faults { Output.note("'\(fault.field)' \(fault.error)") }
    return act
  }
}
