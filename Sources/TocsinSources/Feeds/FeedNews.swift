package import TocsinModel

/// What one poll of a feed comes to.
package struct FeedNews: Hashable, Sendable {
  /// In the order in which they are to be told.
  package var statements: [Statement] = []
  /// What is wrong; said once for as long as it goes on.
  package var faults: [String] = []
  /// Whether the feed may be believed now: only then does it count as a sign of life.
  package var isAlive = false

  package init(statements: [Statement] = [], faults: [String] = [], isAlive: Bool = false) {
    self.statements = statements
    self.faults = faults
    self.isAlive = isAlive
  }

  static func dead(_ fault: String) -> FeedNews { FeedNews(faults: [fault]) }
}
