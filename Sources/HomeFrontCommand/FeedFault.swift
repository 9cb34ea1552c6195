/// What is odd about a part of a file that was read all the same.
public struct FeedFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field, with the entry's number from 1 where there are several: `data`, `entry 3, alertDate`.
  public var place: String
  /// What is wrong and what was done with it.
  public var text: String

  public init(place: String, text: String) {
    self.place = place
    self.text = text
  }

  public var description: String { "\(place) \(text)" }
}

/// Why a file could not be read at all. It is not calm: nothing is known.
public enum UnreadableFeed: Error, Hashable, Sendable, CustomStringConvertible {
  /// The site's own page for "something is wrong", or any other web page.
  case page(beginning: String)
  case accessDenied
  case notJSON(beginning: String)
  case otherShape(expected: String, found: String)

  public var description: String {
    switch self {
    case .page(let beginning):
      "a web page came instead of data (\(beginning)). The server is ill, or the address is not the feed's."
    case .accessDenied:
      "the server denies access. It may serve only its own country; ask from there or through its proxy."
    case .notJSON(let beginning):
      "what came is no JSON (\(beginning)). It may have been cut off; if it goes on, look at the address."
    case .otherShape(let expected, let found):
      "\(found) came where \(expected) belongs. The format may have changed: compare it with the documentation."
    }
  }
}
