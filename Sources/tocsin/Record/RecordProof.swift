import ArgumentParser
import Crypto
import Foundation
import TocsinJournals
import TocsinModel
import TocsinRecord

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

struct RecordBundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Writes an incident as a signed bundle that anybody can check offline.",
    discussion: """
      Signed with the Ed25519 key of $TOCSIN_HOME (record-key, made at the first use). Publish its public half
      where you are known; 'python3 Examples/check_bundle.py FILE --key PUBLIC' checks a bundle without Tocsin.
      """)

  @OptionGroup var reading: RecordReading

  func run() async throws {
    let dossier = try await reading.dossier()
    let key = try PrivateFile.signingKey(try Home(nil).file("record-key"))
    let path = try reading.journal ?? Home(nil).journal()
    let isThere = FileManager.default.fileExists(atPath: path)
    let head = try isThere ? await SQLiteJournal(reading: path).head() : nil
    let chain = head.map {
      SignedBundle.ChainHead(entry: $0.entry, link: PrivateFile.hexadecimal($0.link))
    }
    try Output.json(try SignedBundle(dossier, at: chain, signedWith: key))
    Output.note("Public key: \(key.publicKey.rawRepresentation.base64EncodedString())")
  }
}

struct RecordStamp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stamp",
    abstract:
      "Has the newest link of the chain time-stamped outside (RFC 3161), or checks such stamps.",
    discussion: """
      A stamp proves that all entries up to it existed then and were not changed since; not that they are
      true, nor that nothing was left out before it. Uses the program 'openssl'. Stamps are kept in
      $TOCSIN_HOME/stamps; without --tsa the request lies there for you to send.
      """)

  @Option(help: "A journal (.sqlite); without it, that of $TOCSIN_HOME.") var journal: String?
  @Option(help: "The address of a time-stamping authority.") var tsa: String?
  @Option(help: "Check every stamp instead; the authority's certificates, in PEM.") var verify:
    String?

  func run() async throws {
    let folder = try Home(nil).file("stamps")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let chain = try RecordStore.open(journal)
    if let verify { return try await check(chain, folder, authority: verify) }
    guard let head = try await chain.head() else {
      throw ValidationError("The journal has no entry yet; there is nothing to stamp.")
    }
    let query = "\(folder)/\(head.entry).tsq"
    try openssl(
      "ts", "-query", "-digest", PrivateFile.hexadecimal(head.link), "-sha256", "-cert", "-out",
      query)
    guard let tsa else {
      return Output.line("\(query): send it to an authority, keep the answer as \(head.entry).tsr.")
    }
    let answer = "\(folder)/\(head.entry).tsr"
    try await stamp(Data(contentsOf: URL(filePath: query)), by: tsa)
      .write(to: URL(filePath: answer))
    Output.line("\(answer): entry \(head.entry) is stamped.")
  }

  private func stamp(_ query: Data, by address: String) async throws -> Data {
    guard let url = URL(string: address) else {
      throw ValidationError("'\(address)' is no address; write it as http://tsa.example.org.")
    }
    var request = URLRequest(url: url, timeoutInterval: 30)
    request.httpMethod = "POST"
    request.httpBody = query
    request.setValue("application/timestamp-query", forHTTPHeaderField: "Content-Type")
    let (data, response) = try await URLSession.shared.data(for: request)
    guard (response as? HTTPURLResponse)?.statusCode == 200 else {
      throw ValidationError("\(address) did not answer with a time stamp.")
    }
    return data
  }

  private func check(_ chain: SQLiteJournal, _ folder: String, authority: String) async throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".tsr") }.compactMap { Int($0.dropLast(4)) }.sorted()
    guard !entries.isEmpty else { throw ValidationError("\(folder) has no stamp (*.tsr).") }
    var isSound = true
    for entry in entries {
      guard let link = try await chain.link(of: entry) else {
        Output.line("Entry \(entry): the journal has no such entry any more, but it was stamped.")
        isSound = false
        continue
      }
      let holds =
        (try? openssl(
          "ts", "-verify", "-digest", PrivateFile.hexadecimal(link), "-in",
          "\(folder)/\(entry).tsr", "-CAfile", authority)) != nil
      isSound = isSound && holds
      Output.line(
        holds
          ? "Entry \(entry): the stamp fits the chain."
          : "Entry \(entry): the stamp does not fit: the chain up to there was changed, or the stamp was."
      )
    }
    if !isSound { throw ExitCode(1) }
  }

  private func openssl(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw ValidationError("/usr/bin/openssl is needed for time stamps; install 'openssl'.")
    }
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ValidationError("openssl: \(String(decoding: said.suffix(300), as: UTF8.self))")
    }
  }
}

/// Files that hold a secret: readable by their owner alone.
enum PrivateFile {
  static func signingKey(_ path: String) throws -> Curve25519.Signing.PrivateKey {
    if let kept = try? Data(contentsOf: URL(filePath: path)) {
      return try Curve25519.Signing.PrivateKey(rawRepresentation: kept)
    }
    let key = Curve25519.Signing.PrivateKey()
    try write(key.rawRepresentation, to: path)
    return key
  }

  /// - Throws: if there is such a file already: a key is never overwritten.
  static func write(_ bytes: Data, to path: String) throws {
    guard
      !FileManager.default.fileExists(atPath: path),
      FileManager.default.createFile(
        atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
    else { throw ValidationError("\(path) is there already or cannot be written.") }
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
