import TocsinConfiguration

/// When a siren's relay is on: `on 5 s, off 2 s, on 5 s`. After the last step it is off.
package struct SirenPattern: Hashable, Sendable, CustomStringConvertible {
  package struct Step: Hashable, Sendable {
    package var isOn: Bool
    package var span: Duration
  }

  package private(set) var steps: [Step]

  /// What a pattern may last in all.
  package static let limit = Duration.seconds(300)

  package static let oneMinute = SirenPattern(steps: [Step(isOn: true, span: .seconds(60))])

  private init(steps: [Step]) { self.steps = steps }

  /// - Returns: `nil` for what is no pattern, does not begin with `on`, or lasts longer than ``limit``.
  package init?(_ text: String) {
    steps = []
    for part in text.split(separator: ",") {
      let words = part.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0] == "on" || words[0] == "off",
        let span = YAMLFields.span(String(words[1]))
      else { return nil }
      steps.append(Step(isOn: words[0] == "on", span: span))
    }
    guard steps.first?.isOn == true, length <= Self.limit else { return nil }
  }

  package var length: Duration { steps.reduce(.zero) { $0 + $1.span } }

  /// Whether the relay is on, so long after the beginning, and when that changes next; `nil`: never.
  package func state(after elapsed: Duration) -> (isOn: Bool, until: Duration?) {
    var end = Duration.zero
    for step in steps {
      end += step.span
      if elapsed < end { return (step.isOn, end) }
    }
    return (false, nil)
  }

  package var description: String {
    steps.map { "\($0.isOn ? "on" : "off") \($0.span)" }.joined(separator: ", ")
  }
}
