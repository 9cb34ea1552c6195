public import TocsinModel

/// A channel whose receivers come and fetch: what it has out is served under `/` and its id.
public protocol Publishing: Channel {
  /// - Parameters:
  ///   - path: below the channel's own, without a leading slash: `feed.atom`.
  ///   - now: what is too old by then is listed no more.
  /// - Returns: `nil` if there is no such document.
  func document(at path: String, now: Timestamp) -> PublishedDocument?
}

/// Bytes that are served as they are.
public struct PublishedDocument: Hashable, Sendable {
  public var bytes: [UInt8]
  /// For `Content-Type`.
  public var type: String
  public var modified: Timestamp

  public init(bytes: [UInt8], type: String, modified: Timestamp) {
    self.bytes = bytes
    self.type = type
    self.modified = modified
  }
}
