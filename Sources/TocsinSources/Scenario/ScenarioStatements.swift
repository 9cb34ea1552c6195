import TocsinConfiguration
import TocsinModel
import Yams

/// Reads a scenario's statements: who said what, and when as far as anybody printed it.
struct ScenarioStatements {
  let path: String

  /// - Parameter known: the ids of the scenario's sources.
  func read(_ known: Set<String>) throws(UnreadableFile) -> [Scenario.Item] {
    let node = try YAMLFile.read(path)
    guard let entries = node.sequence else {
      throw UnreadableFile(
        path: path, problem: .faults(["line 1: is no list; begin every statement with '- id: …'"]))
    }
    var items: [Scenario.Item] = []
    var faults: [String] = []
    var ids: Set<String> = []
    for (index, entry) in entries.enumerated() {
      var fields = YAMLFields(entry, name: "statement \(index + 1)")
      if let item = item(&fields, known, &ids) { items.append(item) }
      faults += fields.allFaults()
    }
    guard faults.isEmpty else { throw UnreadableFile(path: path, problem: .faults(faults)) }
    return items
  }

  private enum Verb: String, CaseIterable {
    case said, denied, wrote
    case cannotConfirm = "cannot confirm"
  }

  private enum Kind: String, CaseIterable {
    case named, office, organization, anonymous, document, outlet, sensor
  }

  private func item(
    _ fields: inout YAMLFields, _ known: Set<String>, _ ids: inout Set<String>
  ) -> Scenario.Item? {
    let id = fields.text("id")
    if let id, !ids.insert(id).inserted {
      fields.fault("id", "is '\(id)' a second time; give every statement its own")
    }
    let source = fields.text("source")
    if let source, !known.contains(source) {
      fields.fault("source", "is '\(source)', which scenario.yaml does not list; add it there")
    }
    let (speaker, role) = (fields.text("speaker"), fields.optionalText("role"))
    let kind = fields.choice("kind", of: Kind.self)
      .flatMap { Utterance.SpeakerKind(rawValue: $0.rawValue) }
    let relays = fields.list("relays")
    let (about, verb) = (fields.text("about"), fields.choice("verb", of: Verb.self))
    let (content, quote) = (fields.optionalText("content"), fields.optionalText("quote"))
    if content == nil, quote == nil { fields.fault("content", "or 'quote' is needed; add one") }
    let printed = fields.optionalText("time_as_printed")
    let simulated = fields.flag("simulated")
    let (said, placed) = (fields.optionalTime("said"), fields.optionalTime("placed_at"))
    if (said == nil) == (placed == nil) {
      fields.fault("said", "or 'placed_at' is needed, and not both; see the head of the file")
    }
    guard let id, let source, let speaker, let kind, let about, let verb,
      let time = said ?? placed
    else { return nil }
    let utterance = Utterance(
      id: id, speaker: speaker, speakerKind: kind, role: role, relays: relays, about: about,
      verb: verb.rawValue, content: content ?? "", quote: quote,
      timeAsPrinted: printed ?? (said == nil ? Self.notPrinted : nil),
      simulated: simulated ? true : nil)
    let statement = Statement(source: source, said: said, content: .utterance(utterance))
    return Scenario.Item(time: time, content: .statement(statement), isPlaced: said == nil)
  }

  /// Instead of a time as printed, where nobody printed one.
  static let notPrinted = "none; placed here for order only"
}
