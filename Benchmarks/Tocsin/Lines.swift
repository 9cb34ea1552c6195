import ArgumentParser
import Foundation
import TocsinModel
import TocsinSources

/// Lines of plots a second, read into what the core takes, beside JSONDecoder on the same lines.
struct Lines: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "NDJSON plots into the core's events, one thread, beside JSONDecoder.")

  @Option(help: "Lines in all.")
  var count = 400_000

  @Option(help: "Lines that come at once, as in one POST or one read of a connection.")
  var piece = 1_000

  func run() throws {
    let pieces = (0..<count / piece).map(bytes)
    let start = ContinuousClock.now
    var plots = 0
    for bytes in pieces {
      var lines = PlotLines(radars: ["A1"])
      lines.append(bytes)
      lines.finish()
      precondition(lines.faults.isEmpty)
      for case .plots(let taken) in PlotIntake(lines.take()).contents { plots += taken.count }
    }
    let own = Double(plots) / (ContinuousClock.now - start).inSeconds
    print("\(Int(own)) lines a second: PlotLines, into events, checked")
    let decoder = JSONDecoder()
    let begin = ContinuousClock.now
    var decoded = 0
    for bytes in pieces.prefix(max(1, 40_000 / piece)) {
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let plot = try decoder.decode(Bare.self, from: Data(line))
        decoded += plot.range > 0 ? 1 : 0
      }
    }
    let peer = Double(decoded) / (ContinuousClock.now - begin).inSeconds
    print("\(Int(peer)) lines a second: JSONDecoder, nothing checked; ratio \(Int(own / peer))")
  }

  private struct Bare: Decodable {
    struct Sigma: Decodable {
      var range: Double
      var azimuth: Double
      var elevation: Double

      enum CodingKeys: String, CodingKey {
        case range = "range_m"
        case azimuth = "azimuth_deg"
        case elevation = "elevation_deg"
      }
    }
    var time: String
    var radar: String
    var range: Double
    var azimuth: Double
    var elevation: Double
    var sigma: Sigma?

    enum CodingKeys: String, CodingKey {
      case time = "t"
      case radar, sigma
      case range = "range_m"
      case azimuth = "azimuth_deg"
      case elevation = "elevation_deg"
    }
  }

  private func bytes(_ index: Int) -> [UInt8] {
    var text = ""
    for line in 0..<piece {
      let number = index * piece + line
      let time = Timestamp(nanoseconds: 1_767_225_600_000_000_000 + Int64(number) * 250_000)
      text +=
        "{\"t\":\"\(time)\",\"radar\":\"A1\",\"range_m\":\(12_000 + number % 9000).25,\"azimuth_deg\":"
        + "\(number % 360).125,\"elevation_deg\":\(3 + number % 40).42,\"sigma\":{\"range_m\":10,"
        + "\"azimuth_deg\":0.06,\"elevation_deg\":0.06}}\n"
    }
    return Array(text.utf8)
  }
}
