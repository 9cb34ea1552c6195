/// When a forecast is enough to warn a zone, as a stated cost.
///
/// A missed zone costs `missCost` needless warnings. Warning at probability P costs (1 − P), staying silent
/// P × missCost; so once waiting has no value a zone is warned from P = 1 / (1 + missCost). While more time
/// is left than the zone needs, waiting sharpens the forecast, and the threshold is higher. So it is
/// while the forecast is still far wider than a zone: it sharpens within seconds, and every zone that a wide
/// forecast touches would be warned needlessly but one.
public struct Policy: Hashable, Sendable, Codable {
  /// How many needless warnings one missed zone is worth; above 0.
  public var missCost: Double
  /// How many needless warnings one zone is worth that fragments fall on unwarned; above 0. `nil`:
  /// `usualFragmentCost`.
  public var fragmentCost: Double?
  /// The threshold, 0 to 1, while there is far more time than the zone needs.
  public var patientThreshold: Double
  /// Time beyond the zone's need, in seconds, from which the patient threshold holds.
  public var patience: Double
  /// Meters, root of the sum of both variances, up to which a forecast is sharp; from twice this on the
  /// patient threshold holds however little time is left, until the last seconds.
  public var sharp: Double
  /// Seconds to the latest likely impact from which on cost alone decides.
  public var lastSeconds: Double
  /// Seconds added to a zone's shelter time before waiting loses its value: for channels and for people to react.
  public var reaction: Double
  /// Seconds to shelter where the zone's authority has stated none.
  public var shelterSecondsUnstated: Int
  /// A zone is in danger if the body comes down in it or within this many meters of it.
  public var dangerRadius: Double
  /// How long people stay in shelter after the last expected impact.
  public var stay: Duration
  /// A warning ends by itself after this time at the latest, unless renewed: nothing sticks.
  public var longest: Duration
  /// The same source's word on the same hazard within this time renews its warning.
  public var renewal: Duration
  /// More zones than this on one unconfirmed witness: the nearest at once, the rest held.
  public var wide: Int
  /// How long the rest is held for a second witness or person.
  public var hold: Duration
  /// Live plots older than this are refused.
  public var oldestPlot: Duration
  /// Live plots ahead of our clock by more than this are refused.
  public var newestPlot: Duration
  /// An announcement older than this is recorded and does not sound.
  public var oldestStatement: Duration
  /// How long an order that needs two people waits for the second.
  public var confirmation: Duration
  /// Silence after which a source counts as blind, whatever its heartbeat.
  public var blind: Duration
  /// How long plots stay in the journal; all else stays for good.
  public var plotsKept: Duration

  public init() {
    missCost = 60
    patientThreshold = 0.45
    patience = 40
    sharp = 1000
    lastSeconds = 10
    reaction = 3
    shelterSecondsUnstated = 30
    dangerRadius = 300
    stay = .seconds(600)
    longest = .seconds(1800)
    renewal = .seconds(180)
    wide = 20
    hold = .seconds(5)
    oldestPlot = .seconds(10)
    newestPlot = .seconds(1)
    oldestStatement = .seconds(120)
    confirmation = .seconds(60)
    blind = .seconds(15)
    plotsKept = .seconds(30 * 86_400)
  }

  /// The longest that an authority's own time of expiry is followed.
  public static let longestStated = Duration.seconds(3 * 86_400)

  /// As bad as one needless warning: a piece endangers a few meters, where a whole body endangers hundreds. So a
  /// zone is warned where a piece more likely falls than not.
  public static let usualFragmentCost = 1.0

  /// From which probability that a piece of any kind comes down there a zone is warned; their forecast
  /// does not sharpen, so waiting has no value.
  public var fragmentThreshold: Double { 1 / (1 + (fragmentCost ?? Self.usualFragmentCost)) }

  /// From which probability a zone is warned with `timeLeft` seconds to the expected impact, give or
  /// take `timeSigma`, by a forecast `spread` meters wide (root of the sum of both variances).
  public func threshold(
    timeLeft: Double, shelterSeconds: Int?, spread: Double = 0, timeSigma: Double = 0
  ) -> Double {
    let cost = 1 / (1 + missCost)
    let rise = max(patientThreshold, cost) - cost
    let spare = timeLeft - Double(shelterSeconds ?? shelterSecondsUnstated) - reaction
    let isLate = timeLeft + timeSigma < lastSeconds
    let blur = isLate || sharp <= 0 ? 0 : max(0, spread - sharp) / sharp
    return cost + rise * min(1, max(blur, spare > 0 ? spare / patience : 0))
  }
}
