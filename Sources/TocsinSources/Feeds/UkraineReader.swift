package import TocsinModel
import UkraineAlerts

/// Turns the list of alerts that are on into statements: what is new on it, what goes on, what is gone from it.
///
/// An alert there lasts, for hours if need be, so it is said again before our warning runs out. It has ended once
/// two lists in a row lack it, three if the whole list went empty: one bad answer ends nothing.
package struct UkraineReader: Sendable {
  let source: String

  /// Within the plan's time of renewal (3 min), so that it stays one warning.
  static let repeated = Duration.seconds(150)
  static let oldest = Duration.seconds(120)

  private struct Key: Hashable {
    var place: String
    var hazard: String
  }

  private struct Running {
    var told: Timestamp
    var missing = 0
  }

  private var running: [Key: Running] = [:]
  private var updated: Timestamp?

  package init(source: String) { self.source = source }

  package mutating func list(_ bytes: [UInt8], at now: Timestamp) -> FeedNews {
    let file: ActiveAlerts
    do {
      file = try ActiveAlerts(bytes)
    } catch {
      return .dead("\(error)")
    }
    if let fault = backStep(of: file) { return .dead(fault) }
    var news = FeedNews(faults: file.faults.map(\.description), isAlive: true)
    var places: [String: [Stage: [String]]] = [:]
    let on = begin(file, at: now, &news, &places)
    end(allBut: on, isEmpty: file.alerts.isEmpty, &places)
    for (hazard, stages) in places.sorted(by: { $0.key < $1.key }) {
      for (stage, places) in stages.sorted(by: { $0.key < $1.key }) {
        news.statements.append(
          Statement(
            source: source, said: now,
            content: .announcement(
              Announcement(stage: stage, hazard: hazard, places: places.sorted()))))
      }
    }
    return news
  }

  /// Nothing changed since the last list: what is on goes on.
  package mutating func unchanged(at now: Timestamp) -> FeedNews {
    var news = FeedNews(isAlive: true)
    var due: [String: [String]] = [:]
    for (key, state) in running where state.told + Self.repeated <= now && state.missing == 0 {
      running[key]?.told = now
      due[key.hazard, default: []].append(key.place)
    }
    for (hazard, places) in due.sorted(by: { $0.key < $1.key }) {
      news.statements.append(
        Statement(
          source: source, said: now,
          content: .announcement(
            Announcement(stage: .shelter, hazard: hazard, places: places.sorted()))))
    }
    return news
  }

  private mutating func backStep(of file: ActiveAlerts) -> String? {
    guard let text = file.updated,
      let time = ActiveAlerts.rfc3339(ofUpdate: text).flatMap({ Timestamp($0) })
    else { return nil }
    if let updated, time < updated {
      return "the list went back from \(updated) to \(time); it was not used."
    }
    updated = time
    return nil
  }

  private mutating func begin(
    _ file: ActiveAlerts, at now: Timestamp, _ news: inout FeedNews,
    _ places: inout [String: [Stage: [String]]]
  ) -> Set<Key> {
    var on: Set<Key> = []
    for alert in file.alerts where alert.finished == nil {
      if case .other(let word) = alert.kind {
        news.faults.append(
          "'\(word)' in \(alert.title) is not known; it was taken as general danger.")
      }
      let key = Key(place: alert.title, hazard: alert.kind.hazard)
      guard on.insert(key).inserted else { continue }
      if let state = running[key], state.told + Self.repeated > now {
        running[key]?.missing = 0
      } else {
        running[key] = Running(told: now)
        places[key.hazard, default: [:]][.shelter, default: []].append(key.place)
      }
    }
    return on
  }

  private mutating func end(
    allBut on: Set<Key>, isEmpty: Bool, _ places: inout [String: [Stage: [String]]]
  ) {
    for key in running.keys where !on.contains(key) {
      running[key]?.missing += 1
      guard running[key]?.missing ?? 0 >= (isEmpty && running.count > 1 ? 3 : 2) else { continue }
      running[key] = nil
      places[key.hazard, default: [:]][.ended, default: []].append(key.place)
    }
  }
}
