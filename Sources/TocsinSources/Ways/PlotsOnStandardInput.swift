import Foundation
import Logging
package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// Plots as lines on the standard input of the service. Who may write there has started the service, so it
/// needs no key.
///
/// Back-pressure: nothing is read while what was read is not yet decided and written down.
package struct PlotsOnStandardInput: SourceKind {
  package static let word = "plots-stdin"
  package static let planKind = Source.Kind.radar
  package var description: String { "plots on the standard input" }

  package init(_ fields: inout YAMLFields) {}

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    Reader(source: source, outside: outside)
  }

  private struct Reader: Service {
    let source: Source
    let outside: SourceOutside

    func run() async throws {
      let (pieces, end) = AsyncStream.makeStream(of: [UInt8].self)
      let gate = DispatchSemaphore(value: 1)
      // A thread of its own, because a read from a pipe waits and must not hold up the others.
      let reader = Thread {
        while true {
          gate.wait()
          let data = FileHandle.standardInput.availableData
          guard !data.isEmpty else { break }
          end.yield([UInt8](data))
        }
        end.finish()
      }
      reader.start()
      try? await cancelWhenGracefulShutdown { try await take(pieces, gate) }
      // Its end is no end of the service: other sources go on.
      try? await gracefulShutdown()
    }

    private func take(_ pieces: AsyncStream<[UInt8]>, _ gate: DispatchSemaphore) async throws {
      var feed = PlotFeed(source: source, outside: outside)
      for await bytes in pieces {
        for fault in await feed.take(bytes) { tell(fault) }
        gate.signal()
      }
      for fault in await feed.finish() { tell(fault) }
      outside.logger.notice("Standard input ended", metadata: ["source": "\(source.id)"])
    }

    private func tell(_ fault: PlotFault) {
      outside.logger.warning(
        "Plot line not taken", metadata: ["source": "\(source.id)", "fault": "\(fault)"])
    }
  }
}
