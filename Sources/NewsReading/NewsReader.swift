/// Reads English news texts and drafts who said what in them.
///
/// It goes by the grammar of attribution: verbs of saying, "according to", quotations and where
/// they stand. It knows no names. Time and memory grow linearly with the text.
public struct NewsReader: Sendable {
  /// The outlet whose text it is, for its own voice.
  public var outlet: String?
  /// The day the text came out, to which "on Sunday" counts back.
  public var published: CivilDay?
  /// Whether to draft what the text says in its own voice.
  public var narrates: Bool

  public init(outlet: String? = nil, published: CivilDay? = nil, narrates: Bool = false) {
    self.outlet = outlet
    self.published = published
    self.narrates = narrates
  }

  public func read(_ text: String) -> Reading { read(Array(text.utf8)) }

  /// Reads a file's bytes; what is not UTF-8 is mended and said.
  public func read(_ file: [UInt8]) -> Reading {
    let plain = PlainText(file)
    var pass = ReadingPass(plain, self)
    pass.run()
    return pass.reading
  }
}

/// What a text was read as.
public struct Reading: Hashable, Sendable {
  /// The text as UTF-8; ranges count its bytes.
  public internal(set) var text: [UInt8]
  public internal(set) var sentences: [Range<Int>] = []
  public internal(set) var drafts: [Draft] = []
  public internal(set) var faults: [ReadingFault] = []

  public func words(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
}
