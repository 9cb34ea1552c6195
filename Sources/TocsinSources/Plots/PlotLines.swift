/// Decodes NDJSON plots as they arrive, in pieces of any size. A bad line costs that line and no other.
///
/// Lines end with LF or CR LF; empty ones and a byte order mark at the start are passed over. What a
/// fault says is meant for whoever runs the radar's feed.
public struct PlotLines: Sendable {
  /// The good lines so far, in order.
  public private(set) var lines: [PlotLine] = []
  /// One for each bad line, in order.
  public private(set) var faults: [PlotFault] = []

  /// Lines so far, good, bad and empty.
  public var count: Int { number }

  private var number = 0
  /// The radars whose lines are taken; `nil`: any.
  private let radars: [String]?
  /// The beginning of a line whose end has not come yet, never longer than ``PlotLine/limit``.
  private var rest: [UInt8] = []
  /// Whether the line that is coming in is too long already and only its end is awaited.
  private var isSkipping = false
  private var scanner = PlotScanner()

  /// - Parameter radars: the radars that may be spoken for; `nil`: any.
  public init(radars: [String]? = nil) { self.radars = radars }

  /// Decodes bytes that hold everything: the last line needs no line feed.
  public init(_ bytes: [UInt8], radars: [String]? = nil) {
    self.radars = radars
    append(bytes)
    finish()
  }

  /// Takes the next bytes; decodes the lines that they complete.
  public mutating func append(_ bytes: [UInt8]) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      receive(bytes, start..<end)
      start = end + 1
    }
    guard start < bytes.count, !isSkipping else { return }
    if rest.count + bytes.count - start > PlotLine.limit {
      isSkipping = true
      rest = []
    } else {
      rest += bytes[start...]
    }
  }

  /// Decodes what is left after the last line feed; call it when nothing more will come.
  public mutating func finish() {
    if !rest.isEmpty || isSkipping { receive([], 0..<0) }
  }

  /// Hands over the good lines so far and forgets them; faults and the line count stay.
  public mutating func take() -> [PlotLine] {
    defer { lines = [] }
    return lines
  }

  /// The end of a line: what was kept of it before, and the range that completes it.
  private mutating func receive(_ bytes: [UInt8], _ range: Range<Int>) {
    number += 1
    defer {
      rest = []
      isSkipping = false
    }
    guard !isSkipping, rest.count + range.count <= PlotLine.limit else {
      faults.append(
        PlotFault(
          line: number, field: "",
          error: "is longer than \(PlotLine.limit) bytes; end every plot with a line feed"))
      return
    }
    if rest.isEmpty {
      decode(bytes, range)
    } else {
      let whole = rest + bytes[range]
      decode(whole, 0..<whole.count)
    }
  }

  private mutating func decode(_ bytes: [UInt8], _ whole: Range<Int>) {
    var range = whole
    if range.last.map({ bytes[$0] }) == UInt8(ascii: "\r") { range = range.dropLast() }
    if range.allSatisfy({ bytes[$0] == 0x20 || bytes[$0] == 0x09 }) { return }
    if let line = scanner.scan(bytes, range) { return add(line) }
    let line = Array(bytes[range])
    if number == 1, line == [0xEF, 0xBB, 0xBF] { return }
    do {
      add(try CarefulPlotReader(bytes: line).read())
    } catch {
      faults.append(PlotFault(line: number, field: error.field, error: error.error))
    }
  }

  private mutating func add(_ line: PlotLine) {
    if let radars, !radars.contains(line.radar) {
      faults.append(
        PlotFault(
          line: number, field: "radar",
          error:
            "'\(line.radar)' is no radar of this source; it brings \(radars.joined(separator: ", "))"
        ))
    } else {
      lines.append(line)
    }
  }
}
