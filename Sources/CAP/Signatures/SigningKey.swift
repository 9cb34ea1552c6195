import CXML

/// A private key that signs messages: an enveloped XML signature over the whole document, with SHA-256 and
/// exclusive canonicalization, as its last child (CAP 1.2, 3.3.4.1; W3C XML Signature 1.1).
public struct SigningKey: Sendable {
  private let pem: [UInt8]
  private let certificate: [UInt8]?
  private let isElliptic: Bool
  /// In PEM, for recipients: `xmlsec1 --verify --pubkey-pem key.pem alert.xml`.
  public let publicKey: [UInt8]

  /// - Parameters:
  ///   - pem: an RSA or elliptic private key in PEM, without a password.
  ///   - certificate: the certificate of the key in PEM; every message then carries it.
  public init(pem: [UInt8], certificate: [UInt8]? = nil) throws(SignatureFailure) {
    self.pem = pem
    self.certificate = certificate
    let key = try XMLSecurity.key(pem, isCertificate: false)
    defer { xmlSecKeyDestroy(key) }
    guard xmlSecKeyGetType(key) & xmlSecKeyDataType(xmlSecKeyDataTypePrivate) != 0 else {
      throw .key("it is a public key; signing needs the private one")
    }
    isElliptic = xmlSecKeyIsElliptic(key)
    guard isElliptic || xmlSecKeyGetValue(key).pointee.id == xmlSecOpenSSLKeyDataRsaGetKlass()
    else {
      throw .key("it is neither RSA nor elliptic")
    }
    publicKey = try OpenSSL.publicKey(of: key)
    // One try, so that a certificate that is none, or of another key, is found now and not in need.
    let probe = try sign(Array("<probe/>".utf8))
    guard let certificate else { return }
    do {
      try VerifyingKey(pem: certificate).verify(probe)
    } catch {
      throw .key("the certificate is not that of the key")
    }
  }

  /// A new RSA key of 3,072 bits, in PEM.
  public static func generate() throws(SignatureFailure) -> [UInt8] { try OpenSSL.newKey() }

  /// Signs a document; what comes back must be served byte for byte.
  ///
  /// It is verified before it is handed out.
  public func sign(_ document: [UInt8]) throws(SignatureFailure) -> [UInt8] {
    let tree: xmlDocPtr
    do {
      tree = try XMLTree.parse(document, XMLTree.limit)
    } catch {
      throw .unreadable(error)
    }
    defer { xmlFreeDoc(tree) }
    try sign(tree)
    var text: UnsafeMutablePointer<xmlChar>?
    var count: Int32 = 0
    xmlDocDumpMemoryEnc(tree, &text, &count, "UTF-8")
    guard let text else { throw .failed("the signed document could not be written") }
    defer { XMLTree.release(text) }
    let signed = Array(UnsafeBufferPointer(start: text, count: Int(count)))
    try VerifyingKey(pem: publicKey).verify(signed)
    return signed
  }

  private func sign(_ tree: xmlDocPtr) throws(SignatureFailure) {
    guard let root = xmlDocGetRootElement(tree), let signature = template(in: tree) else {
      throw .failed("no template for the signature")
    }
    xmlAddChild(root, signature)
    guard let context = xmlSecDSigCtxCreate(nil) else { throw .failed("no context") }
    defer { xmlSecDSigCtxDestroy(context) }  // It frees the key too.
    let key = try XMLSecurity.key(pem, isCertificate: false)
    context.pointee.signKey = key
    if let certificate {
      let isLoaded = certificate.withUnsafeBufferPointer { bytes in
        xmlSecOpenSSLAppKeyCertLoadMemory(
          key, bytes.baseAddress, UInt32(bytes.count), xmlSecKeyDataFormatCertPem)
      }
      guard isLoaded >= 0 else { throw .key("its certificate is none in PEM") }
    }
    guard xmlSecDSigCtxSign(context, signature) >= 0,
      context.pointee.status == xmlSecDSigStatusSucceeded
    else { throw .failed("the document could not be signed") }
  }

  /// The signature's elements, still without values.
  private func template(in tree: xmlDocPtr) -> xmlNodePtr? {
    let method =
      isElliptic
      ? xmlSecOpenSSLTransformEcdsaSha256GetKlass() : xmlSecOpenSSLTransformRsaSha256GetKlass()
    guard
      let signature = xmlSecTmplSignatureCreate(
        tree, xmlSecTransformExclC14NGetKlass(), method, nil),
      let reference = xmlSecTmplSignatureAddReference(
        signature, xmlSecOpenSSLTransformSha256GetKlass(), nil, "", nil),
      xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedGetKlass()) != nil,
      xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NGetKlass()) != nil,
      let info = xmlSecTmplSignatureEnsureKeyInfo(signature, nil)
    else { return nil }
    if certificate != nil {
      guard let data = xmlSecTmplKeyInfoAddX509Data(info),
        xmlSecTmplX509DataAddCertificate(data) != nil
      else { return nil }
    } else if !isElliptic {
      // xmlsec 1.2 cannot write elliptic keys; recipients have the public key by another way in any case.
      guard xmlSecTmplKeyInfoAddKeyValue(info) != nil else { return nil }
    }
    return signature
  }
}

private func xmlSecKeyIsElliptic(_ key: xmlSecKeyPtr) -> Bool {
  xmlSecKeyGetValue(key).pointee.id == xmlSecOpenSSLKeyDataEcdsaGetKlass()
}
