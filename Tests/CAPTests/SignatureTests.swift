import CAP
import Foundation
import Testing

@Suite struct `A signature` {
  static let key = Result { try SigningKey(pem: SigningKey.generate()) }
  static let message = Array(Specimen.plain.utf8)

  private func signed() throws -> (key: SigningKey, text: String) {
    let key = try Self.key.get()
    return (key, String(decoding: try key.sign(Self.message), as: UTF8.self))
  }

  private func verify(_ text: String, with key: SigningKey) throws {
    try VerifyingKey(pem: key.publicKey).verify(Array(text.utf8))
  }

  @Test func `stands last in the message, which stays valid and says the same`() throws {
    let (key, text) = try signed()
    try verify(text, with: key)
    let reading = Reading(Array(text.utf8), profiles: Profile.allCases)
    #expect(reading.faults == [])
    #expect(reading.alert?.signatures == 1)
    #expect(reading.alert?.infos == Reading(Self.message).alert?.infos)
    #expect(text.hasSuffix("</Signature></alert>\n"))
  }

  @Test func `holds for nothing that was changed`() throws {
    let (key, text) = try signed()
    for (old, new) in [
      ("<status>Actual", "<status>Test"), ("57.7 ", "57.8 "), ("</code>\n", "</code> \n"),
      (
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a\"?>\n"
      ),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      #expect(throws: SignatureFailure.broken) { try verify(changed, with: key) }
    }
  }

  @Test func `holds for no other key, whatever key the message carries`() throws {
    let (_, text) = try signed()
    let other = try SigningKey(pem: SigningKey.generate())
    #expect(throws: SignatureFailure.broken) { try verify(text, with: other) }
    #expect(text.contains("<RSAKeyValue>"))
  }

  @Test func `of none is none`() throws {
    #expect(throws: SignatureFailure.missing) {
      try VerifyingKey(pem: try Self.key.get().publicKey).verify(Self.message)
    }
  }

  /// Wrapping: the signature stays true of something that is in the document, and the document says something else.
  @Test func `counts for nothing when it is not over the whole document`() throws {
    let (key, text) = try signed()
    let body = try #require(text.split(separator: "?>\n", maxSplits: 1).last)
    let place = try #require(body.firstRange(of: "<Signature"))
    let signature = body[place.lowerBound...].replacing("</alert>", with: "")
    // The true message inside a false one.
    let wrapped =
      "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><note>lie</note>\(body)</alert>"
    #expect(throws: SignatureFailure.missing) { try verify(wrapped, with: key) }
    // The signature moved up, the true message kept beside it by its id.
    let moved =
      "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><note>lie</note><code Id=\"x\">\(body.replacing(signature, with: ""))</code>\(signature.replacing("URI=\"\"", with: "URI=\"#x\""))</alert>"
    #expect(throws: SignatureFailure.self) { try verify(moved, with: key) }
    let unnamed =
      "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><note>lie</note>\(signature)</alert>"
    #expect(throws: SignatureFailure.broken) { try verify(unnamed, with: key) }
    for (old, new) in [
      ("#enveloped-signature", "#base64"), ("URI=\"\"", "URI=\"http://127.0.0.1:1/a.xml\""),
      ("URI=\"\"", "Type=\"x\""), ("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"),
      ("<DigestMethod", "<Reference URI=\"\"/><DigestMethod"),
      (
        "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
        "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>false()</XPath></Transform>"
      ),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text, "\(old)")
      #expect(throws: SignatureFailure.self, "\(old)") { try verify(changed, with: key) }
    }
  }

  @Test func `with a DOCTYPE is refused unread`() throws {
    let (key, text) = try signed()
    let changed = text.replacing("?>\n<alert", with: "?>\n<!DOCTYPE alert>\n<alert")
    #expect(throws: SignatureFailure.self) { try verify(changed, with: key) }
  }

  @Test func `needs a private key that can be used`() throws {
    #expect(throws: SignatureFailure.self) { try SigningKey(pem: Array("x".utf8)) }
    #expect(throws: SignatureFailure.self) { try SigningKey(pem: try Self.key.get().publicKey) }
    #expect(throws: SignatureFailure.self) { try VerifyingKey(pem: []) }
    #expect(throws: SignatureFailure.self) { try Self.key.get().sign(Array("<a".utf8)) }
  }
}

/// The commands of Debian's xmlsec1 and openssl as peers.
@Suite(.enabled(if: Peer.areThere)) struct `A signed message` {
  @Test func `is verified by xmlsec1 as it is served`() throws {
    let folder = try Peer.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let key = try SigningKey(pem: SigningKey.generate())
    let file = folder.appending(path: "alert.xml")
    try Data(try key.sign(`A signature`.message)).write(to: file)
    let publicKey = folder.appending(path: "key.pem")
    try Data(key.publicKey).write(to: publicKey)
    #expect(try Peer.run("xmlsec1", "--verify", file.path) == 0)
    #expect(try Peer.run("xmlsec1", "--verify", "--pubkey-pem", publicKey.path, file.path) == 0)
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("Actual", with: "Test").utf8).write(to: file)
    #expect(try Peer.run("xmlsec1", "--verify", "--pubkey-pem", publicKey.path, file.path) != 0)
  }

  @Test(arguments: [["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]])
  func `carries the certificate of its key`(kind: [String]) throws {
    let folder = try Peer.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (pem, certificate) = (folder.appending(path: "k.pem"), folder.appending(path: "c.pem"))
    let made = ["req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=Watch", "-newkey"] + kind
    #expect(try Peer.run("openssl", made + ["-keyout", pem.path, "-out", certificate.path]) == 0)
    let bytes = Array(try Data(contentsOf: certificate))
    let key = try SigningKey(pem: Array(try Data(contentsOf: pem)), certificate: bytes)
    let signed = try key.sign(`A signature`.message)
    try VerifyingKey(pem: bytes).verify(signed)
    let file = folder.appending(path: "alert.xml")
    try Data(signed).write(to: file)
    #expect(String(decoding: signed, as: UTF8.self).contains("<X509Certificate>"))
    #expect(
      try Peer.run(
        "xmlsec1", "--verify", "--trusted-pem", certificate.path, "--enabled-key-data", "x509",
        file.path) == 0)
    // Another key's certificate is noticed at once.
    #expect(throws: SignatureFailure.self) {
      try SigningKey(pem: SigningKey.generate(), certificate: bytes)
    }
  }

  @Test func `of SHA-1 is refused`() throws {
    let folder = try Peer.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let key = folder.appending(path: "k.pem")
    try Data(try SigningKey.generate()).write(to: key)
    let template = Specimen.plain.replacing(
      "</alert>",
      with: """
        <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>\
        <CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>\
        <SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/><Reference URI=""><Transforms>\
        <Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms>\
        <DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/><DigestValue/></Reference></SignedInfo>\
        <SignatureValue/></Signature></alert>
        """)
    let (unsigned, file) = (folder.appending(path: "t.xml"), folder.appending(path: "a.xml"))
    try Data(template.utf8).write(to: unsigned)
    #expect(
      try Peer.run(
        "xmlsec1", "--sign", "--privkey-pem", key.path, "--output", file.path, unsigned.path) == 0)
    let own = try SigningKey(pem: Array(try Data(contentsOf: key)))
    #expect(throws: SignatureFailure.form("it uses SHA-1, which can be forged")) {
      try VerifyingKey(pem: own.publicKey).verify(Array(try Data(contentsOf: file)))
    }
  }
}

private enum Peer {
  static var areThere: Bool {
    ["xmlsec1", "openssl"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: "/usr/bin/" + $0)
    }
  }

  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  static func run(_ command: String, _ arguments: String...) throws -> Int32 {
    try run(command, arguments)
  }

  static func run(_ command: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/" + command)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
