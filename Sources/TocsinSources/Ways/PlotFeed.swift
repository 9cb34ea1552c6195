import TocsinEngine
import TocsinModel

/// Bytes of NDJSON into the inbox, in order; answers with what is wrong, line by line.
///
/// It returns only when what it was given is decided and written down: who feeds it reads no further until
/// then, so a source that is too fast waits and nothing is dropped.
struct PlotFeed {
  private let outside: SourceOutside
  private var lines: PlotLines
  private var told = 0

  init(source: Source, outside: SourceOutside) {
    self.outside = outside
    lines = PlotLines(radars: source.radars)
  }

  mutating func take(_ bytes: [UInt8]) async -> [PlotFault] {
    lines.append(bytes)
    return await flush()
  }

  mutating func finish() async -> [PlotFault] {
    lines.finish()
    return await flush()
  }

  private mutating func flush() async -> [PlotFault] {
    var faults = Array(lines.faults.dropFirst(told))
    told = lines.faults.count
    let refusals = await outside.inbox.put(PlotIntake(lines.take()))
    faults += refusals.map { PlotFault(line: lines.count, field: "", error: $0) }
    return faults
  }
}
