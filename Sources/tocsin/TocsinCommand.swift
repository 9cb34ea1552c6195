import ArgumentParser

@main
struct TocsinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Turns a detection into a warning, and keeps an honest record of it.",
    discussion: """
      Not certified, and never the only means of warning: real use needs an accountable authority.
      """,
    subcommands: [
      RunCommand.self, ReplayCommand.self, ForecastCommand.self, WarnCommand.self,
      OrderCommand.self, WatchCommand.self, ExplainCommand.self, RecordCommand.self,
      ZonesCommand.self, KeysCommand.self,
    ])
}
