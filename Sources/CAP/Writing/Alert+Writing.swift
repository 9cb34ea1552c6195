/// A message that was not written because recipients could not rely on it.
public struct UnfitAlert: Error, Hashable, Sendable, CustomStringConvertible {
  public var identifier: String
  public var faults: [Fault]

  public var description: String {
    "The CAP message '\(identifier)' was not written: "
      + faults.prefix(5).map { "\($0.path): \($0.text)" }.joined(separator: "; ")
      + (faults.count > 5 ? "; and \(faults.count - 5) more." : ".")
  }
}

extension Alert {
  /// Writes the message as CAP 1.2, in UTF-8, without signature.
  ///
  /// What is written is read again and held against every rule and every advice of the standard.
  ///
  /// - Parameters:
  ///   - profiles: whose required rules it must keep besides.
  ///   - tolerated: advice that it may go against; never a rule.
  public func write(
    for profiles: [Profile] = [], tolerating tolerated: Set<Rule> = []
  ) throws(UnfitAlert) -> [UInt8] {
    let bytes = Array(xml.utf8)
    var faults = Reading(bytes).faults.filter { $0.isError || !tolerated.contains($0.rule) }
    if !profiles.isEmpty {
      faults += Reading(bytes, profiles: profiles).faults
        .filter { $0.isError && !faults.contains($0) }
    }
    guard faults.isEmpty else { throw UnfitAlert(identifier: identifier, faults: faults) }
    return bytes
  }

  private var xml: String {
    var xml = XMLText()
    xml.open("alert", [("xmlns", Version.v12.namespace)])
    xml.element("identifier", identifier)
    xml.element("sender", sender)
    xml.element("sent", sent.description)
    xml.element("status", status?.rawValue)
    xml.element("msgType", kind?.rawValue)
    xml.element("source", source)
    xml.element("scope", scope?.rawValue)
    xml.element("restriction", restriction)
    xml.element("addresses", addresses.quoted)
    for code in codes { xml.element("code", code) }
    xml.element("note", note)
    xml.element("references", references.isEmpty ? nil : references.list)
    xml.element("incidents", incidents.quoted)
    for info in infos { info.write(to: &xml) }
    xml.close()
    return xml.text
  }
}

extension [Reference] {
  fileprivate var list: String { map(\.description).joined(separator: " ") }
}

extension [String] {
  /// Separated by spaces; one with white space in it stands in double quotes.
  fileprivate var quoted: String? {
    isEmpty
      ? nil : map { $0.contains(where: \.isWhitespace) ? "\"\($0)\"" : $0 }.joined(separator: " ")
  }
}

extension Info {
  fileprivate func write(to xml: inout XMLText) {
    xml.open("info")
    xml.element("language", language)
    for category in categories { xml.element("category", category.rawValue) }
    xml.element("event", event)
    for response in responses { xml.element("responseType", response.rawValue) }
    xml.element("urgency", urgency?.rawValue)
    xml.element("severity", severity?.rawValue)
    xml.element("certainty", certainty?.rawValue)
    xml.element("audience", audience)
    for code in eventCodes { code.write("eventCode", to: &xml) }
    xml.element("effective", effective?.description)
    xml.element("onset", onset?.description)
    xml.element("expires", expires?.description)
    xml.element("senderName", senderName)
    xml.element("headline", headline)
    xml.element("description", description)
    xml.element("instruction", instruction)
    xml.element("web", web)
    xml.element("contact", contact)
    for parameter in parameters { parameter.write("parameter", to: &xml) }
    for resource in resources { resource.write(to: &xml) }
    for area in areas { area.write(to: &xml) }
    xml.close()
  }
}

extension NamedValue {
  fileprivate func write(_ element: String, to xml: inout XMLText) {
    xml.open(element)
    xml.element("valueName", name)
    xml.element("value", value)
    xml.close()
  }
}

extension Resource {
  fileprivate func write(to xml: inout XMLText) {
    xml.open("resource")
    xml.element("resourceDesc", description)
    xml.element("mimeType", mimeType)
    xml.element("size", size.map(String.init))
    xml.element("uri", uri)
    xml.element("derefUri", content)
    xml.element("digest", digest)
    xml.close()
  }
}

extension Area {
  fileprivate func write(to xml: inout XMLText) {
    xml.open("area")
    xml.element("areaDesc", description)
    for polygon in polygons {
      xml.element("polygon", polygon.points.map(\.pair).joined(separator: " "))
    }
    for circle in circles { xml.element("circle", "\(circle.center.pair) \(circle.radius.plain)") }
    for geocode in geocodes { geocode.write("geocode", to: &xml) }
    xml.element("altitude", altitude?.plain)
    xml.element("ceiling", ceiling?.plain)
    xml.close()
  }
}

extension Coordinate {
  fileprivate var pair: String { "\(latitude.plain),\(longitude.plain)" }
}

extension Double {
  /// The shortest decimal digits that mean this number, never with an exponent; beyond them six decimals.
  fileprivate var plain: String {
    let shortest = String(describing: self)
    guard shortest.contains("e") else {
      return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
    }
    guard abs(self) < 1e9 else { return shortest }  // Refused by the rules.
    let millionths = Int((abs(self) * 1e6).rounded())
    let decimals = String(millionths % 1_000_000 + 1_000_000).dropFirst()
    return "\(self < 0 ? "-" : "")\(millionths / 1_000_000).\(decimals)"
  }
}
