import ArgumentParser
import CAP
import Foundation
import TocsinConfiguration

struct CAPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cap", abstract: "Looks at Common Alerting Protocol messages.",
    subcommands: [Check.self])
}

extension CAPCommand {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Says 'valid', or every fault of CAP messages and feeds, one a line.",
      discussion: """
        A line is FILE:LINE: error or warning: RULE: ELEMENT: what is wrong. An error breaks a rule of CAP 1.2 or of the \
        profile: exit 1. A warning goes against advice: the message is valid all the same. See Docs/CAP.md.
        """)

    @Argument(help: "Messages, or feeds of them (Atom, RSS, EDXL-DE).")
    var files: [String]

    @Option(help: "Whose rules besides the standard's: core (none), ipaws, wmo, google, capcp.")
    var profile: String = "core"

    func validate() throws {
      guard profile == "core" || Profile(rawValue: profile) != nil else {
        throw ValidationError(
          "There is no profile '\(profile)'; write core, ipaws, wmo, google or capcp.")
      }
    }

    func run() throws {
      var isValid = true
      for file in files {
        let faults = faults(of: file)
        for fault in faults { Output.line("\(file):\(fault)") }
        if faults.contains(where: \.isError) {
          isValid = false
        } else {
          Output.line("\(file): valid")
        }
      }
      guard isValid else { throw ExitCode(1) }
    }

    private func faults(of file: String) -> [Fault] {
      let profiles = Profile(rawValue: profile).map { [$0] } ?? []
      do {
        // A file beyond the limit is not loaded: one byte more is enough to refuse it.
        let handle = try FileBytes.opened(file)
        defer { try? handle.close() }  // It was only read: closing can lose nothing.
        let bytes = try handle.read(upToCount: Reading.limit + 1) ?? Data()
        return Document.read(Array(bytes), profiles: profiles).faults
      } catch {
        return [Fault(rule: .unreadable, line: 1, path: "document", text: "\(error)")]
      }
    }
  }
}
