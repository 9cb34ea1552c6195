import HomeFrontCommand
import Testing
import TocsinModel
import TocsinSources

/// A feed and the moments at which it is read.
private struct Scene {
  var reader = HomeFrontReader(source: "hfc", everywhere: ["זיקים", "נתיב העשרה"])
  var now = Timestamp("2026-03-01T16:33:10Z")!

  mutating func show(
    _ number: Int?, _ zones: [String], title: String = "ירי רקטות וטילים",
    at time: String = "2026-03-01T16:33:08Z"
  ) -> FeedNews {
    let id = Timestamp(time).map { AlertID.id(unixSeconds: $0.nanoseconds / 1_000_000_000) }
    return reader.realTime(
      RealTimeFile(
        RealTimeAlert(id: id ?? "", number: number, title: title, zones: zones, instruction: "")
      ).bytes, at: now)
  }

  mutating func history(_ rows: [(String, Int, String)], title: String = "") -> FeedNews {
    reader.history(
      HistoryFile(
        rows.map { zone, number, time in
          HistoryRow(
            zone: zone, time: IsraelTime("2026-03-01 \(time)")!, number: number,
            title: title)
        }
      ).shortBytes, at: now)
  }
}

extension FeedNews {
  fileprivate var said: [Announcement] {
    statements.compactMap {
      if case .announcement(let announcement) = $0.content { announcement } else { nil }
    }
  }
}

@Suite struct `A Home Front Command feed` {
  @Test func `tells an alert once, however often the file shows it`() {
    var scene = Scene()
    let first = scene.show(1, ["שדרות, איבים", "זיקים"])
    #expect(first.said.map(\.places) == [["שדרות, איבים", "זיקים"]])
    #expect(first.said.map(\.stage) == [.shelter])
    #expect(first.said.map(\.hazard) == ["rockets"])
    #expect(first.statements.first?.said == Timestamp("2026-03-01T16:33:08Z"))
    scene.now = scene.now + .seconds(2)
    let again = scene.show(1, ["שדרות, איבים", "זיקים"])
    #expect(again == FeedNews(isAlive: true))
  }

  @Test func `tells early warning, alert and end apart though two have one number`() {
    var scene = Scene()
    let early = scene.show(10, ["זיקים"], title: "בדקות הקרובות צפויות להתקבל התרעות באזורך")
    let alert = scene.show(1, ["זיקים"], at: "2026-03-01T16:33:09Z")
    let end = scene.show(
      10, ["זיקים"], title: "ירי רקטות וטילים - הארוע הסתיים", at: "2026-03-01T16:33:10Z")
    #expect((early.said + alert.said + end.said).map(\.stage) == [.early, .shelter, .ended])
    #expect(end.said.first?.hazard == "rockets")
  }

  @Test func `sounds nothing that contradicts itself, and says so`() {
    var scene = Scene()
    for (number, title) in [(10, "עדכון"), (1, "תרגיל - ירי רקטות"), (110, "x")] {
      let news = scene.show(number, ["זיקים"], title: title)
      #expect(news.said.isEmpty, "\(title)")
      #expect(news.faults.count == 1, "\(title)")
      #expect(news.isAlive)
    }
    let drill = scene.show(101, ["זיקים"], title: "תרגיל")
    #expect(drill.said.isEmpty)
    #expect(drill.statements.count == 1)
    let test = scene.show(1, ["בדיקה", "זיקים"])
    #expect(test.said.map(\.places) == [["זיקים"]])
    #expect(test.faults.count == 1)
  }

  @Test func `takes a number that nobody knows for danger`() {
    var scene = Scene()
    let news = scene.show(99, ["זיקים"], title: "סכנה")
    #expect(news.said.map(\.hazard) == ["general"])
    #expect(news.faults.count == 1)
  }

  @Test func `means every zone by the whole country`() {
    var scene = Scene()
    #expect(scene.show(1, ["ברחבי הארץ"]).said.map(\.places) == [["זיקים", "נתיב העשרה"]])
  }

  @Test func `is frozen when one alert stands for minutes, or is old when first seen`() {
    var scene = Scene()
    _ = scene.show(1, ["זיקים"])
    scene.now = scene.now + .seconds(301)
    let stuck = scene.show(1, ["זיקים"])
    #expect(!stuck.isAlive && stuck.said.isEmpty && stuck.faults.count == 1)
    let old = scene.show(1, ["נתיב העשרה"], at: "2026-03-01T10:00:00Z")
    #expect(!old.isAlive && old.said.isEmpty)
    // As long as it stands there, and not only the first time.
    #expect(!scene.show(1, ["נתיב העשרה"], at: "2026-03-01T10:00:00Z").isAlive)
  }

  @Test func `goes back when an older alert comes after a newer one`() {
    var scene = Scene()
    _ = scene.show(1, ["זיקים"], at: "2026-03-01T16:35:05Z")
    let back = scene.show(1, ["נתיב העשרה"], at: "2026-03-01T16:32:30Z")
    #expect(!back.isAlive && back.said.isEmpty)
    #expect(back.faults.first?.contains("went back") == true)
  }

  @Test func `is dead, not calm, when a page comes`() {
    var scene = Scene()
    let news = scene.reader.realTime(Array("<html>sorry</html>".utf8), at: scene.now)
    #expect(!news.isAlive && news.faults.count == 1)
    #expect(scene.reader.realTime([], at: scene.now) == FeedNews(isAlive: true))
  }

  @Test func `takes from the history what the file did not show, and each end`() {
    var scene = Scene()
    _ = scene.show(1, ["זיקים"])
    let missed = scene.history([("זיקים", 1, "18:33:07"), ("נתיב העשרה", 1, "18:33:06")])
    #expect(missed.said.map(\.places) == [["נתיב העשרה"]])
    scene.now = scene.now + .seconds(60)
    let end = scene.history(
      [("זיקים", 13, "18:34:05"), ("זיקים", 1, "18:33:07"), ("נתיב העשרה", 1, "18:33:06")],
      title: "האירוע הסתיים")
    #expect(end.said.map(\.stage) == [.ended])
    #expect(end.said.map(\.places) == [["זיקים"]])
  }

  @Test func `says an alert of three minutes later again`() {
    var scene = Scene()
    _ = scene.history([("זיקים", 1, "18:33:07")])
    scene.now = scene.now + .seconds(200)
    let later = scene.history([("זיקים", 1, "18:36:20"), ("זיקים", 1, "18:33:07")])
    #expect(later.said.count == 1)
  }

  @Test func `has a history that may not go back or lose all it had`() {
    var scene = Scene()
    _ = scene.history([("זיקים", 1, "18:33:07")])
    #expect(scene.history([("נתיב העשרה", 1, "18:32:50")]).faults.count == 1)
    let emptied = scene.history([])
    #expect(emptied.faults.first?.contains("empty") == true)
  }

  @Test func `is read at Israel's clock in winter and in summer`() {
    #expect(IsraelTime("2026-03-01 18:33:04")?.moment == Timestamp("2026-03-01T16:33:04Z"))
    #expect(IsraelTime("2023-05-14 18:33:04")?.moment == Timestamp("2023-05-14T15:33:04Z"))
    #expect(IsraelTime("2026-02-30 18:33:04")?.moment == nil)
    let twice = IsraelTime("2026-10-25 01:30:00")
    #expect(twice?.moment == Timestamp("2026-10-24T23:30:00Z"))
  }
}

@Suite struct `A Ukrainian feed` {
  let start = Timestamp("2026-03-01T16:33:10Z")!

  func list(_ names: [String], _ updated: String = "2026/03/01 16:33:10 +0000") -> [UInt8] {
    let rows = names.map {
      #"{"id":1,"location_title":"\#($0)","location_type":"oblast","alert_type":"air_raid","location_uid":"3"}"#
    }
    return Array(
      #"{"alerts":[\#(rows.joined(separator: ","))],"meta":{"last_updated_at":"\#(updated)"}}"#.utf8
    )
  }

  @Test func `says an alert when it begins, again while it lasts, and its end`() {
    var reader = UkraineReader(source: "ua")
    #expect(reader.list(list(["А", "Б"]), at: start).said.map(\.places) == [["А", "Б"]])
    #expect(reader.list(list(["А", "Б"]), at: start + .seconds(10)).said.isEmpty)
    #expect(reader.unchanged(at: start + .seconds(150)).said.map(\.places) == [["А", "Б"]])
    #expect(reader.list(list(["А"]), at: start + .seconds(160)).said.isEmpty)
    let end = reader.list(list(["А"]), at: start + .seconds(170))
    #expect(end.said.map(\.stage) == [.ended])
    #expect(end.said.map(\.places) == [["Б"]])
  }

  @Test func `ends nothing because of one empty list`() {
    var reader = UkraineReader(source: "ua")
    _ = reader.list(list(["А", "Б"]), at: start)
    for _ in 0..<2 { #expect(reader.list(list([]), at: start).said.isEmpty) }
    #expect(reader.list(list([]), at: start).said.map(\.stage) == [.ended])
  }

  @Test func `is not believed when its list goes back in time`() {
    var reader = UkraineReader(source: "ua")
    _ = reader.list(list(["А"]), at: start)
    let back = reader.list(list([], "2026/03/01 16:30:00 +0000"), at: start)
    #expect(!back.isAlive && back.said.isEmpty && back.faults.count == 1)
  }
}

@Suite struct `The date of an answer` {
  @Test func `is written and read as HTTP has it`() {
    let moment = Timestamp("1994-11-06T08:49:37Z")!
    #expect(HTTPDate.text(moment) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(HTTPDate.moment("Sun, 06 Nov 1994 08:49:37 GMT") == moment)
    #expect(HTTPDate.moment("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
    #expect(HTTPDate.text(Timestamp("1969-12-31T23:59:59Z")!).hasPrefix("Wed, 31 Dec 1969"))
  }

  @Test func `shows an old answer of some cache, and one older than before`() {
    var watch = FeedWatch()
    let now = Timestamp("2026-03-01T16:33:10Z")!
    func answer(_ modified: String) -> FeedAnswer {
      FeedAnswer(body: [], lastModified: modified, date: now)
    }
    #expect(watch.fault(in: FeedAnswer(body: [], date: now + .seconds(-121)), at: now) != nil)
    #expect(watch.fault(in: answer("Sun, 01 Mar 2026 16:33:00 GMT"), at: now) == nil)
    #expect(watch.fault(in: answer("Sun, 01 Mar 2026 16:31:00 GMT"), at: now) != nil)
  }
}
