/// What the aggregators of the World Meteorological Organization's members ask for.
///
/// Sources: the WMO's object identifiers (2.49.0.0 names authorities, 2.49.0.1 messages), and what
/// cap-aggregator and cap-composer refuse.
enum WMORules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    if let identifier = alert.first("identifier") {
      let text = identifier.text.trimmed
      let number = text.hasPrefix("urn:oid:") ? text.dropFirst(8) : text
      if number == "2.49.0.0" || number.hasPrefix("2.49.0.0.") {
        faults.add(
          .wmoIdentifier, at: identifier,
          "is under 2.49.0.0, which numbers authorities; messages are under 2.49.0.1")
      } else if !text.hasPrefix("urn:oid:2.49.0.1.") {
        faults.add(
          .wmoIdentifierForm, at: identifier,
          "is not under urn:oid:2.49.0.1, where the WMO's registered authorities number messages")
      }
    }
    for info in alert.all("info") { check(info: info, &faults) }
  }

  private static func check(info: Element, _ faults: inout Faults) {
    if !info.has("expires") {
      faults.add(.wmoExpires, at: info, "lacks 'expires'; aggregators refuse it")
    }
    for name in ["urgency", "severity", "certainty"] where info.value(name) == "Unknown" {
      faults.add(.wmoUnknown, at: info.first(name) ?? info, "is Unknown; say what is known")
    }
    if let event = info.first("event"), event.text.trimmed.count > 35 {
      faults.add(
        .wmoEventLong, at: event,
        "has \(event.text.trimmed.count) characters; editors keep 35")
    }
  }
}
