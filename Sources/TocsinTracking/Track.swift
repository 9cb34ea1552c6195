public import TocsinModel

/// Plots believed to be one target, and what is known of its motion.
public struct Track: Hashable, Sendable, Codable {
  /// Counts from "1" in the order of confirmation.
  public var id: String
  public var position: Position
  /// Meters above the ellipsoid.
  public var height: Double
  public var velocity: Velocity
  /// One standard deviation of place and of velocity along east, north and up.
  public var placeSigma: Spread
  public var velocitySigma: Spread
  public var plots: Int
  public var firstPlot: Timestamp
  public var lastPlot: Timestamp
  /// Ids of the radars that saw it, sorted.
  public var radars: [String]
  public var phase: Phase
  /// How likely all its plots are of one body, 0 to 1: it begins with how sure the search was of the first plots, and
  /// each time that a plot of a look could have been given otherwise, as two bodies cross or a false plot comes
  /// beside the true one, takes its share. A false plot alone in place of a missed one is not seen. It never rises.
  public var purity: Double
  /// Ids of the tracks that some of its plots may belong to, in the order of their numbers.
  public var rivals: [String]
  /// The plots that it took since its update before.
  public var taken: [Taken]
  /// The newest; `nil` before the first.
  public var forecast: Forecast?
  /// How it ended; `nil` while it lives.
  public var end: TrackEnd?

  public enum Phase: String, Hashable, Sendable, Codable {
    /// Its motor more likely burns than not.
    case powered
    case ballistic
    case ended
  }

  /// A plot as its radar told it: enough to find it among all that came.
  public struct Taken: Hashable, Sendable, Codable {
    public var radar: String
    public var measured: Timestamp
    /// Meters.
    public var range: Double
    /// Degrees.
    public var azimuth: Double

    public init(radar: String, measured: Timestamp, range: Double, azimuth: Double) {
      self.radar = radar
      self.measured = measured
      self.range = range
      self.azimuth = azimuth
    }
  }

  /// Meters per second.
  public struct Velocity: Hashable, Sendable, Codable {
    public var east: Double
    public var north: Double
    public var up: Double

    public init(east: Double, north: Double, up: Double) {
      self.east = east
      self.north = north
      self.up = up
    }

    public var speed: Double { (east * east + north * north + up * up).squareRoot() }
  }

  /// One standard deviation along each axis, in meters or meters per second.
  public struct Spread: Hashable, Sendable, Codable {
    public var east: Double
    public var north: Double
    public var up: Double

    public init(east: Double, north: Double, up: Double) {
      self.east = east
      self.north = north
      self.up = up
    }
  }

  /// Purity and rivals where they are worth telling: from 1 in 200 on that a plot is another's.
  public var doubt: (purity: Double, rivals: [String])? {
    purity < 0.995 ? ((purity * 1e4).rounded() / 1e4, rivals) : nil
  }

  public init(
    id: String, position: Position, height: Double, velocity: Velocity, placeSigma: Spread,
    velocitySigma: Spread, plots: Int, firstPlot: Timestamp, lastPlot: Timestamp,
    radars: [String], phase: Phase, purity: Double = 1, rivals: [String] = [],
    taken: [Taken] = [], forecast: Forecast? = nil, end: TrackEnd? = nil
  ) {
    self.id = id
    self.position = position
    self.height = height
    self.velocity = velocity
    self.placeSigma = placeSigma
    self.velocitySigma = velocitySigma
    self.plots = plots
    self.firstPlot = firstPlot
    self.lastPlot = lastPlot
    self.radars = radars
    self.phase = phase
    self.purity = purity
    self.rivals = rivals
    self.taken = taken
    self.forecast = forecast
    self.end = end
  }
}
