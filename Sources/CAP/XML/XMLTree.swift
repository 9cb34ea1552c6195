import CXML
import Foundation

/// Reads a document with libxml2 and looks at it.
///
/// No network, no external entity, nothing expanded; at most 256 elements deep; any DOCTYPE stops the
/// parser before its first declaration.
enum XMLTree {
  /// Bytes. The largest real alert at hand has 459,263, the largest index 602,000.
  static let limit = 16 << 20

  /// - Parameter look: gets the root element, which is gone afterwards.
  static func read<Seen>(
    _ bytes: [UInt8], limit: Int = XMLTree.limit, _ look: (Element) -> Seen
  ) throws(UnreadableXML) -> Seen {
    let document = try parse(bytes, limit)
    defer { xmlFreeDoc(document) }
    guard let root = xmlDocGetRootElement(document) else { throw .empty }
    return look(Element(node: root))
  }

  /// The caller frees it.
  static func parse(_ bytes: [UInt8], _ limit: Int) throws(UnreadableXML) -> xmlDocPtr {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    _ = ready
    guard let context = xmlNewParserCtxt() else {
      throw .notWellFormed(line: 1, problem: "no memory for a parser")
    }
    defer { xmlFreeParserCtxt(context) }
    context.pointee.sax.pointee.internalSubset = { context, _, _, _ in
      xmlStopParser(context?.assumingMemoryBound(to: xmlParserCtxt.self))
    }
    let document = bytes.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil,
        nil, options)
    }
    let line = max(1, Int(context.pointee.lastError.line))
    let isStopped = context.pointee.errNo == Int32(XML_ERR_USER_STOP.rawValue)
    guard let document, !isStopped, context.pointee.nsWellFormed != 0 else {
      xmlFreeDoc(document)
      if isStopped { throw .hasDoctype(line: stopLine(context)) }
      throw .notWellFormed(line: line, problem: problem(context))
    }
    return document
  }

  private static let options = Int32(
    XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue)

  /// libxml2 wants this once before several threads use it.
  private static let ready: Void = xmlInitParser()

  private static func stopLine(_ context: xmlParserCtxtPtr) -> Int {
    context.pointee.input.map { max(1, Int($0.pointee.line)) } ?? 1
  }

  private static func problem(_ context: xmlParserCtxtPtr) -> String {
    guard let message = context.pointee.lastError.message else { return "no reason is given" }
    let words = String(cString: message).words.joined(separator: " ")
    return String(words.prefix(200))
  }

  /// Frees what libxml2 has allocated.
  static func release(_ text: UnsafeMutablePointer<xmlChar>) { free(text) }
}
