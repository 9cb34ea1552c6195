/// One CAP message.
///
/// Source: OASIS Common Alerting Protocol 1.2, section 3.2. What a message says in words that the standard
/// does not know is `nil` here, and a ``Fault`` tells of it.
public struct Alert: Hashable, Sendable {
  /// With `sender` and `sent` the message's identity. No space, comma, `<` or `&`.
  public var identifier: String
  public var sender: String
  public var sent: Moment
  public var status: Status?
  public var kind: Kind?
  public var source: String?
  public var scope: Scope?
  public var restriction: String?
  public var addresses: [String]
  public var codes: [String]
  public var note: String?
  public var references: [Reference]
  public var incidents: [String]
  public var infos: [Info]
  /// How many XML signatures it carries; whether they hold is for `XMLSignature` to say.
  public var signatures: Int

  public init(
    identifier: String, sender: String, sent: Moment, status: Status?, kind: Kind?,
    source: String? = nil, scope: Scope? = .public, restriction: String? = nil,
    addresses: [String] = [], codes: [String] = [], note: String? = nil,
    references: [Reference] = [], incidents: [String] = [], infos: [Info] = []
  ) {
    self.identifier = identifier
    self.sender = sender
    self.sent = sent
    self.status = status
    self.kind = kind
    self.source = source
    self.scope = scope
    self.restriction = restriction
    self.addresses = addresses
    self.codes = codes
    self.note = note
    self.references = references
    self.incidents = incidents
    self.infos = infos
    signatures = 0
  }

  /// By which other messages refer to it.
  public var reference: Reference {
    Reference(sender: sender, identifier: identifier, sent: sent)
  }
}

extension Alert {
  /// How to handle it. Only `actual` is for the public.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case actual = "Actual"
    case exercise = "Exercise"
    case system = "System"
    case test = "Test"
    case draft = "Draft"
  }

  /// The standard's `msgType`.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case alert = "Alert"
    case update = "Update"
    case cancel = "Cancel"
    case acknowledgement = "Ack"
    case error = "Error"
  }

  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case `public` = "Public"
    case restricted = "Restricted"
    case `private` = "Private"
  }
}

/// Another message, as `references` names it: `sender,identifier,sent`.
public struct Reference: Hashable, Sendable, CustomStringConvertible {
  public var sender: String
  public var identifier: String
  public var sent: Moment

  public init(sender: String, identifier: String, sent: Moment) {
    self.sender = sender
    self.identifier = identifier
    self.sent = sent
  }

  public var description: String { "\(sender),\(identifier),\(sent)" }

  /// Whether both name the same message: the instant counts, not the offset it was written in.
  public func names(_ other: Reference) -> Bool {
    sender == other.sender && identifier == other.identifier && sent.seconds == other.sent.seconds
  }
}

/// A value with the name of its domain: event code, parameter or geocode.
public struct NamedValue: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
