public import Foundation
import TocsinModel

/// Writes an incident in the formats of others, each so that it can be read back to the same ids: what a
/// format can say itself stands in its own fields, and the statement stands whole beside it.
public enum Exchange {
  public static func export(_ dossier: Dossier, _ format: RecordImport.Format) -> Data {
    switch format {
    case .json: CanonicalJSON.bytes(Bundle(dossier))
    case .ndjson: lines(dossier)
    case .csv: Data(csv(dossier).utf8)
    case .prov: CanonicalJSON.bytes(Provenance(dossier))
    case .ninjs: CanonicalJSON.bytes(NewsItems(dossier))
    case .claim: CanonicalJSON.bytes(Claims(dossier))
    }
  }

  /// The record's own form: what is shown, what is known to be missing, and what was computed from it.
  struct Bundle: Encodable {
    var format = "tocsin-record-1"
    var asOf: Timestamp
    var incident: Record.Incident
    var opened: Archive.Opened
    var links: [Archive.Link]
    var statements: [Recorded]
    var assessments: [Archive.Assessed]
    var resolutions: [Archive.Resolved]
    var gaps: [Finding.Gap]
    var tombstones: [Archive.Tombstone]
    var findings: [Finding]

    init(_ dossier: Dossier) {
      asOf = dossier.asOf
      incident = dossier.incident
      opened = dossier.opened
      links = dossier.links
      statements = dossier.statements
      assessments = dossier.assessments
      resolutions = dossier.resolutions
      gaps = dossier.gaps
      tombstones = dossier.tombstones
      findings = dossier.findings
    }
  }

  private static func lines(_ dossier: Dossier) -> Data {
    var bytes = Data()
    for recorded in dossier.statements { bytes += CanonicalJSON.bytes(recorded) + Data([10]) }
    return bytes
  }

  // MARK: CSV

  private static func csv(_ dossier: Dossier) -> String {
    let keys = Record.Statement.CodingKeys.allCases.map(\.rawValue)
    let header = ["_id", "_recorded_at", "_recorded_by", "_speaker", "_value", "_quote"] + keys
    return CSV.line(header)
      + dossier.statements.map { recorded in
        let statement = recorded.statement
        let cells = cells(of: statement)
        return CSV.line(
          [
            recorded.id, recorded.recordedAt.description, recorded.recordedBy,
            statement.speaker.name.text, statement.value.plain ?? "", statement.quote?.text ?? "",
          ] + keys.map { cells[$0] ?? "" })
      }.joined()
  }

  /// Texts bare, all else as JSON.
  private static func cells(of statement: Record.Statement) -> [String: String] {
    let parts = (try? JSONParts.fields(of: CanonicalJSON.bytes(statement))) ?? []
    return Dictionary(
      parts.map { part in
        let text = try? JSONDecoder().decode(String.self, from: Data(part.bytes))
        let json = String(decoding: part.bytes, as: UTF8.self)
        // In these columns a bare text would mean something shorter on the way back.
        let isPlain = !["value", "speaker", "relays", "certainty"].contains(part.key ?? "")
        let bare = isPlain && text?.first != "{" && text?.first != "[" ? text : nil
        return (part.key ?? "", bare ?? json)
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Reading back

  static func statements(
    in bytes: Data, _ format: RecordImport.Format
  ) throws -> [Record.Statement] {
    let decoder = JSONDecoder()
    switch format {
    case .prov:
      return try decoder.decode(ProvenanceRead.self, from: bytes).entity.sorted { $0.key < $1.key }
        .compactMap(\.value.statement)
    case .ninjs: return try decoder.decode([NewsRead].self, from: bytes).map(\.statement)
    case .claim:
      return try decoder.decode(ClaimsRead.self, from: bytes).graph.compactMap(\.statement)
    case .json, .ndjson, .csv: return []
    }
  }

  private struct ProvenanceRead: Decodable {
    var entity: [String: Entity]
    struct Entity: Decodable {
      var statement: Record.Statement?
      enum CodingKeys: String, CodingKey { case statement = "tocsin:statement" }
    }
  }

  private struct NewsRead: Decodable {
    var statement: Record.Statement
    enum CodingKeys: String, CodingKey { case statement = "tocsin_statement" }
  }

  private struct ClaimsRead: Decodable {
    var graph: [Claim]
    struct Claim: Decodable {
      var statement: Record.Statement?
      enum CodingKeys: String, CodingKey { case statement = "tocsin:statement" }
    }
    enum CodingKeys: String, CodingKey { case graph = "@graph" }
  }
}

extension JSONParts {
  /// The fields of one object, lists whole.
  static func fields(of bytes: Data) throws -> [Part] {
    let object = try JSONDecoder().decode([String: RawJSON].self, from: bytes)
    return object.map { Part(key: $0.key, line: 1, bytes: Array(CanonicalJSON.bytes($0.value))) }
  }
}

/// Any JSON value, written back as it was.
enum RawJSON: Codable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([RawJSON])
  case object([String: RawJSON])

  init(from decoder: any Decoder) throws {
    let one = try decoder.singleValueContainer()
    if one.decodeNil() {
      self = .null
    } else if let flag = try? one.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? one.decode(Double.self) {
      self = .number(number)
    } else if let text = try? one.decode(String.self) {
      self = .text(text)
    } else if let list = try? one.decode([RawJSON].self) {
      self = .list(list)
    } else {
      self = .object(try one.decode([String: RawJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    switch self {
    case .null: try one.encodeNil()
    case .flag(let flag): try one.encode(flag)
    case .number(let number): try one.encode(number)
    case .text(let text): try one.encode(text)
    case .list(let list): try one.encode(list)
    case .object(let object): try one.encode(object)
    }
  }
}
