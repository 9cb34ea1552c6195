import CAP
import Foundation

/// Reads the files again and again for three seconds, with all rules checked, and prints messages a second, on one thread.
@main
enum CAPBenchmark {
  static func main() throws {
    let files = try CommandLine.arguments.dropFirst().map {
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0)))
    }
    let start = seconds()
    var (count, faults) = (0, 0)
    while seconds() - start < 3 {
      for file in files {
        let reading = Reading(file)
        count += 1
        faults += reading.faults.count
      }
    }
    let time = seconds() - start
    let bytes = files.reduce(0) { $0 + $1.count } * (count / files.count)
    print(
      "\(Int(Double(count) / time)) messages a second of CPU, \(Int(Double(bytes) / time / 1e6)) MB/s: "
        + "CAP, \(files.count) files, rules checked, \(faults / (count / files.count)) faults in them"
    )
  }

  /// Of processor time of this process.
  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
