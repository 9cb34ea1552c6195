public import TocsinModel

/// What a log holds, in numbers.
public struct AlertLogSummary: Hashable, Sendable, Codable {
  public var rows: Int
  /// Distinct names as written.
  public var zones: Int
  /// Rows by local day, each by its own offset.
  public var byDay: [String: Int]
  /// Rows by name as written.
  public var byZone: [String: Int]
  /// Rows by names, as written, of which the map knows no part, or not every part, or not which zone.
  public var unknown: [String: Int]
  /// Rows by names that are no zone's letter for letter and were joined all the same: the names with
  /// these and those of ``unknown`` are all that the map does not have.
  public var joined: [String: Int]

  enum CodingKeys: String, CodingKey {
    case rows, zones
    case byDay = "by_day"
    case byZone = "by_zone"
    case unknown, joined
  }

  public init(_ log: AlertLog, names: ZoneNames) {
    rows = log.rows.count
    byDay = Dictionary(grouping: log.rows, by: \.day).mapValues(\.count)
    byZone = Dictionary(grouping: log.rows, by: \.zone).mapValues(\.count)
    zones = byZone.count
    unknown = [:]
    joined = [:]
    for (name, count) in byZone {
      let match = names.match(name)
      if !match.isWhole {
        unknown[name] = count
      } else if !match.isVerbatim {
        joined[name] = count
      }
    }
  }
}
