import TocsinConfiguration
import TocsinModel
import Yams

/// Reads a scenario's statements: who said what, and when as far as anybody printed it.
struct ScenarioStatements {
  let path: String
  /// What they are about where they do not say it: the scenario's own incident.
  let incident: String

  /// - Parameter known: the ids of the scenario's sources.
  func read(_ known: Set<String>) throws(UnreadableFile) -> [Scenario.Item] {
    let node = try YAMLFile.read(path)
    guard let entries = node.sequence else {
      throw UnreadableFile(
        path: path,
        problem: .faults(["line 1: is no list; begin every statement with '- label: …'"]))
    }
    var items: [Scenario.Item] = []
    var faults: [String] = []
    var labels: Set<String> = []
    for (index, entry) in entries.enumerated() {
      do throws(Faults) {
        items.append(try item(entry, "statement \(index + 1)", known, &labels))
      } catch {
        faults += error.lines
      }
    }
    guard faults.isEmpty else { throw UnreadableFile(path: path, problem: .faults(faults)) }
    return items
  }

  private struct Faults: Error { var lines: [String] }

  /// The keys that are the scenario's and not the statement's.
  private static let own: Set = ["source", "placed_at"]

  private func item(
    _ entry: Node, _ name: String, _ known: Set<String>, _ labels: inout Set<String>
  ) throws(Faults) -> Scenario.Item {
    var fields = YAMLFields(entry, name: name)
    let source = fields.text("source")
    if let source, !known.contains(source) {
      fields.fault("source", "is '\(source)', which scenario.yaml does not list; add it there")
    }
    let label = fields.text("label")
    if let label, !labels.insert(label).inserted {
      fields.fault("label", "is '\(label)' a second time; give every statement its own")
    }
    let placed = fields.optionalTime("placed_at")
    let said = statement(entry, &fields)
    let moment = said.flatMap { $0.saidAt.precision == .second ? $0.saidAt.from : nil }
    if said != nil, (moment == nil) == (placed == nil) {
      fields.fault(
        "saidAt", "to the second or 'placed_at' is needed, and not both; see the head of the file")
    }
    guard fields.faults.isEmpty, let source, let said, let time = moment ?? placed else {
      throw Faults(lines: fields.faults)
    }
    return Scenario.Item(
      time: time,
      content: .statement(Statement(source: source, said: moment, content: .said(said))),
      isPlaced: moment == nil)
  }

  /// The statement itself; what is wrong with it is told at its key.
  private func statement(_ entry: Node, _ fields: inout YAMLFields) -> Record.Statement? {
    guard var mapping = entry.mapping else { return nil }
    for key in mapping.keys {
      let name = key.string ?? ""
      if !Self.own.contains(name), Record.Statement.CodingKeys(stringValue: name) == nil {
        fields.fault(name, "means nothing here; correct its name or take it out")
      }
    }
    for key in Self.own { mapping[Node(key)] = nil }
    if mapping["incident"] == nil { mapping["incident"] = Node(incident) }
    do {
      let read = try YAMLDecoder().decode(Record.Statement.self, from: Node.mapping(mapping))
      for fault in read.faults { fields.fault(fault.field, fault.error) }
      return read.faults.isEmpty ? read : nil
    } catch {
      let fault = Record.Fault(error)
      fields.fault(fault.field, fault.error)
      return nil
    }
  }
}
