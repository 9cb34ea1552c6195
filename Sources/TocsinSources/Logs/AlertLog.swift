public import TocsinConfiguration
public import TocsinModel

/// A log of alerts as they were given: one row for one zone's siren at one second.
///
/// Columns, found by their names in any order: `time_local` or `time_utc` (or both), `zone_he`, `category`,
/// and if there are `matrix_id`, `description`, `source_id`. A row that cannot be read is a fault and costs
/// no other.
///
/// Source: the history of the Home Front Command, as GitHub dleshem/israel-alerts-data collects it.
public struct AlertLog: Hashable, Sendable {
  /// By time; rows of one second stay in the order of the file.
  public private(set) var rows: [Row] = []
  public private(set) var faults: [LogFault] = []

  /// That the siren of one zone was set off.
  public struct Row: Hashable, Sendable {
    public var time: Timestamp
    /// Of local time, east of Greenwich.
    public var offsetMinutes: Int
    /// Its name as the log writes it.
    public var zone: String
    /// In the numbers of the history (``AlertMeaning``).
    public var category: Int
    /// In the numbers of the real-time feed, which differ.
    public var matrix: Int?
    public var description: String
    public var sourceID: String
    /// In the file, from 1.
    public var line: Int

    public init(
      time: Timestamp, offsetMinutes: Int, zone: String, category: Int, matrix: Int? = nil,
      description: String = "", sourceID: String = "", line: Int = 0
    ) {
      self.time = time
      self.offsetMinutes = offsetMinutes
      self.zone = zone
      self.category = category
      self.matrix = matrix
      self.description = description
      self.sourceID = sourceID
      self.line = line
    }

    /// The local day: `2023-05-14`.
    public var day: String { String(time.rfc3339(offsetMinutes: offsetMinutes).prefix(10)) }

    /// What its category says; `nil` for a number that is not known.
    public var meaning: AlertMeaning? { AlertMeaning(historyCategory: category) }
  }

  public static func read(_ path: String) throws(UnreadableFile) -> AlertLog {
    AlertLog(try FileBytes.read(path))
  }

  public init(_ bytes: [UInt8]) {
    let table = CSVTable(bytes)
    faults = table.faults.map { LogFault(line: $0.line, field: "", error: $0.error) }
    guard let header = table.records.first else {
      faults.append(LogFault(line: 0, field: "", error: "is empty; nothing was read"))
      return
    }
    let columns = AlertColumns(header.fields)
    faults += columns.faults
    guard columns.areEnough else { return }
    for record in table.records.dropFirst() {
      do {
        rows.append(try columns.row(record, &faults))
      } catch {
        faults.append(error)
      }
    }
    rows.sort { ($0.time, $0.line) < ($1.time, $1.line) }
    faults.sort { $0.line < $1.line }
  }
}
