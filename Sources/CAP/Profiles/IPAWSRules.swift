/// What the IPAWS profile 1.0 asks for.
///
/// Sources: OASIS "CAP v1.2 USA IPAWS Profile v1.0" as Google's validator has it; the cell text limits are FEMA's
/// for `CMAMtext` (90 characters) and `CMAMlongtext` (360).
enum IPAWSRules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    if !alert.all("code").contains(where: { $0.text.trimmed == "IPAWSv1.0" }) {
      faults.add(.ipawsCode, at: alert, "lacks <code>IPAWSv1.0</code>")
    }
    if alert.lacksReferences {
      faults.add(
        .ipawsReferences, at: alert, "acts on other messages; name all that are in force")
    }
    let infos = alert.all("info")
    if infos.isEmpty, alert.mustInform {
      faults.add(.ipawsInfo, at: alert, "lacks 'info'; say what is happening")
    }
    if let other = firstDiffering(infos, { Set($0.all("category").map(\.text)) }) {
      faults.add(.ipawsCategories, at: other, "has other categories than the first info")
    }
    if let other = firstDiffering(infos, { Set($0.named("eventCode")) }) {
      faults.add(.ipawsEventCodes, at: other, "has other event codes than the first info")
    }
    for info in infos { check(info: info, &faults) }
  }

  private static func check(info: Element, _ faults: inout Faults) {
    let codes = info.named("eventCode").filter { $0.name == "SAME" }
    if codes.count != 1 || !isEventCode(codes[0].value) {
      faults.add(
        .ipawsSAME, at: info.first("eventCode") ?? info,
        "needs exactly one event code SAME of three letters, and has "
          + (codes.isEmpty ? "none" : codes.map(\.value.shortened).joined(separator: ", ")))
    }
    if !info.has("expires") {
      faults.add(.ipawsExpires, at: info, "lacks 'expires'; an alert must end")
    }
    for name in ["effective", "onset"] {
      if let element = info.first(name) {
        faults.add(.ipawsIgnored, at: element, "is ignored; alerts take effect at once")
      }
    }
    for name in ["description", "instruction"] where !info.has(name) {
      faults.add(.ipawsTexts, at: info, "has no '\(name)' for people to read")
    }
    cellTexts(info, &faults)
    areas(info, &faults)
  }

  private static func isEventCode(_ code: String) -> Bool {
    code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private static func cellTexts(_ info: Element, _ faults: inout Faults) {
    for parameter in info.all("parameter") {
      let named = NamedValue(parameter)
      let limit: Int? =
        switch named.name {
        case "CMAMtext": 90
        case "CMAMlongtext": 360
        default: nil
        }
      if let limit, named.value.count > limit {
        faults.add(
          .ipawsCellText, at: parameter,
          "\(named.name) has \(named.value.count) characters; telephones show \(limit)")
      }
    }
  }

  private static func areas(_ info: Element, _ faults: inout Faults) {
    let areas = info.all("area")
    if areas.isEmpty { faults.add(.ipawsArea, at: info, "lacks 'area'; say where") }
    for area in areas {
      let codes = area.named("geocode").filter { $0.name == "SAME" }
      if !codes.contains(where: { $0.value.utf8.count == 6 && $0.value.utf8.allSatisfy(\.isDigit) })
      {
        faults.add(
          .ipawsGeocode, at: area, "has no geocode SAME of six digits, by which radios open")
      }
    }
  }
}
