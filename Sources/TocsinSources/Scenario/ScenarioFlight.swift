import Foundation
public import TocsinConfiguration
public import TocsinModel
public import TocsinSimulation
import Yams

/// How a scenario's plots were made: a simulated flight, the radar that saw it, and the seed.
///
/// A folder's `flight.yaml`; the plots made from it are the folder's plots file, byte for byte.
public struct ScenarioFlight: Hashable, Sendable {
  public var seed: UInt64
  public var flight: Flight
  public var radar: RadarSimulator

  /// Of a shipped scenario by id, or of a scenario's folder.
  public static func find(_ idOrFolder: String) throws(UnreadableFile) -> ScenarioFlight {
    let folder = try Scenario.folder(of: idOrFolder)
    let file = folder + "/flight.yaml"
    let radars = try RadarsFile.read(folder + "/radars.json")
    var fields = YAMLFields(try YAMLFile.read(file), name: "")
    let seed = fields.text("seed").flatMap(UInt64.init)
    var flight = YAMLFields(fields.node("flight") ?? Node(""), name: "flight")
    var sight = YAMLFields(fields.node("radar") ?? Node(""), name: "radar")
    let (flown, seen) = (Self.flight(&flight), Self.radar(&sight, radars))
    let faults = fields.allFaults() + flight.allFaults() + sight.allFaults()
    guard faults.isEmpty, let seed, let flown, let seen else {
      throw UnreadableFile(
        path: file, problem: .faults(faults.isEmpty ? ["'seed' is no whole number"] : faults))
    }
    return ScenarioFlight(seed: seed, flight: flown, radar: seen)
  }

  /// The plots, to the decimals that a plots file has.
  public func plots() -> [Plot] {
    var generator = SeededGenerator(seed: seed)
    let path = Path(of: flight)
    return radar.plots(
      of: [path], from: flight.start.time, to: path.last.time + .nanoseconds(1),
      using: &generator)
  }

  /// The plots file that is made from it.
  public func ndjson() -> String {
    plots().map { plot in
      String(
        format: #"{"t":"%@","radar":"%@","range_m":%.1f,"azimuth_deg":%.4f,"elevation_deg":%.4f}"#,
        plot.measured.description, plot.radar, plot.range, plot.azimuth, plot.elevation) + "\n"
    }.joined()
  }

  private static func flight(_ fields: inout YAMLFields) -> Flight? {
    let time = fields.time("start")
    let (latitude, longitude) = (
      fields.number("lat", within: -90...90), fields.number("lon", within: -180...180)
    )
    let height = fields.number("height_m", within: -1000...1e6)
    let velocity = ["east_mps", "north_mps", "up_mps"].map {
      fields.number($0, within: -10_000...10_000)
    }
    let coefficient = fields.number("ballistic_coefficient_kg_m2", within: 1...1e6)
    let wind = ["wind_east_mps", "wind_north_mps"].map { fields.number($0, within: -200...200) }
    let burst = fields.optionalDuration("burst_after")
    let ground = fields.number("ground_height_m", within: -1000...9000)
    guard let time, let latitude, let longitude, let height, let east = velocity[0],
      let north = velocity[1], let up = velocity[2], let coefficient,
      let windEast = wind[0], let windNorth = wind[1], let ground
    else { return nil }
    let start = Flight.State(
      time: time, position: Position(latitude: latitude, longitude: longitude), height: height,
      velocity: Flight.Velocity(east: east, north: north, up: up))
    return Flight(
      start: start, body: Body(ballisticCoefficient: coefficient),
      wind: Offset(east: windEast, north: windNorth), burst: burst, groundHeight: ground)
  }

  private static func radar(_ fields: inout YAMLFields, _ radars: [Radar]) -> RadarSimulator? {
    let id = fields.text("radar")
    let radar = radars.first { $0.id == id }
    if let id, radar?.sigma == nil {
      fields.fault("radar", "is '\(id)', which radars.json does not list with its sigma; add it")
    }
    let interval = fields.duration("interval")
    let detection = fields.number("detection", within: 0...1)
    let mask = fields.number("mask_deg", within: -90...90)
    guard let radar, let sigma = radar.sigma, let interval, let detection, let mask else {
      return nil
    }
    return RadarSimulator(
      radar: radar, sigma: sigma, interval: interval, detection: detection, mask: mask)
  }
}
