public import Foundation
public import Logging
public import ServiceLifecycle
public import TocsinEngine
import TocsinModel

/// The source "home-front-command": its real-time file every second or two, its history beside it.
public struct HomeFrontFeed: Service {
  public struct Settings: Hashable, Sendable {
    /// The id of the source in the plan.
    public var id: String
    public var realTime: URL
    /// `nil`: what the real-time file loses stays lost, and ends are only those it shows.
    public var history: URL?
    public var interval: Duration
    public var historyInterval: Duration
    /// The hazard of early warnings, which do not name one.
    public var earlyHazard: String

    public init(
      id: String, realTime: URL, history: URL? = nil, interval: Duration = .seconds(1),
      historyInterval: Duration = .seconds(10), earlyHazard: String = "rockets"
    ) {
      self.id = id
      self.realTime = realTime
      self.history = history
      self.interval = interval
      self.historyInterval = historyInterval
      self.earlyHazard = earlyHazard
    }

    /// What the server of the Home Front Command wants to see of a client.
    static let headers = [
      "Referer": "https://www.oref.org.il/", "X-Requested-With": "XMLHttpRequest",
      "Accept": "application/json",
    ]
  }

  let settings: Settings
  let everywhere: [String]
  let inbox: Inbox
  let clock: any EngineClock
  let logger: Logger

  /// - Parameter everywhere: the names of all zones, for alerts of the whole country.
  public init(
    _ settings: Settings, everywhere: [String], inbox: Inbox, clock: any EngineClock,
    logger: Logger
  ) {
    self.settings = settings
    self.everywhere = everywhere
    self.inbox = inbox
    self.clock = clock
    self.logger = logger
  }

  private enum File: Sendable { case realTime, history }

  public func run() async throws {
    let polls = AsyncStream.makeStream(of: (file: File, poll: FeedPoll.Outcome).self)
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await poll(.realTime, settings.realTime, settings.interval, polls.continuation)
        }
        if let history = settings.history {
          group.addTask {
            await poll(.history, history, settings.historyInterval, polls.continuation)
          }
        }
        group.addTask { await read(polls.stream) }
        await group.waitForAll()
      }
    }
  }

  /// Each file in its own task: a slow history does not hold up the alerts.
  private func poll(
    _ file: File, _ url: URL, _ interval: Duration,
    _ polls: AsyncStream<(file: File, poll: FeedPoll.Outcome)>.Continuation
  ) async {
    await FeedPoll(url: url, headers: Settings.headers, interval: interval).run {
      polls.yield((file, $0))
    }
    polls.finish()
  }

  private func read(_ polls: AsyncStream<(file: File, poll: FeedPoll.Outcome)>) async {
    var reader = HomeFrontReader(
      source: settings.id, earlyHazard: settings.earlyHazard, everywhere: everywhere)
    var watches: [File: FeedWatch] = [:]
    var tellers: [File: FeedTeller] = [:]
    for await (file, poll) in polls {
      let now = clock.read().now
      var news = poll.news(at: now, &watches[file, default: FeedWatch()]) { bytes in
        file == .realTime ? reader.realTime(bytes, at: now) : reader.history(bytes, at: now)
      }
      // Only the file that is first with an alert shows that alerts would reach us.
      if file == .history { news.isAlive = false }
      await tellers[file, default: FeedTeller(source: settings.id, inbox: inbox, logger: logger)]
        .tell(news)
    }
  }
}
