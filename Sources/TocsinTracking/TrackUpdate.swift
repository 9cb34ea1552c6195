public import TocsinModel

/// What changed about a track.
public enum TrackUpdate: Hashable, Sendable, Codable {
  case forecast(Track, Forecast)
  /// The last of a track. A burst comes after a forecast that says `ended`.
  case ended(Track, TrackEnd)

  public var track: Track {
    switch self {
    case .forecast(let track, _), .ended(let track, _): track
    }
  }
}
