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

  public init(
    id: String, position: Position, height: Double, velocity: Velocity, placeSigma: Spread,
    velocitySigma: Spread, plots: Int, firstPlot: Timestamp, lastPlot: Timestamp,
    radars: [String], phase: Phase, forecast: Forecast? = nil, end: TrackEnd? = nil
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
    self.forecast = forecast
    self.end = end
  }
}
