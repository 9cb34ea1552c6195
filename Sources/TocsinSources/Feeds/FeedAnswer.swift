public import TocsinModel

/// What a server answered to one poll.
public struct FeedAnswer: Hashable, Sendable {
  /// `nil`: not modified since the last answer.
  public var body: [UInt8]?
  public var entityTag: String?
  public var lastModified: String?
  /// When the server says it answered.
  public var date: Timestamp?

  public init(
    body: [UInt8]?, entityTag: String? = nil, lastModified: String? = nil, date: Timestamp? = nil
  ) {
    self.body = body
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.date = date
  }
}

/// Why a poll brought nothing. It is not calm: nothing is known.
public enum FetchFault: Error, Hashable, Sendable, CustomStringConvertible {
  case unreachable(String)
  case tooSlow(Duration)
  case redirected(to: String)
  case refused(status: Int)
  case tooLarge(limit: Int)

  public var description: String {
    switch self {
    case .unreachable(let reason):
      "the server cannot be reached (\(reason)). Check the address and the network."
    case .tooSlow(let limit):
      "the server had not answered whole after \(limit.inSeconds) s; the poll was given up."
    case .redirected(let address):
      "the server sends us to \(address); redirects are not followed. Configure the new address if it is right."
    case .refused(let status):
      "the server answered with status \(status)."
        + (status == 401 || status == 403 ? " Check the token." : "")
    case .tooLarge(let limit):
      "the answer is longer than \(limit) bytes; it was dropped. Compare the address."
    }
  }
}
