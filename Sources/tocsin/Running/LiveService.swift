import Logging
import ServiceLifecycle
import TocsinChannels
import TocsinConfiguration
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSources
import TocsinWeb

/// A live Tocsin: what is configured, on the machine's clock, for real danger and exercises.
struct LiveService {
  let configuration: Configuration
  let logger: Logger

  init(_ configuration: Configuration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  func run() async throws {
    let home = Home(configuration.home)
    let keys = KeyFile(path: try home.keys())
    let inbox = Inbox()
    let plan = configuration.plan
    var site = WebServer.Configuration(
      host: configuration.listen.host, port: configuration.listen.port)
    site.endsInRealTime = configuration.endsInRealTime
    site.history = try home.history()
    let surroundings = ChannelOutside(
      plan: plan, home: home.folder, address: configuration.listen, logger: logger)
    let channels = try configuration.channels.map {
      try $0.kind.channel(for: $0.outlet, with: surroundings)
    }
    let outside = SourceOutside(inbox: inbox, keys: keys, plan: plan, logger: logger)
    let posted = configuration.sources.compactMap { source in
      (source.kind as? PostedCAP).map {
        (source.source.id, $0.intake(for: source.source, with: outside))
      }
    }
    let web = try WebServer(
      configuration: site, keys: keys, inbox: inbox,
      publishers: channels.compactMap { $0 as? any Publishing },
      subscribers: channels.compactMap { $0 as? any Subscribing },
      messages: Dictionary(uniqueKeysWithValues: posted), logger: logger)
    let lock = try JournalLock(try home.journal())
    let journal = try LostJournal.unlessOpened(path: try home.journal(), mode: .actual)
    let engine = Engine(
      mode: .actual, plan: plan, clock: SystemClock(), journal: journal, inbox: inbox,
      channels: [web.channel, web.compatible] + channels,
      viewers: [web, Teller()] + channels.compactMap { $0 as? any Viewer }, logger: logger)
    let sources = try configuration.sources.compactMap {
      try $0.kind.service(for: $0.source, with: outside)
    }
    configuration.lines.forEach(Output.line)
    let retention = (journal as? SQLiteJournal).map {
      PlotRetention($0, clock: SystemClock(), kept: plan.policy.plotsKept, logger: logger)
    }
    let all: [any Service] =
      [web, engine] + [retention].compactMap(\.self) + sources
      + channels.compactMap { $0 as? any Service }
    try await ServiceGroup.run(all.map { .init(service: $0) }, logger)
    extendLifetime(lock)
  }
}
