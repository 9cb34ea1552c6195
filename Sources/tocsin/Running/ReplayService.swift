import ArgumentParser
import Logging
import ServiceLifecycle
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSources
import TocsinWeb

/// A past day played into the pages, on its own clock.
struct ReplayService {
  struct Options: ParsableArguments {
    @Option(help: "Seconds of the scenario in one second, while plots come in. (default: 1)")
    var speed: Double?

    @Option(help: "Seconds that a quiet stretch of the scenario takes at most. (default: 5)")
    var wait: Double?

    @Flag(help: "End after the scenario.")
    var once = false

    @Option(
      parsing: .upToNextOption,
      help:
        "With --once: exit 0 only if exactly these zones were told to take shelter, and all ended.")
    var expect: [String] = []

    var isUsed: Bool { speed != nil || wait != nil || once || !expect.isEmpty }

    func validate() throws {
      guard Pace.Speed.range.contains(speed ?? 1), (0.001...86_400).contains(wait ?? 5) else {
        throw ValidationError(
          "--speed is a number from 0.001 to 1000000, --wait one of seconds from 0.001 to 86400.")
      }
    }
  }

  let scenario: Scenario
  let port: Int
  let options: Options
  let logger: Logger

  init(_ name: String, port: Int, options: Options, logger: Logger) throws {
    scenario = try Scenario.find(name)
    self.port = port
    self.options = options
    self.logger = logger
  }

  func run() async throws {
    let home = Home(nil)
    let inbox = Inbox()
    let lock = try JournalLock(try home.journal())
    let journal = try SQLiteJournal(path: try home.journal(), mode: .replay)
    let kept = try await journal.restore().entries
    let clock = ReplayClock(at: kept.last?.event.time ?? scenario.start)
    var site = WebServer.Configuration(port: port)
    site.history = try home.history()
    let web = try WebServer(
      configuration: site, keys: KeyFile(path: try home.keys()), inbox: inbox,
      clock: clock, logger: logger)
    let engine = Engine(
      mode: .replay, plan: scenario.plan(zones: try scenario.zones.read()), clock: clock,
      journal: journal, inbox: inbox, channels: [web.channel], viewers: [web, Teller()],
      logger: logger)
    let player = ScenarioPlayer(
      scenario: scenario, clock: clock, inbox: inbox, speed: options.speed ?? 1,
      longestWait: options.wait ?? 5, told: kept.count { $0.event.content.isTold(by: scenario) },
      staysUp: !options.once)
    Output.line(
      "Replay of \(scenario.title["en"]): http://127.0.0.1:\(port)/ and /situation, times as in "
        + "\(scenario.timeZone). Ctrl-C ends it."
    )
    try await ServiceGroup.run(
      [
        .init(service: web), .init(service: engine),
        .init(service: player, successTerminationBehavior: .gracefullyShutdownGroup),
      ], logger)
    if options.once { try await judge(journal) }
    extendLifetime(lock)
  }

  private func judge(_ journal: SQLiteJournal) async throws {
    let notices = try await journal.restore().entries.flatMap(\.effects).compactMap { effect in
      if case .deliver(let delivery) = effect { delivery.message.notice } else { nil }
    }
    let told = Set(
      notices.filter { $0.stage == .shelter }.flatMap(\.rows).map(\.zone))
    let cleared = Set(notices.filter { $0.kind == .allClear }.flatMap(\.rows).map(\.zone))
    Output.line("Told to take shelter: \(told.sorted().joined(separator: ", ")).")
    Output.line("All clear: \(cleared.sorted().joined(separator: ", ")).")
    let expected = Set(options.expect)
    guard expected.isEmpty || (told == expected && cleared == told) else {
      Output.note("Expected exactly: \(expected.sorted().joined(separator: ", ")), all cleared.")
      throw ExitCode(1)
    }
  }
}

extension Event.Content {
  /// Whether a scenario told it, and not an operator, a channel or the clock.
  fileprivate func isTold(by scenario: Scenario) -> Bool {
    switch self {
    case .plots, .statement: true
    case .command: scenario.items.contains { $0.content == self }
    case .receipt, .plan, .wake: false
    }
  }
}
