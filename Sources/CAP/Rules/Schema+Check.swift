extension Schema {
  /// Holds a message against its schema: every element, in its place, with a value of its type.
  func check(_ root: Element, _ faults: inout Faults) {
    check(root, .elements(alert), in: root.namespace, &faults)
  }

  static let signatureNamespace = "http://www.w3.org/2000/09/xmldsig#"

  private func check(
    _ element: Element, _ form: Form, in namespace: String?, _ faults: inout Faults
  ) {
    for name in element.ownAttributes {
      faults.add(.attribute, at: element, "has the attribute '\(name.shortened)'; CAP has none")
    }
    switch form {
    case .text(let text):
      if let child = element.children.first {
        faults.add(.unknown, at: child, "stands inside a text; write plain text")
      }
      check(element, text, &faults)
    case .elements(let particles):
      if !element.text.isBlank {
        faults.add(
          .strayText, at: element,
          "has the text '\(element.text.trimmed.shortened)' between its elements")
      }
      check(element, element.children, particles, in: namespace, &faults)
    }
  }

  private func check(
    _ parent: Element, _ children: [Element], _ particles: [Particle], in namespace: String?,
    _ faults: inout Faults
  ) {
    let isAlert = particles.first?.name == "identifier"
    var place = 0
    var seen: Set<String> = []
    for child in children {
      let name = child.name
      if isAlert, allowsSignatures, child.namespace == Self.signatureNamespace {
        place = particles.count  // Only more of them may follow.
        continue
      }
      guard child.namespace == namespace,
        let found = particles.firstIndex(where: { $0.name == name })
      else {
        faults.add(.unknown, at: child, unknown(child, in: namespace, parent))
        continue
      }
      let isNew = seen.insert(name).inserted
      if !isNew, !particles[found].isRepeatable {
        faults.add(.repeated, at: child, "stands here a second time; it may stand once")
      } else if found < place {
        faults.add(.order, at: child, order(found, place, particles))
      }
      place = max(place, found)
      check(child, particles[found].form, in: namespace, &faults)
    }
    for particle in particles where particle.isRequired && !seen.contains(particle.name) {
      faults.add(.missing, at: parent, "lacks '\(particle.name)', which must be there")
    }
  }

  private func unknown(_ child: Element, in namespace: String?, _ parent: Element) -> String {
    child.namespace == namespace
      ? "is not an element of '\(parent.name)'"
      : "is in the namespace '\((child.namespace ?? "none").shortened)', not in CAP's"
  }

  private func order(_ found: Int, _ place: Int, _ particles: [Particle]) -> String {
    place < particles.count
      ? "stands after '\(particles[place].name)'; it must stand before it"
      : "stands after a signature; it must stand before it"
  }

  private func check(_ element: Element, _ kind: Form.Text, _ faults: inout Faults) {
    switch kind {
    case .any: break
    case .oneOf(let values):
      let text = element.text
      guard !values.contains(text) else { return }
      let isSpaced = values.contains(String(text.trimmed))
      faults.add(
        .value, at: element,
        "is '\(text.shortened)'; it is one of \(values.sorted().joined(separator: ", "))"
          + (isSpaced ? ", without white space around it" : ""))
    case .time(let isStrict):
      let (_, misfit) = Moment.read(element.text)
      guard let misfit, isStrict || !misfit.isLegalInOlderVersions else { return }
      faults.add(.time, at: element, "'\(element.text.trimmed.shortened)' \(misfit.text)")
    case .language:
      let text = element.text
      guard !text.isEmpty, !text.trimmed.isLanguage else { return }
      faults.add(
        .value, at: element,
        "is '\(text.trimmed.shortened)'; write a language tag such as en-US, with a hyphen")
    case .integer:
      guard !element.text.trimmed.isInteger else { return }
      faults.add(.value, at: element, "is '\(element.text.trimmed.shortened)', not a whole number")
    case .decimal:
      guard !element.text.trimmed.isDecimal else { return }
      faults.add(.value, at: element, "is '\(element.text.trimmed.shortened)', not a number")
    }
  }
}

extension Substring {
  /// xs:language: letters, then letters and digits, one to eight each, with hyphens between.
  fileprivate var isLanguage: Bool {
    let parts = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.enumerated().allSatisfy { index, part in
      (1...8).contains(part.count)
        && part.allSatisfy { $0.isLetter || (index > 0 && $0.isDigit) }
    }
  }

  fileprivate var unsigned: Substring.UTF8View {
    let isSigned = utf8.first == UInt8(ascii: "-") || utf8.first == UInt8(ascii: "+")
    return isSigned ? utf8.dropFirst() : utf8
  }

  fileprivate var isInteger: Bool { !unsigned.isEmpty && unsigned.allSatisfy(\.isDigit) }

  /// xs:decimal: digits with at most one point; neither exponent nor NaN.
  fileprivate var isDecimal: Bool {
    let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.contains { !$0.isEmpty }
      && parts.allSatisfy { $0.allSatisfy(\.isDigit) }
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
