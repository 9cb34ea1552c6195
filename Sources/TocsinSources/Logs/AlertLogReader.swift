import TocsinModel

/// Reads the rows of a log one after the other, so that years of it need no more memory than the file.
public struct AlertLogReader {
  public enum Item {
    case row(AlertLog.Row, [LogFault])
    /// A row that could not be read, as it stands in the file.
    case fault(LogFault, text: String)
  }

  private let bytes: [UInt8]
  private var reader: CSVReader
  private let columns: AlertColumns
  /// What is odd about the columns.
  public var faults: [LogFault] { columns.faults }

  /// The byte and the line at which the next row begins; a reader of the same bytes can go on there.
  public var place: (byte: Int, line: Int) { (reader.index, reader.line) }

  /// - Parameter clock: for times without an offset; without it they are faults.
  /// - Throws: when the first line names no columns of a log.
  public init(_ bytes: [UInt8], clock: LocalClock? = nil) throws(LogFault) {
    self.bytes = bytes
    reader = CSVReader(bytes)
    guard case .success(let header)? = reader.next() else {
      throw LogFault(line: 0, field: "", error: "is empty or its first line is broken")
    }
    columns = AlertColumns(header.fields, clock: clock)
    if !columns.areEnough, let fault = columns.faults.first { throw fault }
  }

  public mutating func move(to byte: Int, line: Int) { reader.move(to: byte, line: line) }

  public mutating func next() -> Item? {
    let start = reader.index
    switch reader.next() {
    case nil: return nil
    case .failure(let fault)?:
      return .fault(
        LogFault(line: fault.line, field: "", error: fault.error), text: text(fault.bytes))
    case .success(let record)?:
      var faults: [LogFault] = []
      do {
        return .row(try columns.row(record, &faults), faults)
      } catch {
        return .fault(error, text: text(start..<reader.index))
      }
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.prefix(2_000)], as: UTF8.self)
      .trimmingPrefix { $0.isWhitespace }.description
  }
}
