package import Logging
package import ServiceLifecycle
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// A kind of way in, as a configuration writes it: `kind: plots-tcp`. A new kind is one file with one of
/// these, and one line in ``SourceKinds``.
package protocol SourceKind: Sendable {
  /// The word for it in a configuration.
  static var word: String { get }
  static var planKind: Source.Kind { get }
  /// What it is, for `tocsin check`: "plots over TCP at 127.0.0.1:9301".
  var description: String { get }

  /// Reads its own keys; every mistake is a fault of the fields.
  init(_ fields: inout YAMLFields)

  /// What of it does not go with the rest of the configuration.
  func faults(of source: Source, in plan: Plan) -> [KeyFault]

  /// What runs for it; `nil` if nothing does, because another part of the service brings its plots.
  func service(for source: Source, with outside: SourceOutside) throws -> (any Service)?
}

extension SourceKind {
  package func faults(of source: Source, in plan: Plan) -> [KeyFault] { [] }
}

/// What a source is given to work with.
package struct SourceOutside: Sendable {
  package var inbox: Inbox
  package var keys: KeyFile
  package var plan: Plan
  package var logger: Logger

  package init(inbox: Inbox, keys: KeyFile, plan: Plan, logger: Logger) {
    self.inbox = inbox
    self.keys = keys
    self.plan = plan
    self.logger = logger
  }
}

package enum SourceKinds {
  package static let all: [any SourceKind.Type] = [
    PostedPlots.self, PlotsOverTCP.self, PlotsOnStandardInput.self, HomeFrontKind.self,
    UkraineKind.self, CAPSource.self, PostedCAP.self, AsterixOverUDP.self, MetFile.self,
  ]

  package static func named(_ word: String) -> (any SourceKind.Type)? {
    all.first { $0.word == word }
  }
}

/// One entry of `sources:`.
package struct ConfiguredSource: Sendable {
  package var source: Source
  package var kind: any SourceKind

  /// - Returns: `nil` if it cannot be used; why is a fault of the fields.
  package init?(_ fields: inout YAMLFields) {
    let id = fields.text("id")
    let name = fields.optionalTexts("name")
    let authority = fields.flag("authority")
    let heartbeat = fields.optionalDuration("heartbeat")
    let districts = fields.has("districts") ? fields.list("districts") : nil
    let radars = fields.has("radars") ? fields.list("radars") : nil
    // Asked for so that they count as known.
    _ = (fields.node("districts"), fields.node("radars"))
    guard let word = fields.text("kind") else { return nil }
    guard let type = SourceKinds.named(word) else {
      fields.fault(
        "kind",
        "is '\(word)'; it can be: \(SourceKinds.all.map { $0.word }.joined(separator: ", "))")
      return nil
    }
    kind = type.init(&fields)
    if authority, type.planKind == .radar {
      fields.fault("authority", "is for feeds; what radars see is decided on by the plan")
    }
    guard let id else { return nil }
    source = Source(
      id: id, name: name ?? Texts(id), kind: type.planKind, hasAuthority: authority,
      heartbeat: heartbeat, districts: districts, radars: radars)
  }
}
