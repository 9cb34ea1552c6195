import Foundation
import TocsinModel

extension RecordImport {
  /// One row per statement, as ``Exchange`` writes it. A cell that begins with `{` or `[` is JSON; a column
  /// whose name begins with `_` is for readers and not read.
  mutating func read(csv bytes: Data, _ incident: String?) {
    let table = CSVTable([UInt8](bytes))
    for wrong in table.faults { fault(wrong.line, .init("", wrong.error)) }
    guard let header = table.records.first?.fields, header.contains("attribute") else {
      return fault(1, .init("attribute", "is no column of the first row; see Docs/RECORD.md"))
    }
    for row in table.records.dropFirst() {
      guard row.fields.count == header.count else {
        fault(
          row.line,
          .init("", "has \(row.fields.count) cells and the first row has \(header.count)"))
        continue
      }
      let cells = zip(header, row.fields).filter { !$0.1.isEmpty && !$0.0.hasPrefix("_") }
      take(
        json(Dictionary(cells, uniquingKeysWith: { first, _ in first })), line: row.line,
        key: "statements", incident)
    }
  }

  private static let flat: Set = ["speaker_kind", "speaker_role", "relay_mode", "capture"]

  func json(_ cells: [String: String]) -> [UInt8] {
    let fields = cells.filter { !Self.flat.contains($0.key) }.sorted { $0.key < $1.key }
    let parts = fields.map { "\(quoted($0.key)):\(value($0.key, $0.value, cells))" }
    return Array("{\(parts.joined(separator: ","))}".utf8)
  }

  private func value(_ key: String, _ cell: String, _ cells: [String: String]) -> String {
    if cell.hasPrefix("{") || cell.hasPrefix("[") || key == "simulated" { return cell }
    switch key {
    case "value": return "{\"exact\":\(Double(cell) == nil ? quoted(cell) : cell)}"
    case "speaker":
      let role = cells["speaker_role"].map { ",\"role\":\(quoted($0))" } ?? ""
      return "{\"kind\":\(quoted(cells["speaker_kind"] ?? "")),\"name\":\(quoted(cell))\(role)}"
    case "relays":
      return "[{\"agent\":\(quoted(cell)),\"mode\":\(quoted(cells["relay_mode"] ?? "quoted")),"
        + "\"capture\":\(capture(cells["capture"] ?? ""))}]"
    case "certainty": return "{\"level\":\(quoted(cell))}"
    default: return quoted(cell)
    }
  }

  /// `none: a phone call`, or the digest.
  private func capture(_ cell: String) -> String {
    guard cell.hasPrefix("none") || cell.isEmpty else { return "{\"sha256\":\(quoted(cell))}" }
    let reason = cell.dropFirst(4).drop { $0 == ":" || $0 == " " }
    return "{\"none\":\(quoted(String(reason)))}"
  }

  private func quoted(_ text: String) -> String {
    String(decoding: CanonicalJSON.bytes(text), as: UTF8.self)
  }
}

/// RFC 4180, as it is written; read by ``CSVTable``.
enum CSV {
  static func line(_ cells: [String]) -> String {
    cells.map { cell in
      // A scalar, not a character: in Swift a carriage return and a line feed are one character.
      cell.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\r\n"
  }
}
