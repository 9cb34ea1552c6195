import CAP
import Foundation
import Logging
package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// The source "cap": an Atom, RSS or EDXL feed of CAP messages, or one message, polled.
struct CAPFeed: Service {
  let url: URL
  let interval: Duration
  let settings: CAPReader.Settings
  let plan: Plan
  let inbox: Inbox
  let clock: any EngineClock
  let logger: Logger

  /// Messages that a feed only links to and that are fetched in one poll; the rest waits for the next.
  private static let fetches = 50

  func run() async throws {
    let poll = FeedPoll(url: url, headers: [:], interval: interval, isConditional: true)
    await cancelWhenGracefulShutdown {
      var reader = CAPReader(settings, plan: plan)
      var watch = FeedWatch()
      var teller = FeedTeller(source: settings.source, inbox: inbox, logger: logger)
      var links = Links()
      // "Nothing new" after an answer that was no feed is no sign of life.
      var isSound = false
      await poll.run { outcome in
        let now = clock.read().now
        var document: Document?
        var news = outcome.news(
          at: now, &watch, unchanged: { FeedNews(isAlive: isSound) }
        ) { bytes in
          document = Document.read(bytes)
          return FeedNews(isAlive: true)
        }
        if let document { isSound = if case .other = document { false } else { true } }
        switch document {
        case .alert(let reading):
          if case .success(let answer) = outcome, let bytes = answer.body {
            news.add(reader.read(reading, bytes, at: now))
          }
        case .feed(let feed, _): news.add(await read(feed, &reader, &links, at: now))
        case .other(let faults):
          news = .dead(faults.first.map { "\($0)" } ?? "The answer is no CAP feed.")
        case nil: break
        }
        await teller.tell(news)
      }
    }
  }

  /// What of the links of a feed was fetched already.
  private struct Links { var done: Set<String> = [] }

  private func read(
    _ feed: Feed, _ reader: inout CAPReader, _ links: inout Links, at now: Timestamp
  ) async -> FeedNews {
    var messages: [(reading: Reading, bytes: [UInt8])] = []
    var news = FeedNews()
    var fetched = 0
    for entry in feed.entries {
      if let inside = entry.embedded {
        messages.append((inside.reading, inside.bytes))
        continue
      }
      let mark = entry.id + " " + (entry.updated?.description ?? "")
      guard let link = entry.link, !links.done.contains(mark), fetched < Self.fetches else {
        continue
      }
      guard let address = URL(string: link, relativeTo: url)?.absoluteURL,
        ["http", "https"].contains(address.scheme ?? "")
      else {
        news.faults.append(
          "The entry '\(entry.id.prefix(80))' links to nothing that can be fetched.")
        continue
      }
      fetched += 1
      do {
        let answer = try await FeedFetcher(url: address).fetch()
        messages.append((Reading(answer.body ?? []), answer.body ?? []))
        links.done.insert(mark)
      } catch {
        // It is tried again with the next poll.
        news.faults.append("The message at \(address.absoluteString) cannot be fetched: \(error)")
      }
    }
    links.done.formIntersection(feed.entries.map { $0.id + " " + ($0.updated?.description ?? "") })
    // Oldest first: an update must find what it replaces.
    for message in messages.sorted(by: {
      ($0.reading.alert?.sent.seconds ?? 0) < ($1.reading.alert?.sent.seconds ?? 0)
    }) {
      news.add(reader.read(message.reading, message.bytes, at: now))
    }
    return news
  }
}

extension FeedNews {
  fileprivate mutating func add(_ more: FeedNews) {
    statements += more.statements
    faults += more.faults
  }
}

/// `kind: cap`.
package struct CAPSource: SourceKind {
  package static let word = "cap"
  package static let planKind = Source.Kind.feed
  private let url: URL
  private let interval: Duration
  private var settings: CAPReader.Settings

  package var description: String {
    "CAP messages at \(url.absoluteString), every \(interval.inSeconds) s; \(settings.speakers)"
  }

  package init(_ fields: inout YAMLFields) {
    url = fields.webAddress("url") ?? URL(filePath: "/")
    interval = fields.optionalDuration("interval") ?? .seconds(30)
    if interval < .milliseconds(100) || interval > .seconds(600) {
      fields.fault("interval", "is not from 100 ms to 10 min")
    }
    settings = CAPReader.Settings(&fields)
  }

  package func faults(of source: Source, in plan: Plan) -> [KeyFault] {
    settings.faults(in: plan)
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    var settings = settings
    settings.source = source.id
    return CAPFeed(
      url: url, interval: interval, settings: settings, plan: outside.plan, inbox: outside.inbox,
      clock: SystemClock(), logger: outside.logger)
  }
}
