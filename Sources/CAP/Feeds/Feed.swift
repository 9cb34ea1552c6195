/// A list of messages: an Atom or RSS feed, or an EDXL-DE envelope.
///
/// Sources: RFC 4287; RSS 2.0; EDXL-DE 1.0; Google's feed formats.
public struct Feed: Hashable, Sendable {
  public var kind: Kind
  public var id: String?
  public var title: String?
  public var updated: Moment?
  public var entries: [Entry]

  public enum Kind: String, Hashable, Sendable { case atom, rss, edxl }

  /// One message of the list.
  public struct Entry: Hashable, Sendable {
    public var id: String
    public var title: String
    public var updated: Moment?
    /// Where the message is, as written: it may be relative to the feed's own address.
    public var link: String?
    /// The message itself, if it stands in the list.
    public var embedded: Embedded?

    public init(
      id: String, title: String, updated: Moment?, link: String?, embedded: Embedded? = nil
    ) {
      self.id = id
      self.title = title
      self.updated = updated
      self.link = link
      self.embedded = embedded
    }
  }

  /// A message that stands in a list, and as a document of its own.
  public struct Embedded: Hashable, Sendable {
    public var reading: Reading
    /// White space around it and a signature over it are kept; the document around it is not.
    public var bytes: [UInt8]
  }

  public init(
    kind: Kind, id: String? = nil, title: String? = nil, updated: Moment? = nil,
    entries: [Entry] = []
  ) {
    self.kind = kind
    self.id = id
    self.title = title
    self.updated = updated
    self.entries = entries
  }
}

/// A document that holds messages or says where they are.
public enum Document: Hashable, Sendable {
  case alert(Reading)
  /// With the faults of the list and of the messages in it.
  case feed(Feed, [Fault])
  /// Something else; the fault says what.
  case other([Fault])

  public var faults: [Fault] {
    switch self {
    case .alert(let reading): reading.faults
    case .feed(_, let faults), .other(let faults): faults
    }
  }

  /// Reads a CAP message, an Atom or RSS feed or an EDXL-DE envelope, whichever it is.
  public static func read(
    _ bytes: [UInt8], profiles: [Profile] = [], limit: Int = Reading.limit
  ) -> Document {
    do {
      return try XMLTree.read(bytes, limit: limit) { root in read(root, profiles) }
    } catch {
      return .other([Fault(error)])
    }
  }

  private static func read(_ root: Element, _ profiles: [Profile]) -> Document {
    var faults = Faults()
    let feed: Feed
    switch (root.name, root.namespace) {
    case ("feed", "http://www.w3.org/2005/Atom"):
      feed = AtomReading(profiles).read(root, &faults)
    case ("rss", nil): feed = RSSReading(profiles).read(root, &faults)
    case ("EDXLDistribution", _): feed = EnvelopeReading(profiles).read(root, &faults)
    case ("alert", _): return .alert(Reading(root, profiles))
    default:
      faults.add(
        .feedUnknown, at: root,
        "is neither a CAP message ('alert') nor a list of them ('feed', 'rss', 'EDXLDistribution')")
      return .other(faults.listed)
    }
    let inside = feed.entries.flatMap { $0.embedded?.reading.faults ?? [] }
    return .feed(feed, (faults.listed + inside).inOrder)
  }
}

extension [Fault] {
  /// By line, and as found on the same line.
  var inOrder: [Fault] {
    enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }
}

extension Element {
  /// The first CAP message in it, however deep.
  var embeddedAlert: Element? {
    if name == "alert", namespace.flatMap(Version.init) != nil { return self }
    for child in children {
      if let found = child.embeddedAlert { return found }
    }
    return nil
  }

  func embedded(_ profiles: [Profile]) -> Feed.Embedded? {
    embeddedAlert.map { Feed.Embedded(reading: Reading($0, profiles), bytes: $0.asDocument) }
  }

  func requires(_ names: [String], _ faults: inout Faults) {
    for name in names where !has(name) {
      faults.add(.feedElement, at: self, "lacks '\(name)', which must be there")
    }
  }
}
