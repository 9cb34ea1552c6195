public import NewsReading
public import TocsinModel

/// A statement as a person confirms it out of a text that was read: what the draft says, mended where need be.
public struct ReadStatement: Hashable, Sendable, Codable {
  public var speaker: String
  public var kind: String
  /// Empty where the text gives none; so with all that follow.
  public var role: String
  public var stance: String
  public var attribute: String
  public var value: String
  /// Verbatim.
  public var quote: String
  /// When it was said, as printed.
  public var printed: String
  /// Through whom it reached the text, from the speaker outwards.
  public var relays: [String]

  /// As the text was read; what it seems to be about is a note where no rule can tell.
  public init(_ draft: Draft) {
    speaker = draft.speaker
    kind = draft.kind.rawValue
    role = draft.role
    stance = draft.stance.rawValue
    attribute = draft.attribute ?? Record.Attribute.note.rawValue
    value = draft.content
    quote = draft.quote
    printed = draft.time?.printed ?? ""
    relays = draft.relays
  }

  /// SHA-256 of a text as read, in hexadecimal digits: the capture of every statement out of it.
  public static func capture(of text: [UInt8]) -> String { CanonicalJSON.digest(ofBytes: text) }

  private struct Words: Encodable {
    var text: String
    var language = "en"
  }

  private struct Step: Encodable {
    var agent: Words
    var mode: String
    var capture: [String: String]
  }

  private struct Said: Encodable {
    var precision = "unknown"
    var printed: Words
  }

  /// The act that records it.
  ///
  /// - Parameters:
  ///   - outlet: whose text it is; the nearest step of the relay chain.
  ///   - capture: of the text, by ``capture(of:)``.
  /// - Returns: no act where something is lacking; the faults say what.
  public func act(
    incident: String, outlet: String, capture: String
  ) -> (act: Record.Act?, faults: [RecordImport.RowFault]) {
    func given(_ text: String) -> String? { text.isEmpty ? nil : text }
    let quote = given(quote)
    let mode = quote == nil ? "paraphrased" : "quoted"
    let steps =
      relays.map {
        Step(agent: Words(text: $0), mode: mode, capture: ["none": "named by the text alone"])
      } + [Step(agent: Words(text: outlet), mode: mode, capture: ["sha256": capture])]
    var cells = [
      "incident": incident, "speaker": speaker, "speaker_kind": kind,
      "stance": stance.replacing("-", with: " "), "attribute": attribute, "relays": json(steps),
    ]
    cells["speaker_role"] = given(role)
    cells["quote"] = quote.map { json(Words(text: $0)) }
    cells["value"] = given(value).map { amount($0) }
    cells["saidAt"] = given(printed).map { json(Said(printed: Words(text: $0))) }
    let read = RecordImport(cells: cells)
    return (read.faults.isEmpty ? read.acts.first : nil, read.faults)
  }

  /// A number or a term of the attribute's own list stands for itself; all else are words.
  private func amount(_ text: String) -> String {
    struct Exact<Scalar: Encodable>: Encodable { var exact: Scalar }
    struct Spoken: Encodable { var words: Words }
    if let number = Double(text) { return json(Exact(exact: number)) }
    switch Record.Attribute(rawValue: attribute)?.rule {
    case .closedTerms(let terms), .openTerms(let terms):
      if terms.contains(text) { return json(Exact(exact: text)) }
    default: break
    }
    return json(Spoken(words: Words(text: text)))
  }

  private func json(_ value: some Encodable) -> String {
    String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }
}
