import Foundation
import HomeFrontCommand
import Logging
import ServiceLifecycle
import Testing
import TocsinEngine
import TocsinModel
import TocsinSources

@Suite struct `A poll` {
  private func fault(_ quirk: Quirk, limit: Int = 1 << 20) async -> FetchFault? {
    let fetcher = FeedFetcher(url: quirk.url, limit: limit, patience: .milliseconds(600))
    do throws(FetchFault) {
      _ = try await fetcher.fetch()
      return nil
    } catch { return error }
  }

  @Test func `gives up on a server that hangs`() async throws {
    let quirk = try Quirk(nil)
    #expect(await fault(quirk) == .tooSlow(.milliseconds(600)))
  }

  @Test func `gives up on a server that drips for ever`() async throws {
    let quirk = try Quirk(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".utf8))
    #expect(await fault(quirk) != nil)
  }

  @Test func `follows no redirect and says where it leads`() async throws {
    let quirk = try Quirk("302 Found\r\nLocation: http://127.0.0.1:1/elsewhere")
    #expect(await fault(quirk) == .redirected(to: "http://127.0.0.1:1/elsewhere"))
  }

  @Test func `drops an answer that is too long`() async throws {
    let quirk = try Quirk("200 OK", body: String(repeating: "x", count: 5_000))
    #expect(await fault(quirk, limit: 4_000) == .tooLarge(limit: 4_000))
    #expect(await fault(quirk, limit: 5_000) == nil)
  }

  @Test func `tells a refusal and a server that is not there`() async throws {
    #expect(await fault(try Quirk("403 Forbidden")) == .refused(status: 403))
    let nobody = FeedFetcher(url: URL(string: "http://127.0.0.1:1/")!)
    await #expect(throws: FetchFault.self) { try await nobody.fetch() }
  }
}

/// One Tocsin warns, another reads its files as a feed, and shows the same people the same.
@Suite struct `A feed on the whole line` {
  private static let feed = Source(
    id: "authority", name: "Authority", kind: .feed, hasAuthority: true, heartbeat: .seconds(2))

  private static var plan: Plan {
    var plan = Plan.test
    plan.sources.append(feed)
    plan.outlets = [.pages, .compatible]
    return plan
  }

  private static func listening(
    to url: URL, history: URL? = nil
  ) -> @Sendable (Inbox) -> [any Service] {
    { inbox in
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      return [
        HomeFrontFeed(
          .init(
            id: feed.id, realTime: url, history: history, interval: .milliseconds(200),
            historyInterval: .milliseconds(300)),
          everywhere: plan.zones.map { $0.name["he"] }, inbox: inbox, clock: SystemClock(),
          logger: logger)
      ]
    }
  }

  private func picture(
    _ station: Station, until isSo: (PublicPicture) -> Bool
  ) async throws -> PublicPicture? {
    for _ in 0..<500 {
      let picture = try await station.ask("GET", "/api/picture").json(PublicPicture.self)
      if isSo(picture) { return picture }
      try await Task.sleep(for: .milliseconds(20))
    }
    return nil
  }

  @Test(.timeLimit(.minutes(1)))
  func `warns and ends as the authority does`() async throws {
    try await Station.run(plan: Self.plan) { authority in
      let base = "http://127.0.0.1:\(authority.port)/WarningMessages/alert/"
      let url = try #require(URL(string: base + "alerts.json"))
      let history = try #require(URL(string: base + "History/AlertsHistory.json"))
      try await Station.run(
        plan: Self.plan, sources: Self.listening(to: url, history: history)
      ) { station in
        try await authority.order(
          #"{"order":"warn","hazard":"rockets","zones":["Zikim","Netiv HaAsara"]}"#)
        let warned = try await picture(station) { $0.zones.count == 2 }
        #expect(warned?.zones.map(\.zone) == ["1", "3"])
        #expect(warned?.zones.allSatisfy { $0.stage == .shelter } == true)
        let told = try await authority.ask("GET", "/api/picture").json(PublicPicture.self)
        let warning = try #require(told.warnings.first?.id)
        try await authority.order(#"{"order":"clear","warning":"\#(warning)"}"#)
        let ended = try await picture(station) { picture in
          picture.zones.allSatisfy { $0.stage == .ended }
        }
        #expect(ended?.zones.count == 2)
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `is blind and says why when a page comes instead of data`() async throws {
    let quirk = try Quirk("200 OK", body: "<html>we are sorry</html>")
    try await Station.run(plan: Self.plan, sources: Self.listening(to: quirk.url)) { station in
      let blind = try await picture(station) { $0.health.allSatisfy { $0.state == .blind } }
      #expect(blind != nil)
      let situation = try await station.ask("GET", "/api/situation", key: station.operator)
        .json(Situation.self)
      #expect(situation.refusals.count { $0.text.contains("a web page came") } == 1)
    }
  }
}
