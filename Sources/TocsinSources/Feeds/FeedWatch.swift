package import TocsinModel

/// Tells a feed that is dead, frozen or going back from one that is calm, by what surrounds its content.
package struct FeedWatch: Sendable {
  private var lastModified: Timestamp?
  /// What was said last, so that a fault that goes on is said once.
  private var said: Set<String> = []

  /// An answer made longer ago than this is some cache's, and says nothing about now.
  static let oldestAnswer = Duration.seconds(120)
  /// Servers behind one name may differ by some seconds.
  static let backStep = Duration.seconds(60)

  package init() {}

  /// What is wrong with an answer whatever is in it; `nil` if nothing is.
  package mutating func fault(in answer: FeedAnswer, at now: Timestamp) -> String? {
    if let date = answer.date, date + Self.oldestAnswer < now {
      return
        "the answer is \(Int((now - date).inSeconds)) s old by its own date. Something between keeps "
        + "old answers, or a clock is wrong; it was not used."
    }
    guard let modified = answer.lastModified.flatMap(HTTPDate.moment) else { return nil }
    if let lastModified, modified + Self.backStep < lastModified {
      return "the feed went back from \(lastModified) to \(modified); what is old was not used."
    }
    lastModified = max(modified, lastModified ?? modified)
    return nil
  }

  /// Those of some faults that were not said at the last poll.
  mutating func news(of faults: [String]) -> [String] {
    defer { said = Set(faults) }
    return faults.filter { !said.contains($0) }
  }
}
