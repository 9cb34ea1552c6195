import ArgumentParser
import Logging
import ServiceLifecycle
import TocsinConfiguration
import UnixSignals

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "The service: sources in, decisions, journal, channels and pages out.",
    discussion: """
      With --config, or tocsin.yaml in $TOCSIN_HOME, it runs live what is configured there (see 'tocsin check' and
      Docs/CONFIGURATION.md). Without either it serves the zones that come with Tocsin to operators' orders. With
      --scenario it plays a past day into the pages on that day's own clock: every warning of it is a replay, and no
      channel but the pages hears it.

      Journal and keys live in $TOCSIN_HOME, else ~/.local/share/tocsin; what was stopped goes on where it was.
      """)

  @Option(help: "The configuration (YAML).")
  var config: String?

  @Option(help: "Play this scenario, by id or folder, instead of running live.")
  var scenario: String?

  @Option(help: "The port to listen on, instead of the configured one (8080).")
  var port: Int?

  @OptionGroup(title: "With --scenario") var playing: ReplayService.Options

  func validate() throws {
    if scenario != nil, config != nil {
      throw ValidationError("Give either --config or --scenario: a replay is never run live.")
    }
    guard (0...65_535).contains(port ?? 0) else {
      throw ValidationError("--port is a number from 0 to 65535.")
    }
    if scenario == nil, playing.isUsed {
      throw ValidationError("--speed, --wait, --once and --expect go with --scenario.")
    }
  }

  func run() async throws {
    let logger = Logger(label: "tocsin")
    if let scenario {
      return try await ReplayService(scenario, port: port ?? 8080, options: playing, logger: logger)
        .run()
    }
    let path = try config ?? Home.configuration()
    var configuration = try path.map(Configuration.read) ?? Configuration.standard()
    if let port { configuration.listen.port = port }
    if path == nil {
      Output.note(
        "No configuration: see 'tocsin run --help'. To see a whole day: 'tocsin run --scenario 2023-05-14'."
      )
    }
    try await LiveService(configuration, logger: logger).run()
  }
}

extension ServiceGroup {
  /// Runs services until they are told to stop by SIGTERM or Ctrl-C.
  static func run(
    _ services: [ServiceGroupConfiguration.ServiceConfiguration], _ logger: Logger
  ) async throws {
    try await ServiceGroup(
      configuration: .init(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    ).run()
  }
}
