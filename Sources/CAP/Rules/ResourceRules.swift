import Foundation

/// What CAP 1.2 asks of each file of a message beyond the schema (3.2.3).
enum ResourceRules {
  static func check(_ resource: Element, _ faults: inout Faults) {
    if let type = resource.first("mimeType"), !type.text.trimmed.isMIMEType {
      faults.add(
        .mimeType, at: type,
        "is '\(type.text.trimmed.shortened)'; write type/subtype such as audio/mpeg (RFC 2046)")
    }
    if let uri = resource.first("uri"), !uri.text.trimmed.isAbsoluteURI,
      resource.first("derefUri")?.text.isBlank ?? true
    {
      faults.add(
        .uriRelative, at: uri,
        "'\(uri.text.trimmed.shortened)' is no absolute URI, and there is no derefUri it could name"
      )
    }
    content(resource, &faults)
  }

  private static func content(_ resource: Element, _ faults: inout Faults) {
    let size = resource.first("size")
    let stated = size.flatMap { Int($0.text.trimmed) }
    if let size, let stated, stated < 0 {
      faults.add(.sizeNegative, at: size, "is \(stated); it counts bytes")
    }
    let digest = resource.first("digest")
    let digits = digest.map { $0.text.trimmed.lowercased() }
    if let digest, let digits, !digits.isEmpty, !digits.isSHA1 {
      faults.add(.digestForm, at: digest, "is no SHA-1 in 40 hexadecimal digits")
    }
    guard let content = resource.first("derefUri"), !content.text.isBlank else { return }
    guard let file = Data(base64Encoded: content.text.withoutSpace) else {
      return faults.add(.contentForm, at: content, "is not base64")
    }
    if let size, let stated, stated >= 0, stated != file.count {
      faults.add(.sizeMismatch, at: size, "is \(stated), and the file has \(file.count) bytes")
    }
    let actual = OpenSSL.sha1(Array(file)).map { String(format: "%02x", $0) }.joined()
    if let digest, let digits, digits.isSHA1, digits != actual {
      faults.add(.digestMismatch, at: digest, "is \(digits), and the file's is \(actual)")
    }
  }
}

extension Substring {
  fileprivate var isMIMEType: Bool {
    let type = prefix { $0 != ";" }.utf8
    let parts = type.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { $0.isLetter || $0.isDigit || "!#$&-^_.+ ".utf8.contains($0) }
      }
  }
}

extension String {
  fileprivate var isSHA1: Bool {
    utf8.count == 40 && utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
  }

  fileprivate var withoutSpace: String {
    String(decoding: utf8.filter { !$0.isXMLSpace }, as: UTF8.self)
  }
}
