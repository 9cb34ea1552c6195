import TocsinModel

extension Computed {
  /// Rows not more than this apart are one group.
  static let together = Duration.seconds(600)

  static func all(in shown: [Recorded]) -> [Computed] {
    let groups = groups(shown)
    var computed = groups.map { rows in
      Computed(
        kind: .sirens, from: rows[0].time, to: rows[rows.count - 1].time, count: rows.count,
        rows: rows.map(\.id), beside: .sirenPlaces)
    }
    let gaps = zip(computed, computed.dropFirst())
    if let longest = gaps.max(by: { $0.1.from - $0.0.to < $1.1.from - $1.0.to }) {
      let (before, after) = longest
      computed.append(
        Computed(
          kind: .calm, from: before.to, to: after.from, count: 0,
          rows: rows(at: before.to, before, shown) + rows(at: after.from, after, shown),
          beside: .ceasefireState))
    }
    return computed
  }

  /// Every row of that moment in a group.
  private static func rows(
    at moment: Timestamp, _ group: Computed, _ shown: [Recorded]
  ) -> [String] {
    shown.filter { $0.rowTime == moment && group.rows.contains($0.id) }.map(\.id).sorted()
  }

  private static func groups(_ shown: [Recorded]) -> [[(time: Timestamp, id: String)]] {
    let rows = shown.compactMap { recorded in
      recorded.rowTime.map { (time: $0, id: recorded.id) }
    }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    var groups: [[(time: Timestamp, id: String)]] = []
    for row in rows {
      if let last = groups.last?.last, row.time - last.time <= together {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups
  }
}

extension Dossier.Period {
  static let matters = ["operation", "ceasefire", "strikes"]

  static func all(in shown: [Recorded], _ warnings: [Archive.WarningRow]) -> [Dossier.Period] {
    matters.flatMap { matter -> [Dossier.Period] in
      let about = shown.filter { $0.statement.attribute.matter == matter }
      let subjects = Set(about.map { $0.statement.subject ?? "" }).sorted()
      return subjects.map { subject in
        period(
          matter, subject, about.filter { ($0.statement.subject ?? "") == subject }, shown,
          warnings)
      }
    }
  }

  private static func period(
    _ matter: String, _ subject: String, _ about: [Recorded], _ shown: [Recorded],
    _ warnings: [Archive.WarningRow]
  ) -> Dossier.Period {
    let starts = spans(about, "start")
    let ends = spans(about, "end")
    let rows = shown.filter { $0.rowTime != nil }
    let within = rows.filter { isInside($0.rowTime, starts.compactMap(\.from).min(), ends) }
    let surely = rows.filter { isInside($0.rowTime, starts.compactMap(\.to).max(), ends) }
    let launches = shown.filter {
      $0.statement.attribute.matter == "launch" || $0.statement.attribute == .impactTime
    }.filter { isInside($0.moment, starts.compactMap(\.from).min(), ends) }
    return Dossier.Period(
      matter: matter, subject: subject.isEmpty ? nil : subject, starts: starts, ends: ends,
      parties: about.filter { $0.statement.attribute.rawValue == "\(matter).parties" }.map(\.id),
      sirens: within.map(\.id), sirensSurely: surely.map(\.id), launches: launches.map(\.id),
      warnings: Set(
        warnings.filter {
          $0.stage != .ended && isInside($0.issued, starts.compactMap(\.from).min(), ends)
        }
        .map(\.warning)
      ).sorted())
  }

  private static func spans(_ about: [Recorded], _ edge: String) -> [Record.When] {
    about.filter {
      $0.statement.attribute.rawValue.hasSuffix(".\(edge)") && $0.statement.stance == .asserts
    }.compactMap { recorded in
      if case .interval(let when) = recorded.statement.value.amount { when } else { nil }
    }
  }

  /// Nothing is inside a period whose start nobody has told.
  private static func isInside(
    _ moment: Timestamp?, _ start: Timestamp?, _ ends: [Record.When]
  ) -> Bool {
    guard let moment, let start else { return false }
    let end = ends.compactMap { $0.to ?? $0.from }.max() ?? .distantFuture
    return start <= moment && moment <= end
  }
}
