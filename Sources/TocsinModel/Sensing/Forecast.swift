/// Where and when a track will come down, and how surely.
public struct Forecast: Hashable, Sendable, Codable {
  public var track: String
  /// The data time it was made at: that of the newest plot it rests on.
  public var time: Timestamp
  /// The mean of the ground point.
  public var impact: Position
  /// The mean of the moment it reaches the ground.
  public var impactTime: Timestamp
  /// Of the ground point about its mean.
  public var covariance: Covariance
  /// One standard deviation of the moment, in seconds.
  public var sigmaTime: Double
  /// Probability, 0 to 1, that the body has already burst or ended in the air.
  public var burstProbability: Double
  /// Whether that is decided: nothing whole is in the air any more.
  public var ended: Bool

  /// A symmetric 2×2 matrix of square meters, east and north.
  public struct Covariance: Hashable, Sendable, Codable {
    public var eastEast: Double
    public var eastNorth: Double
    public var northNorth: Double

    public init(eastEast: Double, eastNorth: Double, northNorth: Double) {
      self.eastEast = eastEast
      self.eastNorth = eastNorth
      self.northNorth = northNorth
    }

    public var determinant: Double { eastEast * northNorth - eastNorth * eastNorth }
  }

  public init(
    track: String, time: Timestamp, impact: Position, impactTime: Timestamp,
    covariance: Covariance, sigmaTime: Double, burstProbability: Double, ended: Bool
  ) {
    self.track = track
    self.time = time
    self.impact = impact
    self.impactTime = impactTime
    self.covariance = covariance
    self.sigmaTime = sigmaTime
    self.burstProbability = burstProbability
    self.ended = ended
  }
}
