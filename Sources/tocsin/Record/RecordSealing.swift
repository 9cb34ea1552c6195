import ArgumentParser
import Crypto
import Foundation
import TocsinConfiguration
import TocsinModel
import TocsinRecord

struct RecordSealKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal-key",
    abstract:
      "Makes a person's key for seals: the private half into a file, the public half printed.")

  @Argument(help: "The person's name.") var name: String
  @Option(help: "The file for the private half; keep it away from the service.") var out: String

  func run() throws {
    let key = Curve25519.KeyAgreement.PrivateKey()
    try PrivateFile.write(Data(key.rawRepresentation.base64EncodedString().utf8), to: out)
    Output.line("\(name):\(key.publicKey.rawRepresentation.base64EncodedString())")
  }
}

struct RecordUnseal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unseal",
    abstract: "Shows what a statement's seal keeps; takes the private keys of both persons.")

  @OptionGroup var reading: RecordReading
  @Argument(help: "The statement's id.") var statement: String
  @Option(help: "A private key's file; give it twice.") var key: [String]

  func run() async throws {
    let dossier = try await reading.dossier()
    guard let found = dossier.statements.first(where: { $0.id == statement }),
      let sealed = found.statement.sealed
    else { throw ValidationError("'\(statement)' is no statement with a seal in this incident.") }
    let keys = try key.map { path in
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      guard let bytes = Data(base64Encoded: text) else {
        throw ValidationError("\(path) holds no private key.")
      }
      return try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
    }
    try Output.json(try Seal.open(sealed, with: keys))
  }
}

/// Of `record add`: what is kept under seal.
struct SealOptions: ParsableArguments {
  @Option(help: "Keep the source, or the capture, encrypted; two persons together can open it.")
  var seal: String?

  @Option(help: "A person's public key from 'record seal-key'; give it twice.")
  var sealTo: [String] = []

  @Option(help: "The words that stand for a sealed speaker: \"a resident\".")
  var sealAs: String?

  func sealed(_ statement: Record.Statement) throws -> Record.Statement {
    guard let seal else {
      guard sealTo.isEmpty, sealAs == nil else {
        throw ValidationError("--seal-to and --seal-as go with --seal source or --seal capture.")
      }
      return statement
    }
    guard let part = Seal.Part(rawValue: seal) else {
      throw ValidationError("--seal is 'source' or 'capture', not '\(seal)'.")
    }
    guard part == .capture || sealAs != nil else {
      throw ValidationError("Give --seal-as: the words that stand for the speaker.")
    }
    return try Seal.seal(
      part, of: statement, as: sealAs ?? "", to: sealTo.map { try Seal.Key($0) })
  }
}
