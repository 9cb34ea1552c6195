import Foundation
import TocsinCore
import TocsinModel
import TocsinSources

/// A scenario played to its end on its own clock, and what came of it.
struct Replay {
  let day: Scenario
  private(set) var entries: [Entry] = []
  let tocsin: Tocsin

  /// - Parameters:
  ///   - item: what is told instead of an item; `nil`: nothing.
  ///   - radar: where a radar stands instead.
  init(
    _ day: Scenario, item: (Scenario.Item) -> Scenario.Item? = { $0 },
    radar: (Radar) -> Radar = { $0 }
  ) throws {
    self.day = day
    var plan = day.plan(zones: try Self.zones())
    plan.radars = plan.radars.map(radar)
    var sequencer = Sequencer(Tocsin(mode: .replay))
    var entries = sequencer.receive(.plan(plan), at: day.start)
    for told in day.contents {
      guard let told = item(told) else { continue }
      entries += sequencer.receive(told.content, at: told.time)
    }
    entries += sequencer.advance(to: day.end)
    self.entries = entries
    tocsin = sequencer.tocsin
  }

  /// The zones that come with Tocsin.
  static func zones() throws -> [Zone] {
    let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/TocsinSources/Defaults/places.tsv").path
    return try ZoneFile.read(table).zones
  }

  /// What the pages were told, in order.
  var notices: [Notice] {
    entries.flatMap(\.effects).compactMap { effect in
      if case .deliver(let delivery) = effect { delivery.message.notice } else { nil }
    }
  }

  /// Every zone that was ever told to take shelter.
  var warned: Set<String> {
    let calls = notices.filter { $0.kind == .warning || $0.kind == .extension }
    return Set(calls.flatMap(\.rows).map(\.zone))
  }

  /// When each of them was first told.
  var firstTold: [String: Timestamp] {
    var told: [String: Timestamp] = [:]
    for notice in notices where notice.kind == .warning || notice.kind == .extension {
      for row in notice.rows where told[row.zone] == nil { told[row.zone] = notice.issued }
    }
    return told
  }

  var picture: PublicPicture { tocsin.picture(at: day.end, recorded: true) }
  var situation: Situation { tocsin.situation(at: day.end) }

  static let logged: Set = ["ashkelon-southern-industrial-zone", "zikim", "netiv-haasara"]
}

extension Scenario.Item {
  var isPlots: Bool { if case .plots = content { true } else { false } }
}
