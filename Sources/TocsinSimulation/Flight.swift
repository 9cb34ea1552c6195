public import TocsinModel

/// A point mass in the air, from a state in which it is already flying until it bursts or comes down.
///
/// It begins where the simulation begins to look, not where anything was launched.
public struct Flight: Hashable, Sendable {
  public var start: State
  public var body: Body
  /// Meters per second that the air moves east and north, the same at all heights.
  public var wind: Offset
  public var atmosphere: Atmosphere
  /// After the start; `nil`: it stays whole until it comes down.
  public var burst: Duration?
  /// Ellipsoidal meters of the ground.
  public var groundHeight: Double
  /// However it flies, it is followed no longer than this.
  public var longest: Duration

  /// Where it is and how it moves at one moment.
  public struct State: Hashable, Sendable {
    public var time: Timestamp
    public var position: Position
    /// Meters above the ellipsoid.
    public var height: Double
    public var velocity: Velocity

    public init(time: Timestamp, position: Position, height: Double, velocity: Velocity) {
      self.time = time
      self.position = position
      self.height = height
      self.velocity = velocity
    }
  }

  /// Meters per second over the ground, in the directions of the place where it is.
  public struct Velocity: Hashable, Sendable {
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

  /// How a flight ends.
  public enum End: String, Hashable, Sendable { case burst, impact, unfinished }

  public init(
    start: State, body: Body, wind: Offset = Offset(east: 0, north: 0),
    atmosphere: Atmosphere = .standard, burst: Duration? = nil, groundHeight: Double = 0,
    longest: Duration = .seconds(900)
  ) {
    self.start = start
    self.body = body
    self.wind = wind
    self.atmosphere = atmosphere
    self.burst = burst
    self.groundHeight = groundHeight
    self.longest = longest
  }
}
