/// What became of zones and bodies, of one world or of many added up.
public struct Tally: Hashable, Sendable, Encodable {
  public var worlds = 0
  public var bodies = 0
  /// Tracks that had a forecast; more than bodies where one body became several tracks.
  public var tracks = 0
  /// Of those seen in time: bodies that never had a forecast.
  public var withoutForecast = 0
  /// Zones within 300 m of where a whole body came down.
  public var inDanger = 0
  /// Not warned at all, though a body was seen in time.
  public var missedNever = 0
  /// Warned less than 5 s before the impact, though the body was seen in time.
  public var missedLate = 0
  /// Told all clear before the impact.
  public var missedCleared = 0
  /// Not warned, and nobody could: the body was not seen, or too late.
  public var missedBlind = 0
  /// Zones in danger, not missed, that the first plot left their shelter time.
  public var reachable = 0
  /// Of them: warned, but with less than their shelter time left.
  public var late = 0
  /// Zones warned that no body and no piece came within 1,000 m of, nor would have without a burst.
  public var needless = 0
  public var needlessSquareKilometers = 0.0
  /// Where known.
  public var needlessPeople = 0
  /// Zones within 300 m of where a piece of a burst body came down, and those not warned.
  public var underPieces = 0
  public var underPiecesUnwarned = 0
  /// Zones warned again after their all-clear, and corrections.
  public var again = 0
  public var corrections = 0
  /// Tracks that raised a warning and were of no body.
  public var falseTracks = 0

  public init() {}

  /// Though the body was seen in time: what must not be.
  public var missed: Int { missedNever + missedLate + missedCleared }

  enum CodingKeys: String, CodingKey {
    case worlds, bodies, tracks, reachable, late, needless, again, corrections
    case withoutForecast = "without_forecast"
    case inDanger = "in_danger"
    case missedNever = "missed_never"
    case missedLate = "missed_late"
    case missedCleared = "missed_cleared"
    case missedBlind = "missed_blind"
    case needlessSquareKilometers = "needless_km2"
    case needlessPeople = "needless_people"
    case underPieces = "under_pieces"
    case underPiecesUnwarned = "under_pieces_unwarned"
    case falseTracks = "false_tracks"
  }

  private static let counts: [any WritableKeyPath<Tally, Int> & Sendable] = [
    \.worlds, \.bodies, \.tracks, \.withoutForecast, \.inDanger, \.missedNever, \.missedLate,
    \.missedCleared, \.missedBlind, \.reachable, \.late, \.needless, \.needlessPeople,
    \.underPieces, \.underPiecesUnwarned, \.again, \.corrections, \.falseTracks,
  ]

  public static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    for count in counts { sum[keyPath: count] += right[keyPath: count] }
    sum.needlessSquareKilometers += right.needlessSquareKilometers
    return sum
  }
}

/// What it is worth, in needlessly warned zones. The yardstick of policies, so no policy's own value.
public struct Stakes: Hashable, Sendable {
  /// Of a zone missed though the body was seen in time.
  public var missed: Double
  /// Of a zone warned with less than its shelter time left, though the first plot left it.
  public var late: Double

  public init(missed: Double = 60, late: Double = 10) {
    self.missed = missed
    self.late = late
  }

  public func cost(of tally: Tally) -> Double {
    missed * Double(tally.missed) + late * Double(tally.late) + Double(tally.needless)
  }
}
