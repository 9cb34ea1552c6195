import ArgumentParser
import TocsinConfiguration

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a configuration whole: every mistake with its line, or what it would run.",
    discussion: "Exit code 1 if there is any mistake. Nothing is started and nothing is written.")

  @Option(help: "The configuration; without it, tocsin.yaml in $TOCSIN_HOME if it is there.")
  var config: String?

  func run() throws {
    guard let path = try config ?? Home.configuration() else {
      Output.line("No configuration; 'tocsin run' would run:")
      return try Configuration.standard().lines.forEach(Output.line)
    }
    do {
      let configuration = try Configuration.read(path)
      Output.line("\(path) is good; 'tocsin run' would run:")
      configuration.lines.forEach(Output.line)
    } catch let error as UnreadableFile {
      Output.line("\(error)")
      throw ExitCode(1)
    }
  }
}
