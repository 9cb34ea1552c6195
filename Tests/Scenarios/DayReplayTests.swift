import Foundation
import Testing
import TocsinCore
import TocsinModel
import TocsinSources

@Suite struct `The replay of 14 May 2023` {
  let replay: Replay

  init() throws { replay = try Replay(try Scenario.find("2023-05-14")) }

  @Test func `warns the three zones of the alert log and no other`() {
    #expect(replay.warned == Replay.logged)
  }

  @Test func `warns them when the log does, give or take what two logs differ by`() throws {
    let first = try #require(replay.firstTold.values.min())
    #expect(first > Timestamp("2023-05-14T18:33:02.9+03:00")!)
    #expect(first < Timestamp("2023-05-14T18:33:07+03:00")!)
    for (zone, time) in replay.firstTold {
      #expect(time < Timestamp("2023-05-14T18:33:10+03:00")!, "\(zone)")
    }
  }

  @Test func `gives every zone the seconds that are left`() {
    for notice in replay.notices where notice.kind == .warning || notice.kind == .extension {
      for row in notice.rows {
        #expect(row.seconds! == (row.expected! - notice.issued).inSeconds)
        #expect(row.seconds! > 15)
      }
    }
  }

  @Test func `raises one warning, because of one track, in the mode of a replay`() {
    #expect(replay.situation.warnings.count == 1)
    #expect(replay.situation.warnings.allSatisfy { $0.cause == .track("1") && $0.mode == .replay })
    #expect(replay.situation.refusals.isEmpty)
  }

  @Test func `shows the track's end by our sensor's account, a burst over open ground`() throws {
    try #require(replay.situation.outcomes.count == 1)
    let outcome = replay.situation.outcomes[0]
    #expect(outcome.end == .burst)
    #expect(outcome.ground == .open)
    #expect(outcome.radars == ["S1"])
    #expect(outcome.lastHeight > 100)
    #expect(outcome.time > Timestamp("2023-05-14T18:33:25+03:00")!)
    #expect(outcome.time < Timestamp("2023-05-14T18:33:45+03:00")!)
  }

  @Test func `ends with an all-clear and leaves nothing active`() throws {
    let last = try #require(replay.notices.last)
    #expect(last.kind == .allClear)
    let cleared = replay.notices.filter { $0.kind == .allClear }.flatMap(\.rows).map(\.zone)
    #expect(Set(cleared) == Replay.logged)
    #expect(replay.situation.warnings.allSatisfy { !$0.isActive })
    #expect(replay.situation.tracks.isEmpty)
    #expect(replay.picture.zones.allSatisfy { $0.stage == .ended })
  }

  @Test func `stays silent on the 13th, when rows of the log are told and no plot is`() {
    let told = replay.notices.filter { $0.issued < Timestamp("2023-05-14T18:33:00+03:00")! }
    #expect(told.isEmpty)
  }

  @Test func `has a timeline with every statement, each line with its source`() {
    let lines = replay.picture.timeline
    #expect(lines.allSatisfy { !$0.source.isEmpty && !$0.text.isEmpty })
    for said in replay.day.said {
      let found = lines.filter {
        $0.kind == .statement && $0.source == said.attribution && $0.text == said.sentence
      }
      // A row of the log may be told twice, an hour apart, in the same words.
      let same = replay.day.said.filter {
        $0.attribution == said.attribution && $0.sentence == said.sentence
      }
      #expect(found.count == same.count, "\(said.label ?? "")")
    }
    #expect(lines.map(\.time) == lines.map(\.time).sorted())
  }

  @Test func `says nothing about an interception but what somebody said`() throws {
    var picture = replay.picture
    picture.timeline.removeAll { $0.kind == .statement }
    let encoder = JSONEncoder()
    for bytes in [try encoder.encode(picture), try encoder.encode(replay.situation)] {
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("intercept"))
    }
    let said = replay.picture.timeline.filter { $0.text.lowercased().contains("intercept") }
    #expect(said.map(\.source) == ["The outlet of the news report"])
  }

  @Test func `is the same every time`() throws {
    #expect(try Replay(replay.day).entries == replay.entries)
  }
}

@Suite struct `Warnings of the replay` {
  let day: Scenario

  init() throws { day = try Scenario.find("2023-05-14") }

  @Test(arguments: [(6, 0), (-6, 0), (0, 6), (0, -6)])
  func `move with the plots`(east: Int, north: Int) throws {
    // The same plots of a radar that stands elsewhere are plots elsewhere.
    let moved = try Replay(
      day,
      radar: { radar in
        var radar = radar
        radar.position = Plane(around: radar.position)
          .position(at: Offset(east: Double(east) * 1000, north: Double(north) * 1000))
        return radar
      })
    #expect(moved.warned != Replay.logged)
    #expect(!moved.warned.isSuperset(of: Replay.logged))
  }

  @Test(arguments: [2, 4])
  func `change when plots are thinned`(to share: Int) throws {
    var number = 0
    let thinned = try Replay(day) { item in
      guard item.isPlots else { return item }
      number += 1
      return number % share == 0 ? item : nil
    }
    let whole = try Replay(day)
    #expect(
      thinned.notices.filter { $0.kind == .warning } != whole.notices.filter { $0.kind == .warning }
    )
  }

  @Test func `are none when one plot is left`() throws {
    var number = 0
    let single = try Replay(day) { item in
      guard item.isPlots else { return item }
      number += 1
      return number == 1 ? item : nil
    }
    #expect(single.notices.isEmpty)
  }

  @Test func `are none without plots, whatever is said`() throws {
    let silent = try Replay(day) { $0.isPlots ? nil : $0 }
    #expect(silent.notices.isEmpty)
    #expect(silent.situation.warnings.isEmpty)
    #expect(silent.situation.outcomes.isEmpty)
    #expect(silent.picture.timeline.count == day.said.count)
  }

  @Test func `are the same without statements`() throws {
    let wordless = try Replay(day) { $0.isPlots || $0.isAlive ? $0 : nil }
    #expect(wordless.firstTold == (try Replay(day)).firstTold)
  }
}
