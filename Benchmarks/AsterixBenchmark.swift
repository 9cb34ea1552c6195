import Asterix
import Foundation

/// Decodes one file again and again for two seconds and prints records a second, on one thread.
///
/// First only the place of every item; then every number that `--core` prints, as a `Double`; then each record
/// as a line of JSON; then each taken apart and written again.
@main
enum AsterixBenchmark {
  static func main() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1])))
    measure("records and their items") {
      var count = 0
      for piece in BlockReader(bytes) {
        if case .record = piece { count += 1 }
      }
      return count
    }
    measure("with every core value") {
      var (count, sum) = (0, 0.0)
      for piece in BlockReader(bytes) {
        guard case .record(let record) = piece else { continue }
        count += 1
        for field in record.category.core { sum += record[field] ?? 0 }
      }
      precondition(sum.isFinite)
      return count
    }
    measure("printed as full JSON lines") {
      var (count, length) = (0, 0)
      for piece in BlockReader(bytes) {
        guard case .record(let record) = piece else { continue }
        count += 1
        length += RecordLine.full(record, offset: record.offset).utf8.count
      }
      precondition(length > count)
      return count
    }
    measure("written again") {
      var count = 0
      for piece in BlockReader(bytes) {
        guard case .record(let record) = piece else { continue }
        count += RecordDraft(record).octets.isEmpty ? 0 : 1
      }
      return count
    }
  }

  static func measure(_ what: String, _ pass: () -> Int) {
    let clock = ContinuousClock()
    let (start, cpu) = (clock.now, CPUTime.now)
    var count = 0
    while clock.now - start < .seconds(2) { count += pass() }
    let rate = Double(count) / (CPUTime.now - cpu)
    print("\(Int(rate)) records a second of CPU: \(what)")
  }
}

/// Seconds of processor time of this process.
enum CPUTime {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
