import Logging
import TocsinEngine
import TocsinModel

/// Puts what a feed's polls come to into the inbox: faults once, statements in order, then a sign of life.
struct FeedTeller: Sendable {
  let source: String
  let inbox: Inbox
  let logger: Logger
  private var watch = FeedWatch()

  init(source: String, inbox: Inbox, logger: Logger) {
    self.source = source
    self.inbox = inbox
    self.logger = logger
  }

  mutating func tell(_ news: FeedNews) async {
    // A danger does not wait for complaints.
    for statement in news.statements { await put(statement) }
    if news.isAlive && news.statements.isEmpty {
      await put(Statement(source: source, said: nil, content: .alive))
    }
    for fault in watch.news(of: news.faults) {
      logger.warning("Feed in trouble", metadata: ["source": "\(source)", "fault": "\(fault)"])
      await put(Statement(source: source, said: nil, content: .trouble(fault)))
    }
  }

  /// A full inbox is met by trying again: an alert is not lost because much is going on.
  private func put(_ statement: Statement) async {
    while !Task.isCancelled {
      do {
        try await inbox.drop(.statement(statement))
        return
      } catch InboxRefusal.full where statement.content != .alive {
        try? await Task.sleep(for: .milliseconds(50))
      } catch {
        return  // The engine is stopping, or it was a sign of life.
      }
    }
  }
}
