/// A community's rules on top of the standard's.
public enum Profile: String, Hashable, Sendable, CaseIterable {
  /// United States: OASIS CAP v1.2 USA Integrated Public Alert and Warning System Profile 1.0.
  case ipaws
  /// National meteorological and hydrological services that the WMO registers.
  case wmo
  /// Google Public Alerts.
  case google
  /// Canada: CAP-CP 0.4 and later.
  case capcp

  func check(_ alert: Element, _ faults: inout Faults) {
    switch self {
    case .ipaws: IPAWSRules.check(alert, &faults)
    case .wmo: WMORules.check(alert, &faults)
    case .google: GoogleRules.check(alert, &faults)
    case .capcp: CanadianRules.check(alert, &faults)
    }
  }
}

extension Element {
  /// Whether it has such a child with a text.
  func has(_ name: String) -> Bool { first(name).map { !$0.text.isBlank } ?? false }

  /// The named values of such children, in order: `(valueName, value)`.
  func named(_ name: String) -> [NamedValue] { all(name).map(NamedValue.init) }

  /// Whether it is an Update or a Cancel that names no message.
  var lacksReferences: Bool {
    ["Update", "Cancel"].contains(value("msgType")) && !has("references")
  }

  /// Whether it is an Alert or an Update, which say something; Cancel, Ack and Error may have no `info`.
  var mustInform: Bool { ["Alert", "Update"].contains(value("msgType")) }
}

/// Whether all infos of a message agree in something; the first that differs otherwise.
func firstDiffering<Value: Equatable>(_ infos: [Element], _ value: (Element) -> Value) -> Element? {
  guard let first = infos.first.map(value) else { return nil }
  return infos.dropFirst().first { value($0) != first }
}
