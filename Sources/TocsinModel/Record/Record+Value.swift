extension Record {
  /// A value as the speaker put it: never rounded, never averaged.
  public struct Value: Hashable, Sendable {
    public var amount: Amount
    public var unit: String?
    /// What is counted or spoken of, where it is less than the whole: "20 minutes", "the day".
    public var scope: String?
    /// "About", "some", "around".
    public var isApproximate: Bool
    /// The words for it, where they say more than the amount.
    public var words: Words?

    public enum Amount: Hashable, Sendable {
      case exact(Scalar)
      case range(Double, Double)
      case atLeast(Double)
      case atMost(Double)
      case oneOf([Scalar])
      case place(Place)
      case interval(When)
      /// Only the words themselves.
      case spoken
      case unknown
    }

    public init(
      _ amount: Amount, unit: String? = nil, scope: String? = nil, isApproximate: Bool = false,
      words: Words? = nil
    ) {
      self.amount = amount
      self.unit = unit
      self.scope = scope
      self.isApproximate = isApproximate
      self.words = words
    }

    public static func number(_ number: Double, unit: String? = nil) -> Value {
      Value(.exact(.number(number)), unit: unit)
    }

    public static func term(_ term: String) -> Value { Value(.exact(.term(term))) }
  }

  public enum Scalar: Hashable, Sendable {
    case number(Double)
    case term(String)
  }

  /// A place as named. It has no coordinates: what could correct an aim is not in the record's public part.
  public struct Place: Hashable, Sendable, Codable {
    /// As named, each in the speaker's words.
    public var names: [Words]
    /// Zones that it is or lies in, by id.
    public var zones: [String]?
    /// Larger places that contain it.
    public var within: [String]?

    public init(_ names: [Words], zones: [String]? = nil, within: [String]? = nil) {
      self.names = names
      self.zones = zones
      self.within = within
    }
  }
}

extension Record.Scalar: Codable {
  public init(from decoder: any Decoder) throws {
    let one = try decoder.singleValueContainer()
    if let number = try? one.decode(Double.self) {
      self = .number(number)
    } else {
      self = .term(try one.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    switch self {
    case .number(let number): try one.encode(number)
    case .term(let term): try one.encode(term)
    }
  }
}

/// `{"exact":11,"unit":"people"}`, `{"atLeast":10}`, `{"range":[10,12]}`, `{"oneOf":["a","b"]}`,
/// `{"place":{…}}`, `{"interval":{…}}`, `{"words":"…"}` alone, `{}` for unknown.
extension Record.Value: Codable {
  enum CodingKeys: String, CodingKey {
    case exact, range, atLeast, atMost, oneOf, place, interval, unknown, unit, scope, approximate
    case words
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let amounts: [CodingKeys] = [
      .exact, .range, .atLeast, .atMost, .oneOf, .place, .interval, .unknown,
    ]
    let given = amounts.filter(fields.contains)
    guard given.count <= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: given[1], in: fields,
        debugDescription: "stands beside '\(given[0].rawValue)'; a value has one of them")
    }
    words = try fields.decodeIfPresent(Record.Words.self, forKey: .words)
    unit = try fields.decodeIfPresent(String.self, forKey: .unit)
    scope = try fields.decodeIfPresent(String.self, forKey: .scope)
    isApproximate = try fields.decodeIfPresent(Bool.self, forKey: .approximate) ?? false
    amount = try Self.amount(given.first, fields) ?? (words == nil ? .unknown : .spoken)
  }

  private static func amount(
    _ key: CodingKeys?, _ fields: KeyedDecodingContainer<CodingKeys>
  ) throws -> Amount? {
    switch key {
    case .exact: return .exact(try fields.decode(Record.Scalar.self, forKey: .exact))
    case .range:
      let ends = try fields.decode([Double].self, forKey: .range)
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw DecodingError.dataCorruptedError(
          forKey: .range, in: fields, debugDescription: "is no range; write [10, 12]")
      }
      return .range(ends[0], ends[1])
    case .atLeast: return .atLeast(try fields.decode(Double.self, forKey: .atLeast))
    case .atMost: return .atMost(try fields.decode(Double.self, forKey: .atMost))
    case .oneOf: return .oneOf(try fields.decode([Record.Scalar].self, forKey: .oneOf))
    case .place: return .place(try fields.decode(Record.Place.self, forKey: .place))
    case .interval: return .interval(try fields.decode(Record.When.self, forKey: .interval))
    case .unknown: return .unknown
    default: return nil
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch amount {
    case .exact(let scalar): try fields.encode(scalar, forKey: .exact)
    case .range(let low, let high): try fields.encode([low, high], forKey: .range)
    case .atLeast(let low): try fields.encode(low, forKey: .atLeast)
    case .atMost(let high): try fields.encode(high, forKey: .atMost)
    case .oneOf(let scalars): try fields.encode(scalars, forKey: .oneOf)
    case .place(let place): try fields.encode(place, forKey: .place)
    case .interval(let when): try fields.encode(when, forKey: .interval)
    case .spoken: break
    case .unknown: try fields.encode(true, forKey: .unknown)
    }
    try fields.encodeIfPresent(unit, forKey: .unit)
    try fields.encodeIfPresent(scope, forKey: .scope)
    if isApproximate { try fields.encode(true, forKey: .approximate) }
    try fields.encodeIfPresent(words, forKey: .words)
  }
}
