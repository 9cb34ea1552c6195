public import TocsinModel

/// Accounts of one day side by side: which places, when, by whom, at what precision; and every difference.
///
/// A line is one siren in one place. Rows to the second or minute belong to one line where they are no further apart
/// than the tolerance; a row that tells less ("Sunday") stands in every line that it fits. Nothing is settled: a
/// difference is listed, whoever may be right.
public struct AccountTable: Sendable, Encodable {
  public let accounts: [Account]
  public private(set) var lines: [Line] = []
  public private(set) var differences: [Difference] = []

  public struct Line: Hashable, Sendable, Encodable {
    /// The zone's id; `nil` for a place that no zone is.
    public var zone: String?
    /// For people: the zone's English name, else the teller's words.
    public var title: String
    /// In the order of the accounts.
    public var cells: [[Account.Row]]
    /// The earliest moment to the minute or second that an account has.
    public var time: Timestamp? {
      cells.flatMap(\.self).filter(\.isPrecise).compactMap(\.from).min()
    }
  }

  public struct Difference: Hashable, Sendable, Encodable {
    public var kind: Kind
    public var title: String
    public var time: Timestamp?
    /// Names of the accounts that have it, or the one that is earlier.
    public var first: [String]
    /// Names of the accounts that lack it, or that have it otherwise.
    public var second: [String]
    /// How much later the second is.
    public var seconds: Double?

    public enum Kind: String, Hashable, Sendable, Encodable {
      /// Some accounts have it, others do not.
      case lacking
      /// Two have it at times that cannot both be.
      case time
      /// One says that it sounded, another that it did not, or that nobody can say.
      case stand
      /// A place that no zone of the map is.
      case place
    }
  }

  /// - Parameter tolerance: seconds that two rows of one siren may differ by.
  public init(_ accounts: [Account], zones: [Zone], tolerance: Double = 120) {
    self.accounts = accounts
    let titles = Dictionary(
      zones.map { ($0.id, $0.name["en"]) }, uniquingKeysWith: { first, _ in first })
    var places: [String: [(account: Int, row: Account.Row)]] = [:]
    for (index, account) in accounts.enumerated() {
      for row in account.rows {
        places[row.zone ?? "?" + row.place, default: []].append((index, row))
      }
    }
    for (key, rows) in places {
      let title = rows[0].row.zone.map { titles[$0] ?? $0 } ?? rows[0].row.place
      for cells in Self.sirens(rows, accounts.count, tolerance) {
        lines.append(Line(zone: key.hasPrefix("?") ? nil : key, title: title, cells: cells))
      }
    }
    lines.sort {
      ($0.time ?? .distantFuture, $0.title) < ($1.time ?? .distantFuture, $1.title)
    }
    differences = lines.flatMap(differences(in:))
  }

  /// The rows of one place, siren by siren.
  private static func sirens(
    _ rows: [(account: Int, row: Account.Row)], _ count: Int, _ tolerance: Double
  ) -> [[[Account.Row]]] {
    let precise = rows.filter { $0.row.isPrecise && $0.row.from != nil }
      .sorted { ($0.row.from!, $0.account) < ($1.row.from!, $1.account) }
    var sirens: [[(account: Int, row: Account.Row)]] = []
    for one in precise {
      let last = sirens.last?.last?.row
      if let last, one.row.from! <= (last.to ?? last.from!) + .seconds(tolerance) {
        sirens[sirens.count - 1].append(one)
      } else {
        sirens.append([one])
      }
    }
    var lonely: [(account: Int, row: Account.Row)] = []
    for one in rows where !(one.row.isPrecise && one.row.from != nil) {
      let fitting = sirens.indices.filter { siren in
        let moment = sirens[siren][0].row.from!
        return (one.row.from.map { $0 <= moment } ?? true)
          && (one.row.to.map { moment <= $0 } ?? true)
      }
      for siren in fitting { sirens[siren].append(one) }
      if fitting.isEmpty { lonely.append(one) }
    }
    if !lonely.isEmpty { sirens.append(lonely) }
    return sirens.map { siren in
      (0..<count).map { account in siren.filter { $0.account == account }.map(\.row) }
    }
  }

  private func differences(in line: Line) -> [Difference] {
    var found: [Difference] = []
    let has = accounts.indices.filter { !line.cells[$0].isEmpty }
    let lacks = accounts.indices.filter { line.cells[$0].isEmpty }
    func difference(
      _ kind: Difference.Kind, _ first: [Int], _ second: [Int], _ seconds: Double? = nil
    ) -> Difference {
      Difference(
        kind: kind, title: line.title, time: line.time, first: first.map { accounts[$0].name },
        second: second.map { accounts[$0].name }, seconds: seconds)
    }
    if line.zone == nil { found.append(difference(.place, has, [])) }
    if !lacks.isEmpty { found.append(difference(.lacking, has, lacks)) }
    for (place, one) in has.enumerated() {
      for other in has.dropFirst(place + 1) {
        let (a, b) = (line.cells[one][0], line.cells[other][0])
        if a.stand != b.stand { found.append(difference(.stand, [one], [other])) }
        guard a.isPrecise, b.isPrecise, let early = a.from, let late = b.from else { continue }
        // To the minute is not to differ by its seconds.
        let apart = early <= late ? late > (a.to ?? early) : early > (b.to ?? late)
        let seconds = (late - early).inSeconds
        guard apart, abs(seconds) >= 1 else { continue }
        found.append(
          seconds > 0
            ? difference(.time, [one], [other], seconds)
            : difference(.time, [other], [one], -seconds))
      }
    }
    return found
  }

  /// RFC 4180, a row for each line and account.
  public var csv: String {
    var text = "place,zone,account,from,to,precision,stand,named,basis\r\n"
    for line in lines {
      for (account, rows) in zip(accounts, line.cells) {
        for row in rows {
          let fields = [
            line.title, line.zone ?? "", account.name, row.from?.description ?? "",
            row.to?.description ?? "",
            row.precision.rawValue, row.stand.rawValue, row.place, row.basis,
          ]
          text += fields.map(HistoryTable.field).joined(separator: ",") + "\r\n"
        }
      }
    }
    return text
  }
}
