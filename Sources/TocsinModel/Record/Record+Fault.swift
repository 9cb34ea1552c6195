extension Record.Fault {
  /// What a decoder found wrong, with the path of the field.
  public init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      self.init("", "cannot be read: \(error)")
      return
    }
    switch error {
    case .keyNotFound(let key, let context):
      self.init(Self.path(context.codingPath + [key]), "is missing; add it")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(Self.path(context.codingPath), "is of the wrong kind: \(context.debugDescription)")
    case .dataCorrupted(let context):
      self.init(Self.path(context.codingPath), context.debugDescription)
    @unknown default: self.init("", "cannot be read: \(error)")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return path + "[\(index)]" }
      return path.isEmpty ? key.stringValue : path + "." + key.stringValue
    }
  }
}

/// A closed list of words, whose faults name what it can be.
protocol ClosedWord: RawRepresentable<String>, CaseIterable, Codable {}

extension ClosedWord {
  public init(from decoder: any Decoder) throws {
    let word = try decoder.singleValueContainer().decode(String.self)
    guard let known = Self(rawValue: word) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "is '\(word)'; it can be: "
            + Self.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    self = known
  }
}

extension Record.Stance: ClosedWord {}
extension Record.Attribute: ClosedWord {}
extension Record.Speaker.Kind: ClosedWord {}
extension Record.Relay.Mode: ClosedWord {}
extension Record.Certainty.Level: ClosedWord {}
extension Record.When.Precision: ClosedWord {}
extension Record.Replacement.Kind: ClosedWord {}
extension Record.Handling.Status: ClosedWord {}
extension Record.Incident.Kind: ClosedWord {}
