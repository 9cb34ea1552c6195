import Foundation
import TocsinModel
import TocsinSimulation
import TocsinSources

/// A set of made-up flights as a folder that `tocsin evaluate` reads: `plots/index.json` with its plot files and met
/// messages, `truth`, and `zones.geojson` (`Docs/FORMATS.md`).
struct FlightSetFolder {
  let set: FlightSet

  /// Makes a set into a new folder; nothing is overwritten, and nothing half written stays.
  /// - Throws: what the file system says, or that the folder is there already, as ``Refused``.
  static func write(to path: String, _ make: () -> FlightSet) throws -> FlightSet {
    let folder = URL(fileURLWithPath: path)
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw Refused(description: "\(path) exists already; name a folder that does not.")
    }
    do {
      for name in ["plots/met", "truth"] {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      let set = make()
      try FlightSetFolder(set: set).write(to: folder)
      return set
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw Refused(
        description: "\(path) cannot be made (\(error.reason)). "
          + "Name a new folder in one where you may write, on a disk with room.")
    }
  }

  private func write(to folder: URL) throws {
    for recording in set.recordings {
      let lines = try recording.sightings.map { try Output.encoded($0.plot) }
      try write(lines, to: folder.appending(path: "plots/\(recording.name).ndjson"))
      guard let met = recording.met else { continue }
      try write([Output.encoded(met)], to: folder.appending(path: "plots/\(Self.met(recording))"))
    }
    try write([Output.encoded(Index(set))], to: folder.appending(path: "plots/index.json"))
    for (name, text) in try truths() {
      try write([text], to: folder.appending(path: "truth/\(name).json"))
    }
    try Data(ZoneFile.geoJSON(set.zones).utf8).write(to: folder.appending(path: "zones.geojson"))
  }

  private func write(_ lines: [String], to file: URL) throws {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
  }

  /// All recordings of a flight share its message.
  private static func met(_ recording: FlightSet.Recording) -> String {
    "met/\(flight(recording)).json"
  }

  private static func flight(_ recording: FlightSet.Recording) -> String {
    String(recording.name.prefix { $0 != "-" })
  }

  /// By name: one a flight with all that saw it, one a salvo.
  private func truths() throws -> [(name: String, text: String)] {
    let flights = Dictionary(grouping: set.recordings, by: Self.flight)
    return try flights.sorted { $0.key < $1.key }.map { name, recordings in
      let first = recordings[0]
      return first.kind == .salvo
        ? (name, try Output.encoded(SalvoTruth(first)))
        : (name, try Output.encoded(SingleTruth(name, recordings)))
    }
  }

  private struct Index: Encodable {
    struct Site: Encodable {
      var lat, lon, height, mask, detection: Double

      enum CodingKeys: String, CodingKey {
        case lat, lon
        case height = "height_m"
        case mask = "mask_deg"
        case detection = "pd"
      }
    }

    struct File: Encodable {
      var flight, file, radar: String
      var kind: FlightSet.Kind
      var ground: Double
      var met: String?

      enum CodingKeys: String, CodingKey {
        case flight, file, radar, kind, met
        case ground = "ground_h_m"
      }
    }

    var radar: Site
    var files: [File]

    init(_ set: FlightSet) {
      let place = set.site.position
      radar = Site(
        lat: place.latitude, lon: place.longitude, height: set.site.height, mask: set.mask,
        detection: set.detection)
      files = set.recordings.map {
        File(
          flight: $0.name, file: "\($0.name).ndjson", radar: $0.radar, kind: $0.kind,
          ground: set.groundHeight, met: $0.met == nil ? nil : FlightSetFolder.met($0))
      }
    }
  }
}

/// One body as it flew.
private struct BodyTruth: Encodable {
  struct End: Encodable {
    var lat, lon, h: Double
    var t: Timestamp

    init(_ state: Flight.State) {
      (lat, lon) = (state.position.latitude, state.position.longitude)
      (h, t) = (state.height, state.time)
    }
  }

  var id: String
  /// `normal`, `tumble` or `airburst`.
  var category: String
  var failure: Timestamp?
  /// `null` of one that burst.
  var impact: End?
  var end: End
  /// Over ground, from where it is first followed.
  var range: Double
  /// Of a salvo's member alone.
  var firstPlot: Timestamp?
  var lastPlot: Timestamp?

  enum CodingKeys: String, CodingKey {
    case id, category, impact, end
    case failure = "failure_t"
    case range = "range_m"
    case firstPlot = "first_plot"
    case lastPlot = "last_plot"
  }

  init(_ id: String, _ body: World.Falling, seen: [RadarSimulator.Sighting] = []) {
    let flight = body.path.flight
    // One that was to begin after it came down never did.
    let tumbles = flight.body.tumble.map { body.path.start + $0.after }
      .flatMap { $0 < body.path.last.time ? $0 : nil }
    self.id = id
    category = body.path.end == .burst ? "airburst" : tumbles != nil ? "tumble" : "normal"
    failure = body.path.end == .burst ? body.path.last.time : tumbles
    impact = body.impact.map(End.init)
    end = End(body.path.last)
    range = Plane(around: flight.start.position).offset(of: body.path.last.position).length
    firstPlot = seen.first?.plot.measured
    lastPlot = seen.last?.plot.measured
  }

  /// What did not happen is there, as `null`.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(category, forKey: .category)
    try container.encode(failure, forKey: .failure)
    try container.encode(impact, forKey: .impact)
    try container.encode(end, forKey: .end)
    try container.encode(range, forKey: .range)
    try container.encodeIfPresent(firstPlot, forKey: .firstPlot)
    try container.encodeIfPresent(lastPlot, forKey: .lastPlot)
  }
}

private struct SingleTruth: Encodable {
  struct Plots: Encodable {
    var radar: String
    var firstPlot: Timestamp
    var lastPlot: Timestamp
    /// Of each plot `1`, or `0` if it is false; only where there are false ones.
    var labels: String?

    enum CodingKeys: String, CodingKey {
      case radar, labels
      case firstPlot = "first_plot"
      case lastPlot = "last_plot"
    }
  }

  var body: BodyTruth
  /// When it is first followed, already in the air; its trajectory counts from then.
  var start: Timestamp
  var burnout: Timestamp
  /// Each second: seconds, latitude, longitude, height.
  var trajectory: [[Double]]
  var plots: [String: Plots]

  enum CodingKeys: String, CodingKey {
    case trajectory, plots
    case start = "launch_t"
    case burnout = "burnout_t"
  }

  init(_ name: String, _ recordings: [FlightSet.Recording]) {
    let falling = recordings[0].bodies[0]
    let path = falling.path
    body = BodyTruth(name, falling)
    start = path.start
    burnout = path.start + (path.flight.body.thrust?.duration ?? .zero)
    trajectory = (0...Int((path.last.time - path.start).inSeconds)).compactMap { second in
      path.state(at: path.start + .seconds(second)).map {
        [Double(second), $0.position.latitude, $0.position.longitude, $0.height]
      }
    }
    plots = [:]
    for recording in recordings {
      let seen = recording.sightings.filter { $0.flight != nil }
      guard let first = seen.first, let last = seen.last else { continue }
      plots[recording.name] = Plots(
        radar: recording.radar, firstPlot: first.plot.measured,
        lastPlot: last.plot.measured,
        labels: recording.kind == .clutter
          ? String(recording.sightings.map { $0.flight == nil ? "0" : "1" }) : nil)
    }
  }

  func encode(to encoder: any Encoder) throws {
    try body.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(start, forKey: .start)
    try container.encode(burnout, forKey: .burnout)
    try container.encode(trajectory, forKey: .trajectory)
    try container.encode(plots, forKey: .plots)
  }
}

private struct SalvoTruth: Encodable {
  var flight: String
  var radar: String
  var salvo = true
  var members: [BodyTruth]
  /// Of each plot the number of its member, from 1.
  var labels: [Int]

  init(_ recording: FlightSet.Recording) {
    flight = recording.name
    radar = recording.radar
    members = recording.bodies.enumerated().map { index, body in
      BodyTruth("\(index + 1)", body, seen: recording.sightings.filter { $0.flight == index })
    }
    labels = recording.sightings.map { ($0.flight ?? -1) + 1 }
  }
}
