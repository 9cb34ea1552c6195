public import Foundation
public import Logging
public import ServiceLifecycle
public import TocsinEngine
import TocsinModel

/// The source "ukraine-alerts": the list of alerts that are on, as alerts.in.ua serves it.
public struct UkraineFeed: Service {
  public struct Settings: Hashable, Sendable {
    /// The id of the source in the plan.
    public var id: String
    public var url: URL
    public var token: String?
    public var interval: Duration

    public init(id: String, url: URL, token: String? = nil, interval: Duration = .seconds(10)) {
      self.id = id
      self.url = url
      self.token = token
      self.interval = interval
    }
  }

  let settings: Settings
  let inbox: Inbox
  let clock: any EngineClock
  let logger: Logger

  public init(_ settings: Settings, inbox: Inbox, clock: any EngineClock, logger: Logger) {
    self.settings = settings
    self.inbox = inbox
    self.clock = clock
    self.logger = logger
  }

  public func run() async throws {
    var headers = ["Accept": "application/json"]
    if let token = settings.token { headers["Authorization"] = "Bearer \(token)" }
    let poll = FeedPoll(
      url: settings.url, headers: headers, interval: settings.interval, isConditional: true)
    await cancelWhenGracefulShutdown {
      var reader = UkraineReader(source: settings.id)
      var watch = FeedWatch()
      var teller = FeedTeller(source: settings.id, inbox: inbox, logger: logger)
      await poll.run { outcome in
        let now = clock.read().now
        await teller.tell(
          outcome.news(at: now, &watch, unchanged: { reader.unchanged(at: now) }) {
            reader.list($0, at: now)
          })
      }
    }
  }
}
