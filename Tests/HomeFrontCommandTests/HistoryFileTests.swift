import HomeFrontCommand
import Testing

@Suite struct `The history` {
  @Test func `of the last day is read with its numbers and Israel's clock`() throws {
    let file = try HistoryFile(
      Array(
        #"[{"alertDate": "2026-03-01 18:33:04", "title": "ירי רקטות וטילים", "data": "זיקים", "category": 1}]"#
          .utf8))
    let row = try #require(file.rows.first)
    #expect(row.zone == "זיקים")
    #expect(row.time.description == "2026-03-01 18:33:04")
    #expect(row.category?.kind == .missiles)
    #expect(file.faults.isEmpty)
  }

  @Test func `of a month carries its seconds in other fields`() throws {
    let file = try HistoryFile(
      Array(
        #"[{"data": "זיקים", "date": "01.03.2026", "time": "18:33:04", "alertDate": "2026-03-01T18:33:00", "#
          .utf8)
        + Array(
          #""category": 13, "category_desc": "האירוע הסתיים", "matrix_id": 10, "rid": 16216}]"#.utf8
        ))
    #expect(file.rows.first?.time.second == 4)
    #expect(file.rows.first?.serial == 16216)
    #expect(file.rows.first?.category?.kind == .ended)
  }

  @Test func `loses one entry that cannot be read and no other`() throws {
    let file = try HistoryFile(
      Array(
        #"[7, {"data":"א","category":1}, {"data":"","category":1,"alertDate":"2026-03-01 18:33:04"}, "#
          .utf8)
        + Array(
          #"{"data":"ב","category":"x","alertDate":"2026-03-01 18:33:04"}, {"data":"ג","category":"2","alertDate":"2026-03-01 18:33"}]"#
            .utf8))
    #expect(file.rows.map(\.zone) == ["ג"])
    #expect(file.rows.first?.category?.kind == .aircraft)
    #expect(file.faults.count == 4)
  }

  @Test func `is empty as zero bytes, as a mark, and as an empty array`() throws {
    for bytes in [[], [0xEF, 0xBB, 0xBF, 0x0D, 0x0A], Array("[]".utf8)] as [[UInt8]] {
      #expect(try HistoryFile(bytes).rows.isEmpty)
    }
    #expect(throws: UnreadableFeed.self) { try HistoryFile(Array("{}".utf8)) }
  }

  @Test func `is written newest first and read back whole, in both forms`() throws {
    let times = ["2026-03-01 18:33:04", "2026-03-01 18:34:00", "2026-02-28 23:59:59"]
    let rows = try times.enumerated().map { index, time in
      HistoryRow(
        zone: "שדרות, איבים", time: try #require(IsraelTime(time)), number: 1, title: "ירי",
        serial: index)
    }
    let file = HistoryFile(rows)
    #expect(try HistoryFile(file.longBytes).rows == [rows[1], rows[0], rows[2]])
    let short = try HistoryFile(file.shortBytes).rows
    #expect(short.map(\.time) == [rows[1].time, rows[0].time, rows[2].time])
  }
}

@Suite struct `The lists` {
  @Test func `of Tzofar keep the order of fields that one client reads by`() {
    let zone = ListedZone(
      number: 7, names: ["he": "זיקים", "en": "Zikim"], area: 3, areaNames: ["he": "עוטף עזה"],
      shelterSeconds: 17, latitude: 31.5, longitude: 34.5)
    #expect(
      String(decoding: ZoneLists([zone]).tzofar, as: UTF8.self)
        == #"{"cities":{"זיקים":{"id":7,"he":"זיקים","en":"Zikim","ru":"זיקים","ar":"זיקים","es":"זיקים","#
        + #""area":3,"countdown":15,"lat":31.5,"lng":34.5}},"#
        + #""areas":{"3":{"he":"עוטף עזה","en":"עוטף עזה","ru":"עוטף עזה","ar":"עוטף עזה","es":"עוטף עזה"}}}"#
    )
  }
}
