/// `{"open":{…}}`, `{"state":{…}}`, `{"merge":{"incident":…,"into":…,"reason":…}}`, …: one key, the act's name.
extension Record.Act: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case open, merge, part, split, state, assess, resolve, handle, remove
  }

  private struct Merge: Codable {
    var incident: String
    var into: String
    var reason: String
  }

  private struct Part: Codable {
    var incident: String
    var of: String
    var reason: String
  }

  private struct Split: Codable {
    var incident: String
    var into: Record.Incident
    var statements: [String]
    var reason: String
  }

  private struct Handle: Codable {
    var statement: String
    var handling: Record.Handling
  }

  private struct Remove: Codable {
    var statement: String
    var reasonClass: String
    var reason: String
    var sha256: String?
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard fields.allKeys.count == 1, let key = fields.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "is no act; it has exactly one of "
            + CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    switch key {
    case .open: self = .open(try fields.decode(Record.Incident.self, forKey: key))
    case .state: self = .state(try fields.decode(Record.Statement.self, forKey: key))
    case .assess: self = .assess(try fields.decode(Record.Assessment.self, forKey: key))
    case .resolve: self = .resolve(try fields.decode(Record.Resolution.self, forKey: key))
    case .merge:
      let act = try fields.decode(Merge.self, forKey: key)
      self = .merge(incident: act.incident, into: act.into, reason: act.reason)
    case .part:
      let act = try fields.decode(Part.self, forKey: key)
      self = .part(incident: act.incident, of: act.of, reason: act.reason)
    case .split:
      let act = try fields.decode(Split.self, forKey: key)
      self = .split(
        incident: act.incident, into: act.into, statements: act.statements, reason: act.reason)
    case .handle:
      let act = try fields.decode(Handle.self, forKey: key)
      self = .handle(statement: act.statement, act.handling)
    case .remove:
      let act = try fields.decode(Remove.self, forKey: key)
      self = .remove(
        statement: act.statement, reasonClass: act.reasonClass, reason: act.reason,
        sha256: act.sha256 ?? "")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .open(let incident): try fields.encode(incident, forKey: .open)
    case .state(let statement): try fields.encode(statement, forKey: .state)
    case .assess(let assessment): try fields.encode(assessment, forKey: .assess)
    case .resolve(let resolution): try fields.encode(resolution, forKey: .resolve)
    case .merge(let incident, let into, let reason):
      try fields.encode(Merge(incident: incident, into: into, reason: reason), forKey: .merge)
    case .part(let incident, let whole, let reason):
      try fields.encode(Part(incident: incident, of: whole, reason: reason), forKey: .part)
    case .split(let incident, let into, let statements, let reason):
      try fields.encode(
        Split(incident: incident, into: into, statements: statements, reason: reason),
        forKey: .split)
    case .handle(let statement, let handling):
      try fields.encode(Handle(statement: statement, handling: handling), forKey: .handle)
    case .remove(let statement, let reasonClass, let reason, let sha256):
      try fields.encode(
        Remove(statement: statement, reasonClass: reasonClass, reason: reason, sha256: sha256),
        forKey: .remove)
    }
  }
}
