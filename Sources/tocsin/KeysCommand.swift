public import ArgumentParser
import TocsinEngine
import TocsinModel
public import TocsinSources

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Keys for sources, operators and recorders. There are none by default.",
    subcommands: [Add.self, List.self, Revoke.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a key and prints it once; only its hash is kept.")

    @Argument(help: "The person's name; for a source, its id in the plan.")
    var name: String

    @Option(help: "source, operator or recorder.")
    var role: KeyRing.Role

    func run() throws {
      let now = SystemClock().read().now
      let key = try KeyFile(path: try Home.keys()).update { ring throws(KeyRing.Fault) in
        try ring.add(name: name, role: role, at: now)
      }
      Output.line(key)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the keys: name, role, since, revoked.")

    func run() throws {
      for key in try KeyFile(path: try Home.keys()).ring().keys {
        let state = key.revoked.map { "revoked \($0.milliseconds)" } ?? "in force"
        Output.line(
          [key.name, key.role.rawValue, "\(key.created.milliseconds)", state].joined(
            separator: "\t"))
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Revokes a key at once.")

    @Argument var name: String

    func run() throws {
      let now = SystemClock().read().now
      try KeyFile(path: try Home.keys()).update { ring throws(KeyRing.Fault) in
        try ring.revoke(name: name, at: now)
      }
    }
  }
}

extension KeyRing.Role: ExpressibleByArgument {}
