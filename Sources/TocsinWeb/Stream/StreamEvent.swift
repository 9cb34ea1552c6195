import NIOCore
import TocsinModel

/// One event of the stream, already written as bytes: every reader gets these same bytes.
struct StreamEvent: Sendable {
  enum Audience: Sendable { case everybody, operators }

  enum Kind: String, Sendable {
    case picture, warning, health, clock, situation, entry
    case allClear = "all-clear"

    /// Whether a reader who comes back is told of it again; the others are only ever sent as they are now.
    var isKept: Bool {
      self == .warning || self == .allClear || self == .health || self == .picture
    }

    var audience: Audience { self == .situation || self == .entry ? .operators : .everybody }
  }

  var number: Int
  var kind: Kind
  var bytes: ByteBuffer
  /// The zones it warns; their readers are served first.
  var zones: Set<String> = []

  /// Server-sent events (WHATWG HTML, section 9.2.6). `json` must hold no line break, as JSON on one line does.
  /// - Parameter id: only for what can be resumed from.
  static func write(_ kind: Kind, json: some Sequence<UInt8>, id: String?) -> ByteBuffer {
    var bytes = ByteBuffer()
    if let id { bytes.writeString("id: \(id)\n") }
    bytes.writeString("event: \(kind.rawValue)\ndata: ")
    bytes.writeBytes(json)
    bytes.writeString("\n\n")
    return bytes
  }
}

extension StreamEvent.Kind {
  /// The name of the event that carries a notice.
  init(_ notice: Notice.Kind) {
    self =
      switch notice {
      case .warning, .extension, .renewal: .warning
      case .allClear, .correction: .allClear
      }
  }
}
