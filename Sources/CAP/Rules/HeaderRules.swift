/// What CAP 1.2 asks of a message's header beyond the schema (3.2.1, 3.3.2).
enum HeaderRules {
  static func check(_ alert: Element, _ faults: inout Faults) {
    identity(alert, "identifier", .identifierForm, &faults)
    identity(alert, "sender", .senderForm, &faults)
    note(alert, &faults)
    references(alert, &faults)
    audience(alert, &faults)
    for name in ["addresses", "incidents"] {
      if let list = alert.first(name), list.text.quotedItems == nil {
        faults.add(.quotes, at: list, "has a double quote that is not closed")
      }
    }
  }

  private static func identity(
    _ alert: Element, _ name: String, _ rule: Rule, _ faults: inout Faults
  ) {
    guard let element = alert.first(name) else { return }
    let text = element.text
    if text.isBlank {
      faults.add(rule, at: element, "is empty; it is part of what the message is known by")
    } else if let bad = text.unicodeScalars.first(where: {
      $0.properties.isWhitespace || "<&,".unicodeScalars.contains($0)
    }) {
      let what = bad.properties.isWhitespace ? "white space" : "'\(bad)'"
      faults.add(
        rule, at: element,
        "'\(text.shortened)' has \(what) in it; no space, comma, < or & may stand there")
    }
  }

  private static func note(_ alert: Element, _ faults: inout Faults) {
    guard alert.first("note")?.text.isBlank ?? true else { return }
    if alert.value("status") == Alert.Status.exercise.rawValue {
      faults.add(.noteMissing, at: alert, "is an exercise; name it in 'note'")
    }
    if alert.value("msgType") == Alert.Kind.error.rawValue {
      faults.add(.noteMissing, at: alert, "is an error; explain it in 'note'")
    }
  }

  private static func references(_ alert: Element, _ faults: inout Faults) {
    let element = alert.first("references")
    let words = element?.text.words ?? []
    if words.isEmpty, let kind = alert.value("msgType").flatMap({ Alert.Kind(rawValue: $0) }) {
      missing(kind, at: element ?? alert, &faults)
    }
    guard let element else { return }
    let own = Alert(alert)?.reference
    for word in words {
      guard let reference = Reference(written: word), Moment.read(word.lastPart).misfit == nil
      else {
        faults.add(
          .referencesForm, at: element,
          "'\(word.shortened)' is not 'sender,identifier,sent' with a time such as "
            + "2026-05-24T16:49:00-07:00")
        continue
      }
      guard let own else { continue }
      if reference.sender == own.sender, reference.identifier == own.identifier {
        faults.add(.referencesItself, at: element, "names the message itself")
      } else if reference.sent.seconds > own.sent.seconds {
        faults.add(
          .referencesLater, at: element,
          "'\(word.shortened)' was sent later than this message (\(own.sent))")
      }
    }
  }

  private static func missing(_ kind: Alert.Kind, at place: Element, _ faults: inout Faults) {
    switch kind {
    case .update, .cancel:
      faults.add(
        .referencesMissing, at: place,
        "name no message, and \(kind.rawValue) acts on the messages they name")
    case .acknowledgement, .error:
      faults.add(.referencesAdvised, at: place, "name no message, and \(kind.rawValue) answers one")
    case .alert: break
    }
  }

  private static func audience(_ alert: Element, _ faults: inout Faults) {
    let scope = alert.value("scope")
    let restriction = alert.first("restriction")
    let isRestricted = !(restriction?.text.isBlank ?? true)
    if scope == Alert.Scope.restricted.rawValue, !isRestricted {
      faults.add(
        .restrictionMissing, at: restriction ?? alert,
        "has the scope Restricted and no 'restriction' that says for whom")
    }
    if let restriction, isRestricted, scope != Alert.Scope.restricted.rawValue {
      faults.add(
        .restrictionMismatch, at: restriction,
        "stands in a message of scope \((scope ?? "none").shortened); it goes with Restricted only")
    }
    if scope == Alert.Scope.private.rawValue, alert.first("addresses")?.text.isBlank ?? true {
      faults.add(
        .addressesMissing, at: alert.first("addresses") ?? alert,
        "has the scope Private and no 'addresses' to go to")
    }
  }
}

extension Element {
  /// The text of the first such child, white space around it removed.
  func value(_ name: String) -> String? { first(name).map { String($0.text.trimmed) } }
}

extension Substring {
  fileprivate var lastPart: String { String(split(separator: ",").last ?? "") }
}
