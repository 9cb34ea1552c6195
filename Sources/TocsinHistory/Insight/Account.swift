public import TocsinModel
public import TocsinRecord
public import TocsinSources

/// What one teller says of the sirens of a day: a log, a speaker of the record, or our own warnings.
public struct Account: Hashable, Sendable, Encodable {
  /// Whose account it is, in words.
  public var name: String
  public var kind: Kind
  public var rows: [Row]

  public enum Kind: String, Hashable, Sendable, Encodable { case log, said, ours }

  /// One siren in one place, as the teller has it.
  public struct Row: Hashable, Sendable, Encodable {
    /// The zone's id; `nil` for a place that no zone is, or where no place is said.
    public var zone: String?
    /// As the teller names it; empty where no place is said.
    public var place: String
    /// The earliest and the latest moment that fits; `nil`: none is said.
    public var from: Timestamp?
    public var to: Timestamp?
    public var precision: Record.When.Precision
    /// "sounded", "did not sound", "cannot confirm": the teller's own stand.
    public var stand: Stand
    /// Where it stands: the statement's id, the warning's, or the log's number.
    public var basis: String

    public enum Stand: String, Hashable, Sendable, Encodable {
      case sounded
      case silent = "did not sound"
      case late
      case unsure = "cannot confirm"
      case retracted
    }

    /// Whether it tells one siren from another of the same hour.
    var isPrecise: Bool { precision == .second || precision == .minute }
  }
}

extension Account {
  /// The "take shelter" rows of a log in a range; repeated rows count once.
  public init(
    log name: String, _ chronicle: Chronicle, zones: [Zone], within range: Range<Timestamp>
  ) {
    self.name = name
    kind = .log
    let places = Places(chronicle.names, zones: zones).places
    rows = (0..<chronicle.count).flatMap { row -> [Row] in
      let moment = Timestamp(nanoseconds: chronicle.moments[row] * 1_000_000)
      guard !chronicle.isRepeat[row], range.contains(moment),
        let meaning = AlertMeaning(historyCategory: Int(chronicle.categories[row])),
        meaning.stage == .takeShelter, !meaning.isDrill
      else { return [] }
      let place = places[Int(chronicle.places[row])]
      let ids: [String?] = place.zones.isEmpty ? [nil] : place.zones
      return ids.map {
        Row(
          zone: $0, place: place.written, from: moment, to: moment, precision: .second,
          stand: .sounded, basis: "log \(chronicle.logs[row])")
      }
    }
  }

  /// Our own "take shelter", by warning and zone, once each.
  public init(ours warnings: [Archive.WarningRow], within range: Range<Timestamp>) {
    // A replay rests on plots that are simulated: it is no witness of the day.
    let isReplay = warnings.contains { $0.mode == .replay }
    name = "Tocsin's warnings" + (isReplay ? " (of a replay, from simulated plots)" : "")
    kind = .ours
    let told = warnings.filter {
      $0.stage == .shelter && ($0.kind == .warning || $0.kind == .extension)
        && $0.mode != .exercise && range.contains($0.issued)
    }
    rows = told.map {
      Row(
        zone: $0.zone, place: $0.zone, from: $0.issued, to: $0.issued, precision: .second,
        stand: .sounded, basis: $0.warning)
    }
  }

  /// What each speaker of an incident says of sirens, speaker by speaker, in the order of the record.
  public static func said(in dossier: Dossier, within range: Range<Timestamp>) -> [Account] {
    var accounts: [Account] = []
    for recorded in dossier.statements {
      let statement = recorded.statement
      guard statement.simulated != true, let stand = Row.Stand(statement) else { continue }
      let when = [statement.validAt, statement.saidAt].compactMap(\.self).first(where: \.isKnown)
      if let when, let from = when.from {
        guard from < range.upperBound, when.to ?? from >= range.lowerBound else { continue }
      }
      let rows = Row.rows(statement, stand, when, basis: recorded.id)
      let name = statement.attribution
      if let known = accounts.firstIndex(where: { $0.name == name }) {
        accounts[known].rows += rows
      } else {
        accounts.append(Account(name: name, kind: .said, rows: rows))
      }
    }
    return accounts
  }

  /// The local days from the first to the last siren of an incident, by what was said and by our warnings; `nil` where
  /// no siren has a time.
  public static func days(of dossier: Dossier, _ clock: LocalClock) -> Range<Timestamp>? {
    let said = dossier.statements.filter {
      $0.statement.simulated != true && Row.Stand($0.statement) != nil
    }.flatMap { recorded in
      [recorded.statement.validAt, recorded.statement.saidAt].compactMap { $0?.from }.prefix(1)
    }
    let moments = said + dossier.warnings.map(\.issued)
    guard let first = moments.min(), let last = moments.max() else { return nil }
    return clock.days(from: first, to: last)
  }
}

extension Account.Row.Stand {
  /// - Returns: `nil` for what is not about sirens.
  fileprivate init?(_ statement: Record.Statement) {
    guard statement.attribute == .sirenPlaces || statement.attribute == .sirenSounded else {
      return nil
    }
    switch statement.stance {
    case .denies: self = .silent
    case .cannotConfirm, .declines: self = .unsure
    case .retracts: self = .retracted
    case .asserts:
      let terms = statement.attribute == .sirenSounded ? statement.value.terms : []
      self = terms == ["no"] ? .silent : terms == ["late"] ? .late : .sounded
    }
  }
}

extension Account.Row {
  fileprivate static func rows(
    _ statement: Record.Statement, _ stand: Stand, _ when: Record.When?, basis: String
  ) -> [Account.Row] {
    var places: [(zone: String?, name: String)] = []
    if case .place(let place) = statement.value.amount {
      let name = place.names.map { words in
        words.renderings.first { $0.language == "en" }.map { "\(words.text) (\($0.text))" }
          ?? words.text
      }.joined(separator: "; ")
      places = (place.zones ?? []).map { ($0, name) }
      if places.isEmpty { places = [(nil, name)] }
    } else {
      places = [(nil, statement.value.words?.text ?? "")]
    }
    return places.map {
      Account.Row(
        zone: $0.zone, place: $0.name, from: when?.from, to: when?.to,
        precision: when?.precision ?? .unknown, stand: stand, basis: basis)
    }
  }
}
