public import TocsinModel
import TocsinSources

/// What a history holds, in numbers.
///
/// A *warning* here is a row that says "take shelter" for one zone, drills and repeated rows left out;
/// all rows that are left out are counted, each under its reason.
public struct Statistics: Sendable {
  /// All rows of the selection.
  public internal(set) var rows = 0
  public internal(set) var warnings = 0
  public internal(set) var earlyWarnings = 0
  public internal(set) var ends = 0
  public internal(set) var drills = 0
  /// Sirens that stood for no danger, as on memorial days.
  public internal(set) var noDanger = 0
  /// Rows of a category whose number is not known.
  public internal(set) var unknownCategory = 0
  /// Rows that say what another row says already.
  public internal(set) var repeats = 0
  /// Warnings for names of which the map does not know every part.
  public internal(set) var offMap = 0
  public internal(set) var first: Timestamp?
  public internal(set) var last: Timestamp?

  /// Warnings by local day (days since 1970).
  public internal(set) var byDay: [Int: Int] = [:]
  /// Warnings by local hour, 0 to 23.
  public internal(set) var byHour = [Int](repeating: 0, count: 24)
  /// Warnings by weekday, Monday first.
  public internal(set) var byWeekday = [Int](repeating: 0, count: 7)
  public internal(set) var byHazard: [String: Int] = [:]
  public internal(set) var byDistrict: [String: Int] = [:]
  /// Warnings by place of the chronicle's names.
  public internal(set) var byPlace: [Int]
  /// Warnings by hours since 1970, local.
  public internal(set) var byDayHour: [Int: Int] = [:]

  public internal(set) var episodes: [Episode] = []
  /// The longest times without a warning, longest first.
  public internal(set) var calms: [Calm] = []
  public internal(set) var early = EarlyWarnings()

  public let places: [Places.Place]

  /// Warnings with no more than ``Statistics/gap`` between one and the next.
  public struct Episode: Hashable, Sendable {
    public var start: Timestamp
    public var end: Timestamp
    public var offsetMinutes: Int
    public var warnings: Int
    /// Distinct names.
    public var zones: Int
  }

  /// Time between one warning and the next.
  public struct Calm: Hashable, Sendable {
    public var start: Timestamp
    public var end: Timestamp
    public var offsetMinutes: Int
    public var span: Duration { end - start }
  }

  /// What came of early warnings.
  public struct EarlyWarnings: Hashable, Sendable {
    /// Followed by "take shelter" for the same name within ``Statistics/followed``.
    public var followed = 0
    public var notFollowed = 0
    /// Seconds from one to the other, in order.
    public var leads: [Double] = []
    /// Warnings that no early warning preceded, where the log knows early warnings at all.
    public var unannounced = 0
  }

  /// More than this between two warnings begins another episode.
  public static let gap = Duration.seconds(120)
  /// An early warning counts as followed within this.
  public static let followed = Duration.seconds(1_800)
  /// Calms that are kept.
  public static let calmsKept = 20

  /// - Parameter zones: what the logs' names stand for.
  public init(_ chronicle: Chronicle, zones: [Zone], selection: Selection = Selection()) {
    let places = Places(chronicle.names, zones: zones)
    self.places = places.places
    byPlace = [Int](repeating: 0, count: places.places.count)
    var count = StatisticsCount(chronicle, places.places, selection)
    count.run(into: &self)
  }

  /// The busiest local hours, with their warnings, most first.
  public func busiestHours(_ limit: Int) -> [(hour: Int, warnings: Int)] {
    byDayHour.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
      .map { (hour: $0.key, warnings: $0.value) }
  }

  /// The places with most warnings, most first.
  public func topPlaces(_ limit: Int) -> [(place: Places.Place, warnings: Int)] {
    byPlace.indices.filter { byPlace[$0] > 0 }
      .sorted { (byPlace[$1], places[$0].title) < (byPlace[$0], places[$1].title) }.prefix(limit)
      .map { (place: places[$0], warnings: byPlace[$0]) }
  }
}
