import TocsinModel

/// W3C PROV-JSON: statements are entities, speakers and relays agents.
///
/// Source: PROV-DM (W3C Recommendation, 30 April 2013) and its JSON serialization (member submission).
struct Provenance: Encodable {
  var prefix = ["tocsin": "urn:tocsin:record:"]
  var entity: [String: Entity] = [:]
  var agent: [String: Agent] = [:]
  var wasAttributedTo: [String: [String: String]] = [:]
  var wasQuotedFrom: [String: [String: String]] = [:]
  var wasRevisionOf: [String: [String: String]] = [:]
  var wasInvalidatedBy: [String: [String: String]] = [:]

  struct Entity: Encodable {
    var type: String
    var value: String?
    var generated: String?
    var statement: Record.Statement?

    enum CodingKeys: String, CodingKey {
      case type = "prov:type"
      case value = "prov:value"
      case generated = "prov:generatedAtTime"
      case statement = "tocsin:statement"
    }
  }

  struct Agent: Encodable {
    var type: String
    var label: String

    enum CodingKeys: String, CodingKey {
      case type = "prov:type"
      case label = "prov:label"
    }
  }

  init(_ dossier: Dossier) {
    for recorded in dossier.statements { add(recorded) }
  }

  private mutating func add(_ recorded: Recorded) {
    let (id, statement) = ("tocsin:\(recorded.id)", recorded.statement)
    entity[id] = Entity(
      type: "tocsin:Statement", value: statement.quote?.text,
      generated: statement.saidAt.from?.description, statement: statement)
    // An unnamed speaker is nobody else's twin: one agent a statement.
    let isNamed = statement.speaker.kind != .anonymous
    let speaker = "tocsin:agent/" + (isNamed ? statement.speaker.name.text : recorded.id)
    agent[speaker] = Agent(
      type: statement.speaker.kind == .named ? "prov:Person" : "prov:Agent",
      label: statement.speaker.name.text)
    wasAttributedTo["_:a\(recorded.id)"] = ["prov:entity": id, "prov:agent": speaker]
    for (index, relay) in statement.relays.enumerated() {
      let source = "tocsin:\(recorded.id)/relay/\(index)"
      let outlet = "tocsin:agent/\(relay.agent.text)"
      entity[source] = Entity(
        type: "tocsin:Relay", value: relay.reference,
        generated: relay.publishedAt?.from?.description, statement: nil)
      agent[outlet] = Agent(type: "prov:Agent", label: relay.agent.text)
      wasAttributedTo["_:r\(recorded.id)-\(index)"] = ["prov:entity": source, "prov:agent": outlet]
      wasQuotedFrom["_:q\(recorded.id)-\(index)"] = [
        "prov:generatedEntity": id, "prov:usedEntity": source,
      ]
    }
    guard let replaced = statement.replaces else { return }
    let earlier = "tocsin:\(replaced.statement)"
    if replaced.kind == .retraction {
      wasInvalidatedBy["_:i\(recorded.id)"] = ["prov:entity": earlier, "prov:activity": id]
    } else {
      wasRevisionOf["_:v\(recorded.id)"] = [
        "prov:generatedEntity": id, "prov:usedEntity": earlier,
      ]
    }
  }
}
