extension Alert {
  /// Reads what can be understood; `nil` when the message cannot be identified. It says nothing of faults:
  /// that is for the rules, which read by the same functions.
  init?(_ root: Element) {
    var identifier: String?
    var sender: String?
    var sent: Moment?
    var alert = Alert(
      identifier: "", sender: "", sent: Moment(seconds: 0), status: nil, kind: nil, scope: nil)
    for child in root.children {
      if child.namespace == Schema.signatureNamespace {
        if child.name == "Signature" { alert.signatures += 1 }
        continue
      }
      guard child.namespace == root.namespace else { continue }
      switch child.name {
      case "identifier": identifier = identifier ?? child.text.nonBlank
      case "sender": sender = sender ?? child.text.nonBlank
      case "sent": sent = sent ?? Moment.read(child.text).moment
      case "status": alert.status = child.word()
      case "msgType": alert.kind = child.word()
      case "source": alert.source = child.text.nonBlank
      case "scope": alert.scope = child.word()
      case "restriction": alert.restriction = child.text.nonBlank
      case "addresses": alert.addresses = child.text.quotedItems ?? []
      case "code": alert.codes.append(String(child.text.trimmed))
      case "note": alert.note = child.text.nonBlank
      case "references": alert.references = child.text.words.compactMap(Reference.init(written:))
      case "incidents": alert.incidents = child.text.quotedItems ?? []
      case "info": alert.infos.append(Info(child))
      default: break
      }
    }
    guard let identifier, let sender, let sent else { return nil }
    alert.identifier = identifier
    alert.sender = sender
    alert.sent = sent
    self = alert
  }
}

extension Reference {
  /// Reads `sender,identifier,sent`.
  init?(written word: Substring) {
    let parts = word.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty,
      let sent = Moment.read(String(parts[2])).moment
    else { return nil }
    self.init(sender: String(parts[0]), identifier: String(parts[1]), sent: sent)
  }
}

extension Info {
  init(_ element: Element) {
    self.init(categories: [], event: "", urgency: nil, severity: nil, certainty: nil)
    for child in element.children where child.namespace == element.namespace {
      switch child.name {
      case "language": language = child.text.nonBlank ?? Self.defaultLanguage
      case "category": if let category: Category = child.word() { categories.append(category) }
      case "event": event = String(child.text.trimmed)
      case "responseType": if let response: Response = child.word() { responses.append(response) }
      case "urgency": urgency = child.word()
      case "severity": severity = child.word()
      case "certainty": certainty = child.certainty
      case "audience": audience = child.text.nonBlank
      case "eventCode": eventCodes.append(NamedValue(child))
      case "effective": effective = Moment.read(child.text).moment
      case "onset": onset = Moment.read(child.text).moment
      case "expires": expires = Moment.read(child.text).moment
      case "senderName": senderName = child.text.nonBlank
      case "headline": headline = child.text.nonBlank
      case "description": description = child.text.nonBlank
      case "instruction": instruction = child.text.nonBlank
      case "web": web = child.text.nonBlank
      case "contact": contact = child.text.nonBlank
      case "parameter": parameters.append(NamedValue(child))
      case "resource": resources.append(Resource(child))
      case "area": areas.append(Area(child))
      default: break
      }
    }
  }
}

extension NamedValue {
  /// CAP 1.0 wrote `name=value` as text.
  init(_ element: Element) {
    if let name = element.first("valueName") {
      self.init(String(name.text.trimmed), String((element.first("value")?.text ?? "").trimmed))
    } else {
      let parts = element.text.trimmed.split(separator: "=", maxSplits: 1)
      self.init(String(parts.first ?? ""), String(parts.dropFirst().first ?? ""))
    }
  }
}

extension Resource {
  init(_ element: Element) {
    self.init(description: "", mimeType: nil)
    for child in element.children where child.namespace == element.namespace {
      switch child.name {
      case "resourceDesc": description = String(child.text.trimmed)
      case "mimeType": mimeType = child.text.nonBlank
      case "size": size = Int(child.text.trimmed)
      case "uri": uri = child.text.nonBlank
      case "derefUri": content = child.text.nonBlank
      case "digest": digest = child.text.nonBlank
      default: break
      }
    }
  }
}

extension Area {
  init(_ element: Element) {
    self.init(description: "")
    for child in element.children where child.namespace == element.namespace {
      switch child.name {
      case "areaDesc": description = String(child.text.trimmed)
      case "polygon":
        if let polygon = try? Polygon(written: child.text) { polygons.append(polygon) }
      case "circle": if let circle = try? Circle(written: child.text) { circles.append(circle) }
      case "geocode": geocodes.append(NamedValue(child))
      case "altitude": altitude = Double(decimal: child.text.trimmed)
      case "ceiling": ceiling = Double(decimal: child.text.trimmed)
      default: break
      }
    }
  }
}

extension Element {
  /// A value of a closed list, white space around it forgiven.
  fileprivate func word<Word: RawRepresentable>() -> Word? where Word.RawValue == String {
    Word(rawValue: String(text.trimmed))
  }

  /// "Very Likely" is CAP 1.0's; CAP 1.1 asks to read it as "Likely".
  fileprivate var certainty: Info.Certainty? {
    let text = text.trimmed
    return text == "Very Likely" ? .likely : Info.Certainty(rawValue: String(text))
  }
}

extension String {
  fileprivate var nonBlank: String? {
    let text = trimmed
    return text.isEmpty ? nil : String(text)
  }
}
