/// What Google Public Alerts asks for.
///
/// Sources: developers.google.com/public-alerts, requirements and feed formats; Google's cap-library.
enum GoogleRules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    if alert.lacksReferences {
      faults.add(.googleReferences, at: alert, "acts on other messages; name all of them")
    }
    let infos = alert.all("info")
    if infos.isEmpty { faults.add(.googleInfo, at: alert, "lacks 'info'; say what is happening") }
    if let other = firstDiffering(infos, { Set($0.all("category").map(\.text)) }) {
      faults.add(.googleCategories, at: other, "has other categories than the first info")
    }
    if let other = firstDiffering(infos, { Set($0.named("eventCode")) }) {
      faults.add(.googleEventCodes, at: other, "has other event codes than the first info")
    }
    let sent = alert.first("sent").flatMap { Moment.read($0.text).moment }
    for info in infos { check(info: info, sent, &faults) }
  }

  private static func check(info: Element, _ sent: Moment?, _ faults: inout Faults) {
    if !info.has("description") {
      faults.add(.googleDescription, at: info, "lacks 'description'; say what is happening")
    }
    if !info.has("web") {
      faults.add(.googleWeb, at: info, "lacks 'web'; name a page about the event")
    }
    expiry(info, sent, &faults)
    for name in ["senderName", "responseType", "instruction", "contact"] where !info.has(name) {
      faults.add(.googleAdvised, at: info, "has no '\(name)', which is advised")
    }
    for name in ["urgency", "severity", "certainty"] where info.value(name) == "Unknown" {
      faults.add(.googleUnknown, at: info.first(name) ?? info, "is Unknown; say what is known")
    }
    if let headline = info.first("headline"), headline.text.trimmed.count > 140 {
      faults.add(
        .googleHeadline, at: headline,
        "has \(headline.text.trimmed.count) characters; 140 are advised")
    }
    areas(info, &faults)
  }

  private static func expiry(_ info: Element, _ sent: Moment?, _ faults: inout Faults) {
    guard let element = info.first("expires") else {
      return faults.add(.googleExpires, at: info, "lacks 'expires'; an alert must end")
    }
    let start = info.first("effective").flatMap { Moment.read($0.text).moment } ?? sent
    if let expires = Moment.read(element.text).moment, let start, expires.seconds < start.seconds {
      faults.add(.googleExpired, at: element, "is \(expires), before it takes effect (\(start))")
    }
  }

  private static func areas(_ info: Element, _ faults: inout Faults) {
    let areas = info.all("area")
    if areas.isEmpty { faults.add(.googleArea, at: info, "lacks 'area'; say where") }
    for area in areas {
      if !["polygon", "circle", "geocode"].contains(where: { area.first($0) != nil }) {
        faults.add(.googlePlace, at: area, "has neither polygon nor circle nor geocode")
      }
      for element in area.all("polygon") {
        if let polygon = try? Polygon(written: element.text), polygon.crossesItself() == true {
          faults.add(.googleCrossing, at: element, "has a border that crosses itself")
        }
      }
      for element in area.all("circle") {
        if let circle = try? Circle(written: element.text), circle.radius == 0 {
          faults.add(.googleZero, at: element, "has the radius 0; a small one is advised")
        }
      }
    }
  }
}
