import ArgumentParser

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Keeps who said what, when, through whom.",
    subcommands: [RecordReadCommand.self])
}
