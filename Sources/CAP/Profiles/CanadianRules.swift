/// What the Canadian profile, CAP-CP, asks for.
///
/// Source: CAP Canadian Profile as Google's validator has it.
enum CanadianRules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    if !alert.all("code").contains(where: { $0.text.trimmed.hasPrefix("profile:CAP-CP:") }) {
      faults.add(.canadaCode, at: alert, "lacks a code 'profile:CAP-CP:…'")
    }
    if alert.lacksReferences {
      faults.add(.canadaReferences, at: alert, "acts on other messages; name all of them")
    }
    let infos = alert.all("info")
    if infos.isEmpty, !["Ack", "Error"].contains(alert.value("msgType")) {
      faults.add(.canadaInfo, at: alert, "lacks 'info'; say what is happening")
    }
    if let other = firstDiffering(infos, { Set($0.named("eventCode")) }) {
      faults.add(.canadaEventsDiffer, at: other, "has other event codes than the first info")
    }
    for info in infos { check(info: info, &faults) }
    let languages = Set(infos.compactMap { $0.value("language")?.prefix(2).lowercased() })
    for language in ["en", "fr"] where !infos.isEmpty && !languages.contains(language) {
      faults.add(.canadaAdvised, at: alert, "has no info in '\(language)'")
    }
  }

  private static func check(info: Element, _ faults: inout Faults) {
    if !info.named("eventCode").contains(where: { $0.name.hasPrefix("profile:CAP-CP:Event:") }) {
      faults.add(.canadaEvent, at: info, "lacks an event code 'profile:CAP-CP:Event:…'")
    }
    for name in ["expires", "senderName", "responseType", "instruction"] where !info.has(name) {
      faults.add(.canadaAdvised, at: info, "has no '\(name)', which is advised")
    }
    let areas = info.all("area")
    if areas.isEmpty { faults.add(.canadaArea, at: info, "lacks 'area'; say where") }
    for area in areas {
      if !area.named("geocode").contains(where: { $0.name.hasPrefix("profile:CAP-CP:Location:") }) {
        faults.add(.canadaLocation, at: area, "lacks a geocode 'profile:CAP-CP:Location:…'")
      }
      if area.first("polygon") == nil, area.first("circle") == nil {
        faults.add(.canadaAdvised, at: area, "has neither polygon nor circle, which is advised")
      }
    }
  }
}
