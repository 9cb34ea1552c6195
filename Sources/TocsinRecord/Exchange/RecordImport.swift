public import Foundation
public import TocsinModel

/// What was read of a file for the record: acts in their order, and every row that could not be read.
public struct RecordImport: Hashable, Sendable {
  public var acts: [Record.Act] = []
  public var faults: [RowFault] = []

  public struct RowFault: Hashable, Sendable, Codable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    public var field: String
    public var error: String

    public var description: String {
      "line \(line): " + (field.isEmpty ? error : "'\(field)' \(error)")
    }
  }

  public enum Format: String, Hashable, Sendable, CaseIterable {
    case json, ndjson, csv, prov, ninjs, claim
  }

  /// The ids that labels stand for within the file (`#label`).
  private var labels: [String: String] = [:]

  /// - Parameter incident: what the statements are about where they do not say it.
  public init(_ bytes: Data, _ format: Format, incident: String? = nil) {
    switch format {
    case .csv: read(csv: bytes, incident)
    case .ndjson: read(ndjson: bytes, incident)
    case .json: read(json: bytes, incident)
    case .prov, .ninjs, .claim: read(foreign: bytes, format)
    }
    putReplacedFirst()
  }

  /// One statement from the columns of a CSV row by their names.
  public init(cells: [String: String]) { take(json(cells), line: 1, key: "statements", nil) }

  /// What replaces another statement of the file comes after it, however the file has them; what is about
  /// statements comes after all of them.
  private mutating func putReplacedFirst() {
    var waiting = acts.compactMap { act in act.statedID.map { (act: act, id: $0) } }
    let inFile = Set(waiting.map(\.id))
    var (ordered, placed) = ([Record.Act](), Set<String>())
    while !waiting.isEmpty {
      let ready = waiting.filter { act, _ in
        guard let earlier = act.replaced else { return true }
        return !inFile.contains(earlier) || placed.contains(earlier)
      }
      if ready.isEmpty { break }
      ordered += ready.map(\.act)
      placed.formUnion(ready.map(\.id))
      waiting.removeAll { placed.contains($0.id) }
    }
    acts =
      acts.filter(\.isOpening) + ordered + waiting.map(\.act)
      + acts.filter { !$0.isOpening && $0.statedID == nil }
  }

  private mutating func read(ndjson bytes: Data, _ incident: String?) {
    var line = 0
    for row in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      line += 1
      if row.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      take(Array(row), line: line, key: "statements", incident)
    }
  }

  private mutating func read(json bytes: Data, _ incident: String?) {
    let parts: [JSONParts.Part]
    do throws(JSONParts.Unclosed) {
      parts = try JSONParts(bytes).parts
    } catch {
      return fault(error.line, .init("", "is no JSON from here on; nothing after it was read"))
    }
    var home = incident
    if let part = parts.first(where: { $0.key == "incident" }) {
      read(Record.Incident.self, part.bytes, part.line) {
        home = $0.id
        return .open($0)
      }
    }
    for part in parts { take(part.bytes, line: part.line, key: part.key ?? "statements", home) }
  }

  /// What the standard formats carry of ours: the statement whole, beside what they can say themselves.
  private mutating func read(foreign bytes: Data, _ format: Format) {
    do {
      let statements = try Exchange.statements(in: bytes, format)
      for statement in statements { add(statement, line: 1) }
    } catch {
      fault(1, Record.Fault(error))
    }
  }

  mutating func take(_ bytes: [UInt8], line: Int, key: String, _ incident: String?) {
    switch key {
    case "statements":
      do {
        add(try statement(Data(bytes), incident), line: line)
      } catch {
        fault(line, Record.Fault(error))
      }
    case "assessments":
      read(AssessedOrBare.self, bytes, line) { .assess($0.assessment) }
    case "resolutions":
      read(ResolvedOrBare.self, bytes, line) { .resolve($0.resolution) }
    default: break
    }
  }

  private mutating func read<Value: Decodable>(
    _ type: Value.Type, _ bytes: [UInt8], _ line: Int, _ act: (Value) -> Record.Act
  ) {
    do {
      let act = resolve(act(try JSONDecoder().decode(type, from: Data(bytes))))
      for wrong in act.faults { fault(line, wrong) }
      if act.faults.isEmpty { acts.append(act) }
    } catch {
      fault(line, Record.Fault(error))
    }
  }

  /// A statement alone, or as it was exported with its id.
  private func statement(_ bytes: Data, _ incident: String?) throws -> Record.Statement {
    struct Wrapped: Decodable { var statement: Record.Statement? }
    let decoder = JSONDecoder()
    if let wrapped = try decoder.decode(Wrapped.self, from: bytes).statement { return wrapped }
    if let incident { decoder.userInfo[.recordIncident] = incident }
    return try decoder.decode(Record.Statement.self, from: bytes)
  }

  mutating func add(_ read: Record.Statement, line: Int) {
    var statement = read
    if let replaced = statement.replaces?.statement, let id = labels[replaced] {
      statement.replaces?.statement = id
    }
    let faults = statement.faults
    for wrong in faults { fault(line, wrong) }
    guard faults.isEmpty else { return }
    if let label = statement.label {
      labels["#" + label] = Recorded.id(CanonicalJSON.digest(of: statement))
    }
    acts.append(.state(statement))
  }

  private func resolve(_ act: Record.Act) -> Record.Act {
    switch act {
    case .assess(var assessment):
      assessment.statement = labels[assessment.statement] ?? assessment.statement
      return .assess(assessment)
    case .resolve(var resolution):
      resolution.evidence = resolution.evidence.map { labels[$0] ?? $0 }
      return .resolve(resolution)
    default: return act
    }
  }

  mutating func fault(_ line: Int, _ fault: Record.Fault) {
    faults.append(RowFault(line: line, field: fault.field, error: fault.error))
  }
}

extension Record.Act {
  /// The id that a statement will have.
  fileprivate var statedID: String? {
    guard case .state(let statement) = self else { return nil }
    return Recorded.id(CanonicalJSON.digest(of: statement))
  }

  fileprivate var replaced: String? {
    if case .state(let statement) = self { statement.replaces?.statement } else { nil }
  }

  fileprivate var isOpening: Bool { if case .open = self { true } else { false } }
}

extension CodingUserInfoKey {
  /// The incident of statements that do not name one.
  static let recordIncident = Record.Statement.incidentKey
}

private struct AssessedOrBare: Decodable {
  var assessment: Record.Assessment

  init(from decoder: any Decoder) throws {
    struct Wrapped: Decodable { var assessment: Record.Assessment? }
    if let wrapped = try Wrapped(from: decoder).assessment {
      assessment = wrapped
    } else {
      assessment = try Record.Assessment(from: decoder)
    }
  }
}

private struct ResolvedOrBare: Decodable {
  var resolution: Record.Resolution

  init(from decoder: any Decoder) throws {
    struct Wrapped: Decodable { var resolution: Record.Resolution? }
    if let wrapped = try Wrapped(from: decoder).resolution {
      resolution = wrapped
    } else {
      resolution = try Record.Resolution(from: decoder)
    }
  }
}
