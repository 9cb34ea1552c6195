import ArgumentParser
import TocsinModel
import TocsinTracking

struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Reads plots, prints where and when each track comes down.")

  @OptionGroup var input: PlotInput

  @Option(help: "Seconds of plot time between two forecasts of a track.")
  var every = 0.5

  @Flag(
    help:
      "With each line the plots that the track took since its line before; and a line at its end.")
  var plots = false

  func validate() throws {
    guard (0.01...3600).contains(every) else {
      throw ValidationError("--every is a number of seconds from 0.01 to 3600.")
    }
  }

  func run() throws {
    for flight in try input.flights() {
      var settings = flight.settings
      settings.forecastEvery = .seconds(every)
      var tracker = Tracker(radars: flight.radars, settings: settings)
      for plot in try flight.read() {
        while let due = tracker.nextDeadline, due <= plot.measured {
          try print(tracker.advance(to: due), flight.name)
        }
        try print(tracker.receive([plot]), flight.name)
      }
      while let due = tracker.nextDeadline { try print(tracker.advance(to: due), flight.name) }
    }
  }

  private func print(_ updates: [TrackUpdate], _ flight: String) throws {
    for update in updates {
      let track = update.track
      switch update {
      case .forecast(_, let forecast):
        var line = ForecastLine(flight, forecast)
        (line.purity, line.rivals) = (track.doubt?.purity, track.doubt?.rivals)
        if plots { line.plots = track.taken.map(ForecastLine.Plot.init) }
        try Output.json(line)
      case .ended(_, let end):
        guard plots else { continue }
        try Output.json(
          EndLine(
            flight: flight, track: track.id, t: end.time, end: end.kind,
            plots: track.taken.map(ForecastLine.Plot.init)))
      }
    }
  }
}

/// The end of a track, where its plots are asked for.
private struct EndLine: Encodable {
  var flight: String
  var track: String
  var t: Timestamp
  var end: TrackEnd.Kind
  var plots: [ForecastLine.Plot]
}

/// The fixed form of a forecast on the wire.
struct ForecastLine: Encodable {
  var flight: String
  var track: String
  var t: Timestamp
  var impact: Impact
  var covariance: [[Double]]
  var sigmaTime: Double
  var burstProbability: Double
  var ended: Bool
  var parts: [Part]?
  var fragments: [Part]?
  var purity: Double?
  var rivals: [String]?
  var plots: [Plot]?

  enum CodingKeys: String, CodingKey {
    case flight, track, t, impact, parts, fragments, purity, rivals, plots
    case covariance = "covariance_m2"
    case sigmaTime = "sigma_t_s"
    case burstProbability = "p_burst"
    case ended
  }

  struct Impact: Encodable {
    var lat: Double
    var lon: Double
    var t: Timestamp

    init(_ position: Position, _ time: Timestamp) {
      lat = position.latitude
      lon = position.longitude
      t = time
    }
  }

  /// A plot as the radar told it.
  struct Plot: Encodable {
    var t: Timestamp
    var radar: String
    var range: Double
    var azimuth: Double

    enum CodingKeys: String, CodingKey {
      case t, radar
      case range = "range_m"
      case azimuth = "azimuth_deg"
    }

    init(_ plot: Track.Taken) {
      t = plot.measured
      radar = plot.radar
      range = plot.range
      azimuth = plot.azimuth
    }
  }

  struct Part: Encodable {
    var share: Double
    var impact: Impact
    var covariance: [[Double]]
    var sigmaTime: Double

    enum CodingKeys: String, CodingKey {
      case share, impact
      case covariance = "covariance_m2"
      case sigmaTime = "sigma_t_s"
    }

    init(_ part: Forecast.Part) {
      share = part.share
      impact = Impact(part.impact, part.impactTime)
      covariance = part.covariance.rows
      sigmaTime = part.sigmaTime
    }
  }

  init(_ flight: String, _ forecast: Forecast) {
    self.flight = flight
    track = forecast.track
    t = forecast.time
    impact = Impact(forecast.impact, forecast.impactTime)
    covariance = forecast.covariance.rows
    sigmaTime = forecast.sigmaTime
    burstProbability = forecast.burstProbability
    ended = forecast.ended
    parts = forecast.parts.isEmpty ? nil : forecast.parts.map(Part.init)
    fragments = forecast.fragments.isEmpty ? nil : forecast.fragments.map(Part.init)
  }
}

extension Forecast.Covariance {
  fileprivate var rows: [[Double]] { [[eastEast, eastNorth], [eastNorth, northNorth]] }
}
