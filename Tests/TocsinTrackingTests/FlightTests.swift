import Foundation
import Testing
import TocsinModel
import TocsinTracking

/// The public simulated flights, where they lie beside the repository; skipped where they do not.
@Suite(.enabled(if: Flights.isThere)) struct `The public flights` {
  @Test(arguments: ["F0004-A", "F0048-B", "F0128-A", "F0163-C", "F0109-A"])
  func `are forecast to within a kilometer after twenty seconds`(name: String) throws {
    let flight = try Flights.read(name)
    var tracker = Tracker(
      radars: [flight.radar], settings: .init(groundHeight: flight.ground, met: flight.met))
    let updates = tracker.run(flight.plots)
    #expect(updates.numbers == ["1"])
    let begin = try #require(flight.plots.first).measured
    let late = try #require(
      updates.forecasts.last { $0.time - begin <= .seconds(20) && !$0.ended })
    let offset = Plane(around: flight.impact).offset(of: late.impact)
    #expect(offset.length < 1_000)
    #expect(updates.ends.map(\.kind) == [.impact])
  }
}

enum Flights {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data/flights").standardizedFileURL

  static var isThere: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "plots/index.json").path)
  }

  struct Flight {
    var radar: Radar
    var ground: Double
    var met: Met?
    var plots: [Plot]
    var impact: Position
  }

  private struct Index: Decodable {
    struct Site: Decodable {
      var lat: Double
      var lon: Double
      var height: Double

      enum CodingKeys: String, CodingKey {
        case lat, lon
        case height = "height_m"
      }
    }
    struct File: Decodable {
      var flight: String
      var file: String
      var radar: String
      var ground: Double
      var met: String?

      enum CodingKeys: String, CodingKey {
        case flight, file, radar, met
        case ground = "ground_h_m"
      }
    }
    var radar: Site
    var files: [File]
  }

  private struct Truth: Decodable { var impact: Position }

  static func read(_ name: String) throws -> Flight {
    let plots = folder.appending(path: "plots")
    let decoder = JSONDecoder()
    let index = try decoder.decode(
      Index.self, from: Data(contentsOf: plots.appending(path: "index.json")))
    let file = try #require(index.files.first { $0.flight == name })
    let lines = try unzip(plots.appending(path: file.file)).split(separator: UInt8(ascii: "\n"))
    let truth = folder.appending(path: "truth/\(name.prefix(5)).json")
    return Flight(
      radar: Radar(
        id: file.radar,
        position: Position(latitude: index.radar.lat, longitude: index.radar.lon),
        height: index.radar.height),
      ground: file.ground,
      met: try file.met.map {
        try decoder.decode(Met.self, from: Data(contentsOf: plots.appending(path: $0)))
      },
      plots: try lines.map { try decoder.decode(Plot.self, from: Data($0)) },
      impact: try decoder.decode(Truth.self, from: Data(contentsOf: truth)).impact)
  }

  private static func unzip(_ file: URL) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gunzip", "-c", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}
