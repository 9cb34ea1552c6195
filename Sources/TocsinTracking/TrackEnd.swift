public import TocsinModel

/// How a track ended, as far as plots tell. Why it ended in the air is never decided here.
public struct TrackEnd: Hashable, Sendable, Codable {
  /// When it is believed to have ended: the newest plot, or the forecast moment of impact.
  public var time: Timestamp
  public var kind: Kind
  /// Where, and how many meters above the ground.
  public var place: Position
  public var height: Double
  /// Of the place.
  public var covariance: Forecast.Covariance
  public var burstProbability: Double
  /// The last before the end; `nil` if there was none.
  public var forecast: Forecast?

  public enum Kind: String, Hashable, Sendable, Codable {
    /// The plots stopped too high and too soon.
    case burst
    /// It ran down to the ground or below the radar's horizon, as forecast.
    case impact
    /// Neither can be told.
    case lost
  }

  public init(
    time: Timestamp, kind: Kind, place: Position, height: Double, covariance: Forecast.Covariance,
    burstProbability: Double, forecast: Forecast? = nil
  ) {
    self.time = time
    self.kind = kind
    self.place = place
    self.height = height
    self.covariance = covariance
    self.burstProbability = burstProbability
    self.forecast = forecast
  }
}
