import CXML

/// The key of a sender, by which it is known that a document is the sender's and unchanged.
///
/// Keys and certificates inside the document count for nothing: anybody can put theirs there.
public struct VerifyingKey: Hashable, Sendable {
  private let pem: [UInt8]

  /// - Parameter pem: the sender's certificate or public key, in PEM. Whether a certificate has run out is not
  ///   asked: who configures it trusts it until it is taken out.
  public init(pem: [UInt8]) throws(SignatureFailure) {
    self.pem = pem
    xmlSecKeyDestroy(try key())
  }

  private func key() throws(SignatureFailure) -> xmlSecKeyPtr {
    try XMLSecurity.key(pem, isCertificate: XMLSecurity.isCertificate(pem))
  }

  /// Throws unless the key signed the whole document and nothing of it has changed.
  ///
  /// - Parameter document: the bytes as received; white space and instructions before the root are signed too.
  public func verify(_ document: [UInt8]) throws(SignatureFailure) {
    let tree: xmlDocPtr
    do {
      tree = try XMLTree.parse(document, XMLTree.limit)
    } catch {
      throw .unreadable(error)
    }
    defer { xmlFreeDoc(tree) }
    guard let root = xmlDocGetRootElement(tree) else { throw .missing }
    // Those that stand directly in the root, and no other: a signature deeper down is over something else.
    let signatures = Element(node: root).children.filter {
      $0.name == "Signature" && $0.namespace == Schema.signatureNamespace
    }
    guard !signatures.isEmpty else { throw .missing }
    guard signatures.count <= 4 else { throw .form("there are more than 4") }
    var failure = SignatureFailure.broken
    for signature in signatures {
      do {
        try CoveringSignature.check(signature)
        return try verify(signature)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private func verify(_ signature: Element) throws(SignatureFailure) {
    let key = try key()
    guard let context = xmlSecDSigCtxCreate(nil) else { throw .failed("no context") }
    defer { xmlSecDSigCtxDestroy(context) }  // It frees the key too.
    context.pointee.signKey = key
    // Only the document itself, never an address or another part of it.
    context.pointee.enabledReferenceUris = xmlSecTransformUriType(xmlSecTransformUriTypeEmpty)
    guard xmlSecDSigCtxVerify(context, signature.node) >= 0,
      context.pointee.status == xmlSecDSigStatusSucceeded
    else { throw .broken }
  }
}

/// Whether a signature is, by its form, one over the whole document in which it stands.
private enum CoveringSignature {
  static func check(_ signature: Element) throws(SignatureFailure) {
    let infos = signature.all("SignedInfo")
    guard infos.count == 1, let info = infos.first else { throw .form("it has no SignedInfo") }
    guard signature.all("Object").isEmpty else { throw .form("it carries an object of its own") }
    let references = info.all("Reference")
    guard references.count == 1, let reference = references.first else {
      throw .form("it is over \(references.count) things, not over the document alone")
    }
    guard reference.attribute("URI") == "" else {
      throw .form(
        "it is over '\((reference.attribute("URI") ?? "nothing").shortened)', not over the document"
      )
    }
    try method(info.first("SignatureMethod"), of: methods)
    try method(info.first("CanonicalizationMethod"), of: canonicalizations)
    try method(reference.first("DigestMethod"), of: digests)
    let transforms = reference.first("Transforms")?.all("Transform") ?? []
    guard transforms.count <= 3,
      transforms.contains(where: { $0.attribute("Algorithm") == enveloped })
    else { throw .form("it does not say that it stands in what it signs") }
    for transform in transforms { try method(transform, of: canonicalizations.union([enveloped])) }
  }

  private static func method(
    _ element: Element?, of known: Set<String>
  ) throws(SignatureFailure) {
    let name = element?.attribute("Algorithm") ?? "nothing"
    guard known.contains(name) else {
      throw .form(
        name.hasSuffix("sha1")
          ? "it uses SHA-1, which can be forged"
          : "it uses '\(name.shortened)', which is not accepted")
    }
  }

  private static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"

  private static let canonicalizations: Set = [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
  ]

  private static let methods: Set = Set(
    ["rsa", "ecdsa"].flatMap { kind in
      ["256", "384", "512"].map { "http://www.w3.org/2001/04/xmldsig-more#\(kind)-sha\($0)" }
    })

  private static let digests: Set = [
    "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
  ]
}
