import Foundation
import TocsinModel
import TocsinRecord

/// An incident in plain lines.
struct DossierText {
  let dossier: Dossier
  private let zone: TimeZone

  init(_ dossier: Dossier) {
    self.dossier = dossier
    zone = TimeZone(identifier: dossier.timeZone) ?? .gmt
  }

  private func local(_ moment: Timestamp) -> String {
    let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: moment.seconds))
    return moment.milliseconds.rfc3339(offsetMinutes: seconds / 60)
  }

  var whole: [String] { head + [""] + findings + computed + periods + simulated + apart }

  private var head: [String] {
    let disputes = dossier.findings.count { $0.status == .disputed }
    return [
      "\(dossier.incident.id): \(dossier.incident.title["en"]) (\(dossier.incident.kind.rawValue))",
      "opened by \(dossier.opened.by), \(local(dossier.opened.at)); as of \(local(dossier.asOf)), "
        + "times in \(dossier.timeZone)",
      "\(dossier.statements.count) statements, \(dossier.findings.count) attributes, "
        + "\(disputes) in dispute",
    ]
      + dossier.links.map {
        "\($0.incident) belongs to \($0.other): \($0.reason) (\($0.by), \(local($0.at)))"
      }
  }

  // MARK: Findings

  var findings: [String] { dossier.findings.flatMap(lines) }

  private func lines(_ finding: Finding) -> [String] {
    let name = [finding.attribute.rawValue, finding.subject, finding.scope].compactMap { $0 }
    var lines = [
      "\(name.joined(separator: ", ")): \(finding.status.rawValue), "
        + finding.positions.count.counted("position")
    ]
    for resolved in dossier.resolutions where resolved.resolution.attribute == finding.attribute {
      let state = resolved.reopenedBy.map { ", open again since \($0)" } ?? ""
      lines.append(
        "  editor's reading: \(resolved.resolution.value.plain ?? "in words"), by "
          + "\(resolved.resolution.by), \(local(resolved.at)): \(resolved.resolution.reason)\(state)"
      )
    }
    lines += finding.positions.flatMap(self.lines)
    lines += finding.changes.map { change in
      let word = change.speakersWord.map { ", in the speaker's word “\($0.text)”" } ?? ""
      return "  changed by \(change.speaker): \(change.from) to \(change.to)"
        + (change.kind.map { " (\($0.rawValue)\(word))" } ?? "")
    }
    lines += finding.withoutPosition.compactMap(statement).map {
      "  \($0.statement.attribution): \($0.statement.stance.rawValue) [\($0.id)]"
    }
    lines += finding.gaps.map { "  [\($0.statement) \($0.kind.rawValue): \($0.reasonClass)]" }
    return lines
  }

  private func lines(_ position: Finding.Position) -> [String] {
    let first = position.statements.first.flatMap(statement)?.statement
    let value = position.value.plain ?? first?.quote?.text ?? position.value.words?.text ?? "?"
    let stance = position.stance == .denies ? "denied: " : ""
    let roots = [
      position.independent > 0 ? "\(position.independent) independent" : nil,
      position.unknownRoots > 0 ? "\(position.unknownRoots) of unknown independence" : nil,
    ].compactMap { $0 }
    return ["  \(stance)\(value) (\(roots.joined(separator: ", ")))"]
      + position.holders.flatMap { holder in
        holder.statements.compactMap(statement).map { recorded in
          "    \(recorded.statement.attribution) \(recorded.statement.sentence) [\(recorded.id)]"
        }
      }
  }

  private func statement(_ id: String) -> Recorded? { dossier.statements.first { $0.id == id } }

  // MARK: Computed, simulated, apart

  private var computed: [String] {
    guard !dossier.computed.isEmpty else { return [] }
    return ["", "Computed by Tocsin from rows, and said by nobody:"]
      + dossier.computed.map { "  \(words($0)) [\($0.rows.joined(separator: ", "))]" }
  }

  private func words(_ computed: Computed) -> String {
    switch computed.kind {
    case .sirens: "\(computed.count) rows, \(local(computed.from)) to \(local(computed.to))"
    case .calm:
      "no row between \(local(computed.from)) and \(local(computed.to)): "
        + Self.span(computed.duration) + ", beside what was said of \(computed.beside.rawValue)"
    }
  }

  static func span(_ duration: Duration) -> String {
    let seconds = Int(duration.inSeconds.rounded())
    return "\(seconds / 3600) h \(seconds / 60 % 60) min \(seconds % 60) s"
  }

  private var periods: [String] {
    dossier.periods.map { period in
      let starts = period.starts.compactMap(\.plain).joined(separator: " or ")
      let ends = period.ends.compactMap(\.plain).joined(separator: " or ")
      return "\(period.matter): from \(starts.isEmpty ? "not stated" : starts) to "
        + "\(ends.isEmpty ? "not stated" : ends); rows of logs inside: \(period.sirens.count) "
        + "(whatever its start was: \(period.sirensSurely.count)), warnings: \(period.warnings.count)"
    }
  }

  private var simulated: [String] {
    let made = dossier.statements.filter { $0.statement.simulated == true }
    guard !made.isEmpty else { return [] }
    return ["", "Simulated, and no fact of the day:"]
      + made.map { "  \($0.statement.attribution) \($0.statement.sentence) [\($0.id)]" }
  }

  private var apart: [String] {
    guard !dossier.assessments.isEmpty else { return [] }
    return ["", "Assessments, apart from the statements:"]
      + dossier.assessments.map { assessed in
        let grade = assessed.assessment
        return "  \(grade.statement): \(grade.reliability.rawValue)\(grade.credibility.rawValue)"
          + (grade.reliability == .f || grade.credibility == .cannotBeJudged
            ? " (cannot be judged)" : "")
          + ", \(grade.assessor), \(local(assessed.at)): \(grade.reason)"
      }
  }

  // MARK: Timeline

  /// No finer than it was stated: of a day its date, of "Sunday" that word.
  private func local(_ when: Record.When) -> String? {
    if let printed = when.printed { return "“\(printed.text)”" }
    guard let from = when.from else { return nil }
    return switch when.precision {
    case .day: String(local(from).prefix(10))
    case .month: String(local(from).prefix(7))
    case .year: String(local(from).prefix(4))
    case .second, .minute: local(from)
    case .hour, .partOfDay, .unknown: when.plain
    }
  }

  var timeline: [String] {
    var lines: [(Timestamp, String)] = dossier.statements.map { recorded in
      let statement = recorded.statement
      let known = statement.saidAt.from == nil ? statement.validAt : statement.saidAt
      let time =
        known.flatMap(local) ?? "time not stated, recorded \(local(recorded.recordedAt))"
      return (
        known?.from ?? recorded.recordedAt,
        "\(time)  \(statement.attribution) \(statement.sentence) [\(recorded.id)]"
      )
    }
    lines += dossier.warnings.map { row in
      let name = dossier.zones[row.zone]?["en"] ?? row.zone
      let given = row.kind == .allClear ? nil : row.seconds
      let seconds = given.map { ", \(Int($0.rounded())) s given" } ?? ""
      return (
        row.issued,
        "\(local(row.issued))  Tocsin (\(row.mode.rawValue)) \(row.kind.rawValue): \(name)\(seconds) [\(row.warning)]"
      )
    }
    lines += dossier.computed.filter { $0.kind == .calm }.map {
      ($0.from, "\(local($0.from))  computed: \(words($0)) [\($0.rows.joined(separator: ", "))]")
    }
    return lines.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
  }
}
