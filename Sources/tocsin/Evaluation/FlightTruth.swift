import Foundation
import TocsinModel

/// What truly flew in a file of plots; for measuring only, never an input of tracking.
struct FlightTruth {
  struct Member: Decodable {
    struct End: Decodable {
      var lat: Double
      var lon: Double
      var t: Timestamp

      var place: Position { Position(latitude: lat, longitude: lon) }
    }

    var id: String
    var impact: End?
    var end: End
    /// When it failed in flight, which nobody could foresee.
    var failure: Timestamp?
    var firstPlot: Timestamp?
    var launch: Timestamp?
    var burnout: Timestamp?
    /// Seconds after the launch, latitude, longitude, height.
    var trajectory: [[Double]]?

    enum CodingKeys: String, CodingKey {
      case id, impact, end, trajectory
      case failure = "failure_t"
      case firstPlot = "first_plot"
      case launch = "launch_t"
      case burnout = "burnout_t"
    }
  }

  enum Kind: String { case single, clutter, salvo }

  var kind: Kind
  var radar: String
  var members: [Member]

  /// By the name of the plot file.
  static func read(_ folder: String) throws -> [String: FlightTruth] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted()
    var truths: [String: FlightTruth] = [:]
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder).appending(path: name))
      do { try add(data, to: &truths) } catch {
        throw UnreadableTruth(file: "\(folder)/\(name)", reason: "\(error)")
      }
    }
    return truths
  }

  private static func add(_ data: Data, to truths: inout [String: FlightTruth]) throws {
    let decoder = JSONDecoder()
    if let salvo = try? decoder.decode(Salvo.self, from: data) {
      truths[salvo.flight] = FlightTruth(
        kind: .salvo, radar: salvo.radar, members: salvo.members)
      return
    }
    let member = try decoder.decode(Member.self, from: data)
    for (name, plots) in try decoder.decode(Single.self, from: data).plots {
      var own = member
      own.firstPlot = plots.firstPlot
      truths[name] = FlightTruth(
        kind: plots.hasFalsePlots ? .clutter : .single, radar: plots.radar, members: [own])
    }
  }

  private struct Salvo: Decodable {
    var flight: String
    var radar: String
    var members: [Member]
  }

  private struct Single: Decodable {
    struct Plots: Decodable {
      var radar: String
      var firstPlot: Timestamp
      var hasFalsePlots: Bool

      enum CodingKeys: String, CodingKey {
        case radar, labels
        case firstPlot = "first_plot"
      }

      /// Only files with false plots among the true ones carry labels, in whatever form.
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        radar = try container.decode(String.self, forKey: .radar)
        firstPlot = try container.decode(Timestamp.self, forKey: .firstPlot)
        hasFalsePlots = container.contains(.labels)
      }
    }
    var plots: [String: Plots]
  }
}

struct UnreadableTruth: Error, CustomStringConvertible {
  var file: String
  var reason: String

  var description: String {
    "\(file) is no truth of a simulated flight: \(reason). Name the right folder with --truth."
  }
}
