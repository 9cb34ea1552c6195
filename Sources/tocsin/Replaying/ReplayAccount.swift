import TocsinCore
import TocsinModel
import TocsinSources

/// What a replayed scenario came to: the fixed form of `tocsin replay --json`.
struct ReplayAccount: Encodable {
  var warnings: [WarningRow] = []
  var outcomes: [OutcomeRow] = []
  var timeline: [TimelineRow] = []

  struct WarningRow: Encodable {
    var id: String
    var zone: Named
    var issued: String
    var seconds: Double?
    var expectedImpact: String?
    var cleared: String?

    enum CodingKeys: String, CodingKey {
      case id, zone, issued, seconds
      case expectedImpact = "expected_impact"
      case cleared
    }

    struct Named: Encodable {
      var id: String
      var english: String
      var hebrew: String

      enum CodingKeys: String, CodingKey {
        case id
        case english = "name_en"
        case hebrew = "name_he"
      }
    }
  }

  struct OutcomeRow: Encodable {
    var kind: String
    var value: String
    var source: String
  }

  struct TimelineRow: Encodable {
    var t: String
    var text: String
    var source: String

    var line: String { "  \(t)  \(text)  [\(source)]" }
  }

  init(_ scenario: Scenario, _ entries: [Entry], _ tocsin: Tocsin) {
    let local = LocalTime(scenario.timeZone).full
    let situation = tocsin.situation(at: scenario.end)
    for warning in situation.warnings.sorted(by: { $0.issued < $1.issued }) {
      for (id, state) in warning.zones.sorted(by: {
        ($0.value.issued, $0.key) < ($1.value.issued, $1.key)
      }) {
        let name = tocsin.atlas.zone(id)?.name
        warnings.append(
          WarningRow(
            id: warning.id,
            zone: .init(id: id, english: name?["en"] ?? id, hebrew: name?["he"] ?? id),
            issued: local(state.issued), seconds: state.seconds,
            expectedImpact: state.expected.map(local), cleared: state.ended.map(local)))
      }
    }
    timeline = tocsin.picture(at: scenario.end, recorded: true).timeline.map {
      TimelineRow(t: local($0.time), text: $0.text, source: $0.source)
    }
    for outcome in situation.outcomes {
      let sensor = "our sensor \(outcome.radars.joined(separator: ", ")) (simulated)"
      outcomes.append(OutcomeRow(kind: "ground", value: outcome.ground.rawValue, source: sensor))
      outcomes.append(OutcomeRow(kind: "end", value: outcome.end.rawValue, source: sensor))
      timeline.append(
        TimelineRow(
          t: local(outcome.time),
          text:
            "track \(outcome.track) ended: \(outcome.end.rawValue), over \(outcome.ground.rawValue) "
            + "ground, last seen \(Int(outcome.lastHeight)) m above it", source: sensor))
    }
    outcomes += Self.interceptions(in: entries)
    timeline.sort { $0.t < $1.t }
  }

  /// Nothing about interception is decided by us: only what others said, each by name.
  private static func interceptions(in entries: [Entry]) -> [OutcomeRow] {
    entries.compactMap { entry in
      guard case .statement(let statement) = entry.event.content,
        case .said(let said) = statement.content, said.attribute == .interception,
        said.stance == .asserts
      else { return nil }
      return OutcomeRow(
        kind: "interception", value: said.value.plain ?? "unknown", source: said.attribution)
    }
  }

  /// What there is to say once all is over.
  var totals: [String] {
    ["Warnings"]
      + warnings.map { row in
        let seconds = row.seconds.map { "\(Int($0)) s" } ?? "seconds not known"
        return "  \(row.id)  \(row.zone.english), issued \(row.issued), \(seconds), "
          + "cleared \(row.cleared ?? "not yet")"
      } + ["Outcomes"] + outcomes.map { "  \($0.kind): \($0.value)  [\($0.source)]" }
  }
}
