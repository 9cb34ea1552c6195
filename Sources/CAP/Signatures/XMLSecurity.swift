import CXML

/// xmlsec, made ready once, and what is needed of it.
enum XMLSecurity {
  /// Whether it could be made ready. xmlsec may then be used from several threads.
  static let isReady: Bool = {
    xmlInitParser()
    guard xmlSecInit() >= 0, xmlSecOpenSSLAppInit(nil) >= 0, xmlSecOpenSSLInit() >= 0 else {
      return false
    }
    // It would print every signature that does not hold on the terminal.
    xmlSecErrorsDefaultCallbackEnableOutput(0)
    return true
  }()

  /// A key from PEM: a private key, a public key or a certificate.
  static func key(_ pem: [UInt8], isCertificate: Bool) throws(SignatureFailure) -> xmlSecKeyPtr {
    guard isReady else { throw .failed("it could not be started") }
    let format = isCertificate ? xmlSecKeyDataFormatCertPem : xmlSecKeyDataFormatPem
    let key = pem.withUnsafeBufferPointer { bytes in
      xmlSecOpenSSLAppKeyLoadMemory(
        bytes.baseAddress, UInt32(bytes.count), format, nil, nil, nil)
    }
    guard let key else { throw .key("it is no \(isCertificate ? "certificate" : "key") in PEM") }
    return key
  }

  static func isCertificate(_ pem: [UInt8]) -> Bool {
    String(decoding: pem, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----")
  }
}
