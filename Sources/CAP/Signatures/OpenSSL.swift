import CXML

/// The few things that xmlsec leaves to OpenSSL.
enum OpenSSL {
  /// The public part of a key, in PEM.
  static func publicKey(of key: xmlSecKeyPtr) throws(SignatureFailure) -> [UInt8] {
    guard let pair = xmlSecOpenSSLEvpKeyDataGetEvp(xmlSecKeyGetValue(key)) else {
      throw .key("it has no public part")
    }
    return try text { PEM_write_bio_PUBKEY($0, pair) }
  }

  /// A new RSA key, in PEM.
  static func newKey() throws(SignatureFailure) -> [UInt8] {
    var pair: OpaquePointer?
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
    defer { EVP_PKEY_CTX_free(context) }
    guard EVP_PKEY_keygen_init(context) > 0, EVP_PKEY_CTX_set_rsa_keygen_bits(context, 3072) > 0,
      EVP_PKEY_keygen(context, &pair) > 0
    else { throw .failed("no key could be made") }
    defer { EVP_PKEY_free(pair) }
    return try text { PEM_write_bio_PrivateKey($0, pair, nil, nil, 0, nil, nil) }
  }

  /// SHA-1 of a file, as CAP wants it for `digest`: it tells damage, not forgery.
  static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha1(), nil)
    return Array(digest.prefix(Int(count)))
  }

  private static func text(
    _ write: (OpaquePointer) -> Int32
  ) throws(SignatureFailure) -> [UInt8] {
    guard let memory = BIO_new(BIO_s_mem()) else { throw .failed("no memory") }
    defer { BIO_free(memory) }
    guard write(memory) > 0 else { throw .failed("the key could not be written") }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = BIO_read(memory, &bytes, Int32(bytes.count))
    guard count > 0 else { throw .failed("the key could not be written") }
    return Array(bytes.prefix(Int(count)))
  }
}
