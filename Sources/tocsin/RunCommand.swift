import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSources
import TocsinWeb
import UnixSignals

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Serves the pages, and plays a scenario into them on its own clock.",
    discussion: """
      The journal and the keys live in $TOCSIN_HOME, else ~/.local/share/tocsin; a replay that was stopped goes on
      where it was. Every warning of a scenario is a replay, and no channel but the pages hears it. Live sources need
      a configuration, which is not there yet.
      """)

  @Option(help: "The scenario's id or folder.")
  var scenario = "2023-05-14"

  @Option(help: "The port to listen on, on this machine alone.")
  var port = 8080

  @Option(help: "Seconds of the scenario in one second, while plots come in.")
  var speed = 1.0

  @Option(help: "Seconds that a quiet stretch of the scenario takes at most.")
  var wait = 5.0

  @Flag(help: "End after the scenario.")
  var once = false

  @Option(
    parsing: .upToNextOption,
    help:
      "With --once: exit 0 only if exactly these zones were told to take shelter, and all ended.")
  var expect: [String] = []

  func run() async throws {
    let scenario = try Scenario.find(scenario)
    let logger = Logger(label: "tocsin")
    let inbox = Inbox()
    let journal = try SQLiteJournal(path: try Home.journal(), mode: .replay)
    let kept = try await journal.restore().entries
    let clock = ReplayClock(at: kept.last?.event.time ?? scenario.start)
    let web = try WebServer(
      configuration: .init(port: port), keys: KeyFile(path: try Home.keys()), inbox: inbox,
      clock: clock, decodePlots: Self.intake, logger: logger)
    let engine = Engine(
      mode: .replay, plan: scenario.plan(zones: try StandardZones.read()), clock: clock,
      journal: journal, inbox: inbox, channels: [web.channel], viewers: [web, Teller()],
      logger: logger)
    let player = ScenarioPlayer(
      scenario: scenario, clock: clock, inbox: inbox, speed: speed, longestWait: wait,
      told: kept.count(where: \.event.content.isTold), staysUp: !once)
    Output.line(
      "Replay of \(scenario.title["en"]): http://127.0.0.1:\(port)/ and /situation. Ctrl-C ends it."
    )
    try await ServiceGroup(
      configuration: .init(
        services: [
          .init(service: web), .init(service: engine),
          .init(service: player, successTerminationBehavior: .gracefullyShutdownGroup),
        ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    ).run()
    if once { try await judge(journal) }
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
    guard expect.isEmpty || (told == Set(expect) && cleared == told) else {
      Output.note("Expected exactly: \(expect.sorted().joined(separator: ", ")), all cleared.")
      throw ExitCode(1)
    }
  }

  @Sendable private static func intake(_ bytes: [UInt8]) -> PlotIntake {
    let read = PlotLines(bytes)
    var intake = PlotIntake(plots: [])
    for line in read.lines {
      switch line {
      case .plot(let plot): intake.plots.append(plot)
      case .alive(let radar, _): intake.alive.append(radar)
      }
    }
    intake.faults = read.faults.map { .init(line: $0.line, field: $0.field, error: $0.error) }
    return intake
  }
}

extension Event.Content {
  /// Whether a scenario told it, and not an operator, a channel or the clock.
  fileprivate var isTold: Bool {
    switch self {
    case .plots, .statement: true
    case .command, .receipt, .plan, .wake: false
    }
  }
}
