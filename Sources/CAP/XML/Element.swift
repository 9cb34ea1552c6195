import CXML

/// An element of a document that is being looked at. It must not outlive the look.
struct Element {
  let node: xmlNodePtr

  var name: String { String(cString: node.pointee.name) }

  /// `nil` when it is in none.
  var namespace: String? { node.pointee.ns?.pointee.href.map { String(cString: $0) } }

  var line: Int { max(1, Int(xmlGetLineNo(node))) }

  var children: [Element] {
    var children: [Element] = []
    var next = node.pointee.children
    while let child = next {
      if child.pointee.type == XML_ELEMENT_NODE { children.append(Element(node: child)) }
      next = child.pointee.next
    }
    return children
  }

  /// Its own text, without that of elements in it.
  var text: String {
    guard let first = node.pointee.children else { return "" }
    // Nearly always one piece of text and nothing else.
    if first.pointee.next == nil { return Self.content(of: first) }
    var text = ""
    var next: xmlNodePtr? = first
    while let child = next {
      text += Self.content(of: child)
      next = child.pointee.next
    }
    return text
  }

  private static func content(of node: xmlNodePtr) -> String {
    switch node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      node.pointee.content.map { String(cString: $0) } ?? ""
    default: ""
    }
  }

  /// Attributes by name, those of XML Schema instances (`xsi:…`) and of XML itself left out.
  var ownAttributes: [String] {
    var names: [String] = []
    var next = node.pointee.properties
    while let attribute = next {
      let namespace = attribute.pointee.ns?.pointee.href.map { String(cString: $0) }
      if namespace != "http://www.w3.org/2001/XMLSchema-instance" {
        names.append(String(cString: attribute.pointee.name))
      }
      next = attribute.pointee.next
    }
    return names
  }

  /// The value of an attribute without namespace.
  func attribute(_ name: String) -> String? {
    var next = node.pointee.properties
    while let attribute = next {
      if attribute.pointee.ns == nil, String(cString: attribute.pointee.name) == name {
        return attribute.pointee.children.map { Self.content(of: $0) } ?? ""
      }
      next = attribute.pointee.next
    }
    return nil
  }

  func first(_ name: String) -> Element? {
    name.withCString { name in
      var next = node.pointee.children
      while let child = next {
        if child.pointee.type == XML_ELEMENT_NODE, child.isNamed(name) {
          return Element(node: child)
        }
        next = child.pointee.next
      }
      return nil
    }
  }

  func all(_ name: String) -> [Element] {
    name.withCString { name in children.filter { $0.node.isNamed(name) } }
  }

  /// The element as a document of its own, in UTF-8.
  var asDocument: [UInt8] {
    guard let document = xmlNewDoc("1.0"), let copy = xmlDocCopyNode(node, document, 1) else {
      return []
    }
    defer { xmlFreeDoc(document) }
    xmlDocSetRootElement(document, copy)
    var text: UnsafeMutablePointer<xmlChar>?
    var count: Int32 = 0
    xmlDocDumpMemoryEnc(document, &text, &count, "UTF-8")
    guard let text else { return [] }
    defer { XMLTree.release(text) }
    return Array(UnsafeBufferPointer(start: text, count: Int(count)))
  }

  /// Where it stands: `alert/info[2]/area[1]/polygon[3]`; a number only where there are several.
  var path: String {
    guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else {
      return name
    }
    let before = alike { $0.pointee.prev }
    let isAlone = before == 0 && alike { $0.pointee.next } == 0
    return Element(node: parent).path + "/" + name + (isAlone ? "" : "[\(before + 1)]")
  }

  /// How many siblings on one side have its name; only the nearest 10,000 are looked at, for floods of faults.
  private func alike(_ step: (xmlNodePtr) -> xmlNodePtr?) -> Int {
    var count = 0
    var next = step(node)
    for _ in 0..<10_000 {
      guard let sibling = next else { break }
      if sibling.pointee.type == XML_ELEMENT_NODE, sibling.isNamed(node.pointee.name) { count += 1 }
      next = step(sibling)
    }
    return count
  }
}

extension xmlNodePtr {
  fileprivate func isNamed(_ name: UnsafePointer<CChar>) -> Bool {
    name.withMemoryRebound(to: xmlChar.self, capacity: 1) { isNamed($0) }
  }

  fileprivate func isNamed(_ name: UnsafePointer<xmlChar>) -> Bool {
    xmlStrEqual(pointee.name, name) != 0
  }
}
