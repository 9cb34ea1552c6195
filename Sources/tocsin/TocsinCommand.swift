import ArgumentParser

@main
struct TocsinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Turns a detection into a warning, and keeps an honest record of it.",
    discussion: """
      Not certified, and never the only means of warning: real use needs an accountable authority.
      """,
    // One a line, in the order of the alphabet, so that two branches seldom meet.
    subcommands: [
      AsterixCommand.self,
      CAPCommand.self,
      CheckCommand.self,
      EvaluateCommand.self,
      ExplainCommand.self,
      ForecastCommand.self,
      HistoryCommand.self,
      KeysCommand.self,
      OrderCommand.self,
      RecordCommand.self,
      ReplayCommand.self,
      RunCommand.self,
      SimulateCommand.self,
      WarnCommand.self,
      WatchCommand.self,
      ZonesCommand.self,
    ])
}
