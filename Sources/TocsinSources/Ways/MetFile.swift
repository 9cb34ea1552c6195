package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// A met message in a file, told once when the service starts.
package struct MetFile: SourceKind {
  package static let word = "met-file"
  package static let planKind = Source.Kind.document
  let path: String
  private var met: Met?

  package var description: String { "the met message \(path)" }

  package init(_ fields: inout YAMLFields) {
    path = fields.text("file") ?? ""
    guard !path.isEmpty else { return }
    guard path.hasPrefix("/") else {
      fields.fault("file", "is '\(path)'; write the whole path, from / on")
      return
    }
    do {
      met = try MetMessage.read(path)
    } catch {
      fields.fault("file", "cannot be used: \(error)")
    }
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    met.map { MetTold(statement: .init(source: source.id, said: nil, content: .met($0)), outside) }
  }
}

private struct MetTold: Service {
  let statement: Statement
  let inbox: Inbox

  init(statement: Statement, _ outside: SourceOutside) {
    self.statement = statement
    inbox = outside.inbox
  }

  func run() async throws {
    try await inbox.put(.statement(statement))
    // A service that ends would end the others.
    try? await gracefulShutdown()
  }
}
