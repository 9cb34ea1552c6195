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
    commandName: "run", abstract: "Serves the pages, and plays a scenario into them on its own clock.",
    discussion: """
      The journal and the keys live in $TOCSIN_HOME, else ~/.local/share/tocsin. Every warning of a scenario is a
      replay, and no channel but the pages hears it. Live sources need a configuration, which is not there yet.
      """)

  @Option(help: "The scenario's id or folder.")
  var scenario = "2023-05-14"

  @Option(help: "The port to listen on, on this machine alone.")
  var port = 8080

  @Option(help: "Seconds of the scenario in one second, while plots come in.")
  var speed = 1.0

  func run() async throws {
    let home = try Self.home()
    let scenario = try Scenario.find(scenario)
    let logger = Logger(label: "tocsin")
    let inbox = Inbox()
    let clock = ReplayClock(at: scenario.start)
    let web = try WebServer(
      configuration: .init(port: port), keys: KeyFile(path: home + "/keys.json"), inbox: inbox,
      clock: clock, decodePlots: Self.intake, logger: logger)
    let engine = Engine(
      mode: .replay, plan: scenario.plan(zones: try StandardZones.read()), clock: clock,
      journal: try SQLiteJournal(path: home + "/replay-\(UUID().uuidString).sqlite"), inbox: inbox,
      channels: [web.channel], viewers: [web], logger: logger)
    let player = ScenarioPlayer(scenario: scenario, clock: clock, inbox: inbox, speed: speed)
    Output.note("Replay of \(scenario.title["en"]) on http://127.0.0.1:\(port)/ (Ctrl-C ends it)")
    try await ServiceGroup(
      services: [web, engine, player], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
    ).run()
  }

  private static func home() throws -> String {
    let home =
      ProcessInfo.processInfo.environment["TOCSIN_HOME"]
      ?? NSHomeDirectory() + "/.local/share/tocsin"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return home
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
