import Foundation
package import Logging
import Synchronization
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Writes one JSON line for each warning and zone to a file: for loudspeaker scripts, displays and archives.
package struct LineChannel: Channel {
  package let outlet: String
  private let hears: Outlet
  private let path: String
  private let logger: Logger
  private let circuit = Circuit()
  /// What was written in this run, so that a delivery that comes twice is written once.
  private let written = Written()

  package init(_ outlet: Outlet, path: String, logger: Logger) {
    self.logger = logger
    self.outlet = outlet.id
    hears = outlet
    self.path = path
  }

  package func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    if let refusal = hears.refusal(of: delivery) { return refusal }
    return circuit.settle(put(delivery), of: outlet, logger)
  }

  private func put(_ delivery: Delivery) -> Receipt.Outcome {
    guard written.isNew(delivery.id) else { return .delivered }
    do {
      try append(Self.lines(of: delivery))
      return .delivered
    } catch {
      written.forget(delivery.id)
      return .failed(error.description)
    }
  }

  struct Unwritten: Error, CustomStringConvertible {
    var description: String
  }

  /// One row as its line says it.
  private struct Line: Encodable {
    var delivery: String
    var mode: Mode
    var kind: Notice.Kind
    var stage: Stage
    var warning: String
    var hazard: String
    var t: Timestamp
    var zone: String
    var seconds: Double?
    var shelterSeconds: Int?
    var expected: Timestamp?
    var expires: Timestamp
    var stillUnder: [String]?
    var texts: Texts

    enum CodingKeys: String, CodingKey {
      case delivery, mode, kind, stage, warning, hazard, t, zone, seconds
      case shelterSeconds = "shelter_seconds"
      case expected, expires
      case stillUnder = "still_under"
      case texts
    }
  }

  private static func lines(of delivery: Delivery) throws(Unwritten) -> [UInt8] {
    let notice = delivery.message.notice
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes: [UInt8] = []
    for row in notice.rows {
      let line = Line(
        delivery: delivery.id, mode: delivery.message.mode, kind: notice.kind, stage: notice.stage,
        warning: notice.warning, hazard: notice.hazard, t: notice.issued, zone: row.zone,
        seconds: row.seconds, shelterSeconds: row.shelterSeconds, expected: row.expected,
        expires: row.expires, stillUnder: row.stillUnder, texts: notice.texts)
      do {
        bytes += try encoder.encode(line)
      } catch {
        throw Unwritten(description: "the notice could not be written as JSON: \(error)")
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// All lines in one write, so that another process that reads or writes the file sees whole lines.
  private func append(_ bytes: [UInt8]) throws(Unwritten) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw unwritten }
    defer { close(file) }
    let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw unwritten }
  }

  private var unwritten: Unwritten {
    Unwritten(
      description:
        "\(path) cannot be written (\(String(cString: strerror(errno)))). Check the path, "
        + "who may write it, and whether the disk is full.")
  }

  private final class Written: Sendable {
    // Deliveries come one after another, but the compiler cannot know it.
    private let ids = Mutex<Set<String>>([])

    func isNew(_ id: String) -> Bool { ids.withLock { $0.insert(id).inserted } }
    func forget(_ id: String) { ids.withLock { _ = $0.remove(id) } }
  }
}

/// `kind: lines` with `file:`.
package struct LinesKind: ChannelKind {
  package static let word = "lines"
  private let path: String
  package var description: String { "lines to \(path)" }

  package init(_ fields: inout YAMLFields, folder: String) {
    let name = fields.text("file") ?? ""
    path = name.hasPrefix("/") ? name : folder + "/" + name
    let parent = URL(filePath: path).deletingLastPathComponent().path
    if !name.isEmpty, !FileManager.default.fileExists(atPath: parent) {
      fields.fault("file", "is in '\(parent)', which is no folder; make it")
    }
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) -> any Channel {
    LineChannel(outlet, path: path, logger: outside.logger)
  }
}
