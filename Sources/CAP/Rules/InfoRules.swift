/// What CAP 1.2 asks of each `info` beyond the schema (3.2.2, 3.3.3).
enum InfoRules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    let sent = alert.first("sent").flatMap { Moment.read($0.text).moment }
    let infos = alert.all("info")
    for info in infos {
      texts(info, &faults)
      times(info, sent, &faults)
      named(info, &faults)
      for resource in info.all("resource") { ResourceRules.check(resource, &faults) }
      for area in info.all("area") { AreaRules.check(area, &faults) }
    }
    sameTexts(infos, &faults)
    for name in ["note", "restriction", "source"] {
      if let element = alert.first(name) { markup(element, &faults) }
    }
  }

  private static func texts(_ info: Element, _ faults: inout Faults) {
    if let event = info.first("event"), event.text.isBlank {
      faults.add(.eventEmpty, at: event, "is empty; say what is happening")
    }
    if let headline = info.first("headline"), headline.text.trimmed.count > 160 {
      faults.add(
        .headlineLong, at: headline,
        "has \(headline.text.trimmed.count) characters; short devices show 160")
    }
    if let web = info.first("web"), !web.text.trimmed.isAbsoluteURI {
      faults.add(
        .web, at: web,
        "'\(web.text.trimmed.shortened)' is no absolute URI; write one with its scheme (https://…)")
    }
    for name in [
      "event", "audience", "senderName", "headline", "description", "instruction", "contact",
    ] {
      if let element = info.first(name) { markup(element, &faults) }
    }
  }

  /// Text is plain: no tags and no entities that were escaped twice.
  static func markup(_ element: Element, _ faults: inout Faults) {
    let text = element.text
    if let tag = text.htmlTag {
      faults.add(.tags, at: element, "has the tag '\(tag.shortened)' in it; write plain text")
    }
    if let entity = text.htmlEntity {
      faults.add(.entities, at: element, "has '\(entity)' in it; write the character itself")
    }
  }

  private static func times(_ info: Element, _ sent: Moment?, _ faults: inout Faults) {
    func moment(_ name: String) -> Moment? {
      info.first(name).flatMap { Moment.read($0.text).moment }
    }
    guard let element = info.first("expires") else {
      return faults.add(
        .expiresMissing, at: info, "does not say when it expires; every recipient must guess")
    }
    let start = moment("effective") ?? sent
    if let expires = moment("expires"), let start, expires.seconds < start.seconds {
      faults.add(
        .expiresBeforeEffective, at: element,
        "is \(expires), before it takes effect (\(start))")
    }
    if let expires = moment("expires"), let sent, expires.seconds < sent.seconds {
      faults.add(.expiresBeforeSent, at: element, "is \(expires), before it was sent (\(sent))")
    }
    for name in ["effective", "onset"] {
      guard let moment = moment(name), let sent, let element = info.first(name),
        moment.seconds < sent.seconds - 14 * 86_400
      else { continue }
      faults.add(
        .longBeforeSent, at: element, "is \(moment), weeks before it was sent (\(sent))")
    }
  }

  private static func named(_ info: Element, _ faults: inout Faults) {
    let areas = info.all("area")
    let elements =
      info.all("eventCode") + info.all("parameter") + areas.flatMap { $0.all("geocode") }
    for element in elements {
      // CAP 1.0 writes text instead.
      if let name = element.first("valueName"), name.text.isBlank {
        faults.add(.nameEmpty, at: name, "is empty; name the domain of the value")
      }
      if let value = element.first("value"), value.text.isBlank {
        faults.add(
          element.name == "parameter" ? .parameterEmpty : .valueEmpty, at: value,
          "is empty; leave the \(element.name) away")
      }
    }
  }

  private static func sameTexts(_ infos: [Element], _ faults: inout Faults) {
    var seen: [String: String] = [:]  // Field and text to the language that had it first.
    for info in infos.prefix(100) {
      let language = info.value("language").flatMap { $0.isEmpty ? nil : $0 } ?? "en-US"
      for name in ["headline", "description", "instruction"] {
        guard let element = info.first(name), !element.text.isBlank else { continue }
        let key = name + ":" + element.text.trimmed
        let before = seen[key]
        if let before, before.lowercased() != language.lowercased() {
          faults.add(.sameText, at: element, "is the same in \(before) and in \(language)")
        } else {
          seen[key] = language
        }
      }
    }
  }
}

extension String {
  /// The first thing that a browser would take for a tag. A lone `<`, as in "< 2 m", is none.
  fileprivate var htmlTag: Substring? {
    var rest = self[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
      let inside = rest.utf8[open...].dropFirst()
      let name = inside.first == UInt8(ascii: "/") ? inside.dropFirst() : inside
      guard let close = inside.prefix(200).firstIndex(of: UInt8(ascii: ">")),
        let first = name.first, first.isLetter
      else {
        rest = rest[rest.utf8.index(after: open)...]
        continue
      }
      return rest[open...close]
    }
    return nil
  }

  /// The first `&name;` or `&#123;`.
  fileprivate var htmlEntity: Substring? {
    var rest = self[...]
    while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
      let body = rest.utf8[mark...].dropFirst().prefix(12)
      if let end = body.firstIndex(of: UInt8(ascii: ";")), end > body.startIndex,
        body[..<end].allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "#") })
      {
        return rest[mark...end]
      }
      rest = rest[rest.utf8.index(after: mark)...]
    }
    return nil
  }
}

extension Substring {
  /// A scheme, a colon and something, without white space (RFC 3986, 4.3).
  var isAbsoluteURI: Bool {
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let scheme = utf8[..<colon]
    let rest = utf8[colon...].dropFirst()
    guard let first = scheme.first, first.isLetter,
      scheme.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
    else { return false }
    let isPath = rest.starts(with: "//".utf8) ? rest.count > 2 : !rest.isEmpty
    return isPath && rest.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"<>\"".utf8.contains($0) }
  }
}
