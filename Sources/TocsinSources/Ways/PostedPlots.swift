package import ServiceLifecycle
package import TocsinConfiguration
package import TocsinModel

/// Plots that come by `POST /api/plots`, with the key of the source's name.
package struct PostedPlots: SourceKind {
  package static let word = "plots-http"
  package static let planKind = Source.Kind.radar
  package var description: String { "plots by POST /api/plots" }

  package init(_ fields: inout YAMLFields) {}

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? { nil }
}
