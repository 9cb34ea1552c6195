import Foundation
import Testing
import TocsinModel
import TocsinSources

private let header = "time_local,time_utc,zone_he,category,matrix_id,description,source_id"
private let row = "2023-05-14T18:33:05+03:00,2023-05-14T15:33:05Z,זיקים,1,1,ירי,16216"

private func log(_ lines: String...) -> AlertLog {
  AlertLog([UInt8](lines.joined(separator: "\n")))
}

@Suite struct `An alert log` {
  @Test func `is read with quotes, a byte order mark, CR LF and columns in any order`() throws {
    let text =
      "\u{FEFF}zone_he,extra,category,time_local\r\n"
      + "\"שדרות, \"\"איבים\"\"\",x,4,2023-05-14T00:30:00+03:00\r\n\r\n"
      + "\"a\nb\",y,14,2023-05-14T00:30:00-01:30\r\n"
    let log = AlertLog([UInt8](text))
    #expect(log.faults == [])
    #expect(log.rows.map(\.zone) == ["שדרות, \"איבים\"", "a\nb"])
    #expect(log.rows.map(\.category) == [4, 14])
    #expect(log.rows.map(\.offsetMinutes) == [180, -90])
    #expect(log.rows.map(\.day) == ["2023-05-14", "2023-05-14"])
    #expect(log.rows.map(\.line) == [2, 4])
    #expect(log.rows[0].time == Timestamp("2023-05-13T21:30:00Z"))
  }

  @Test func `is in order of time, and in that of the file within a second`() {
    let early = row.replacingOccurrences(of: ":05", with: ":04")
    let log = log(header, row + "a", row + "b", early, row + "c")
    #expect(log.rows.map(\.line) == [4, 2, 3, 5])
  }

  @Test(arguments: [
    (row.replacingOccurrences(of: "+03:00", with: ""), "time_local", "offset"),
    (row.replacingOccurrences(of: "זיקים", with: " "), "zone_he", "empty"),
    (row.replacingOccurrences(of: ",1,1,", with: ",one,1,"), "category", "whole number"),
    (row + ",more", "", "8 fields"), ("only", "", "1 fields"),
    (row.replacingOccurrences(of: "זיקים", with: "\"זיקים"), "", "quote"),
    (row.replacingOccurrences(of: "זיקים", with: "\"זי\"קים"), "", "quote"),
  ])
  func `loses one row to what is bad in it, and says which`(
    bad: String, field: String, words: String
  ) {
    let quoted = row.replacingOccurrences(of: "זיקים", with: "\"א, ב\"")
    let log = log(header, row, bad, quoted, row)
    #expect(log.rows.map(\.line) == [2, 4, 5])
    #expect(log.faults.map(\.line) == [3] && log.faults.first?.field == field)
    #expect(log.faults.first?.error.contains(words) == true, "\(log.faults)")
  }

  @Test func `keeps a row whose lesser fields are wrong`() {
    let log = log(
      header, row.replacingOccurrences(of: ",1,1,", with: ",1,x,"),
      row.replacingOccurrences(of: "15:33:05Z", with: "15:33:06Z"))
    #expect(log.rows.count == 2 && log.rows[0].matrix == nil)
    #expect(log.faults.map(\.field) == ["matrix_id", "time_utc"])
  }

  @Test func `that lacks a column says which and gives no row`() {
    let log = log("time_utc,category", "2023-05-14T15:33:05Z,1")
    #expect(log.rows == [] && log.faults.map(\.field) == ["zone_he"])
    #expect(AlertLog([]).faults.count == 1)
    #expect(AlertLog([0xFF, 0x0A, 0x22]).rows == [])
  }

  @Test func `never traps, whatever is in it`() {
    var chance = SeededGenerator(state: 5)
    let original = [UInt8](header + "\r\n" + row + "\n\"" + row + "\"\n" + row)
    for _ in 0..<5_000 {
      var bytes = original
      for _ in 0..<4 {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        bytes[place] = [0x22, 0x2C, 0x0A, 0x0D, 0xFF, 0x2B].randomElement(using: &chance) ?? 0
      }
      let log = AlertLog(bytes)
      #expect(log.rows.count <= 40)
    }
  }

  @Test(
    arguments: [
      (1, "rockets", .takeShelter, false), (2, "aircraft", .takeShelter, false),
      (3, "unconventional", .takeShelter, false), (4, "general", .takeShelter, false),
      (7, "earthquake", .takeShelter, false), (10, "infiltration", .takeShelter, false),
      (11, "tsunami", .takeShelter, false), (12, "chemical", .takeShelter, false),
      (5, nil, .noDanger, false), (13, nil, .ended, false), (14, nil, .earlyWarning, false),
      (15, "rockets", .takeShelter, true), (24, "infiltration", .takeShelter, true),
      (27, nil, .ended, true), (28, nil, .earlyWarning, true),
    ] as [(Int, String?, AlertMeaning.Stage, Bool)])
  func `says by its category which danger it is`(
    category: Int, hazard: String?, stage: AlertMeaning.Stage, isDrill: Bool
  ) {
    let meaning = AlertMeaning(hazard: hazard, stage: stage, isDrill: isDrill)
    #expect(AlertMeaning(historyCategory: category) == meaning)
    #expect(AlertMeaning(historyCategory: category + 100) == nil)
  }

  @Test(.enabled(if: SharedData.has("alerts/alerts-2023-05-09_14.csv")))
  func `of May 2023 has the known totals`() throws {
    let log = try AlertLog.read(SharedData.path("alerts/alerts-2023-05-09_14.csv"))
    #expect(log.faults == [])
    #expect(log.rows.count { $0.category == 4 } == 2)
    let names = ZoneNames(try ZoneFile.read(SharedData.path("zones")).zones)
    let summary = AlertLogSummary(log, names: names)
    #expect(summary.rows == 780 && summary.zones == 164)
    #expect(
      summary.byDay == [
        "2023-05-10": 264, "2023-05-11": 168, "2023-05-12": 110, "2023-05-13": 235, "2023-05-14": 3,
      ])
    #expect(
      summary.joined == [
        "שדרות, איבים, ניר עם": 44, "תלמי ביל''ו": 1, "כפר הרי''ף וצומת ראם": 1,
      ])
    #expect(
      summary.unknown == [
        "שדה אברהם": 6, "תקומה וחוות יזרעם": 5, "אשדוד -יא,יב,טו,יז,מרינה,סיט": 4, "בת-ים": 2,
        "חוות שיקמים": 2,
      ])
    // What the list of cities does not have letter for letter: 8 names, 65 rows.
    let all = summary.joined.merging(summary.unknown) { first, _ in first }
    #expect(all.count == 8 && all.values.reduce(0, +) == 65)
    let data = try JSONEncoder().encode(summary)
    let keys = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(
      Set(keys?.keys.map { $0 } ?? [])
        == ["rows", "zones", "by_day", "by_zone", "unknown", "joined"])
  }

  @Test(.enabled(if: SharedData.has("alerts/alerts-2021-05-11.csv")))
  func `of 11 May 2021 has the known totals`() throws {
    let log = try AlertLog.read(SharedData.path("alerts/alerts-2021-05-11.csv"))
    let names = ZoneNames(try ZoneFile.read(SharedData.path("zones")).zones)
    let summary = AlertLogSummary(log, names: names)
    #expect(summary.rows == 1180 && summary.zones == 309 && log.faults == [])
    #expect(summary.byDay == ["2021-05-11": 1180])
    #expect(summary.joined.count + summary.unknown.count == 29)
    #expect(summary.unknown["אשקלון"] == 36)
  }
}
