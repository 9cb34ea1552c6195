extension Record {
  /// What a statement can be about: a closed list, each typed and with its rule of comparison.
  public enum Attribute: String, Hashable, Sendable, Codable, CaseIterable {
    case launchCount = "launch.count"
    case launchFrom = "launch.from"
    case launchTime = "launch.time"
    case firedBy = "fired.by"
    case weaponKind = "weapon.kind"
    case target
    case impactPlace = "place.impact"
    case impactTime = "time.impact"
    case end
    case ground
    case interception
    case cause
    case responsibility
    case sirenSounded = "siren.sounded"
    case sirenPlaces = "siren.places"
    case sirenTime = "siren.time"
    case sirenCause = "siren.cause"
    case warningTimeGiven = "warning.time.given"
    case warningTime = "warning.time"
    case falseAlertFirst = "false-alert.first"
    case replacesKind = "replaces.kind"
    case countLaunched = "count.launched"
    case countIntercepted = "count.intercepted"
    case countKilled = "count.killed"
    case countInjured = "count.injured"
    case operationName = "operation.name"
    case operationStart = "operation.start"
    case operationEnd = "operation.end"
    case operationDuration = "operation.duration"
    case operationParties = "operation.parties"
    case operationEffect = "operation.effect"
    case operationView = "operation.view"
    case ceasefireStart = "ceasefire.start"
    case ceasefireEnd = "ceasefire.end"
    case ceasefireParties = "ceasefire.parties"
    case ceasefireState = "ceasefire.state"
    case ceasefireCommitment = "ceasefire.commitment"
    case ceasefireLaunches = "ceasefire.launches"
    case strikesState = "strikes.state"
    case strikesStart = "strikes.start"
    case strikesEnd = "strikes.end"
    case strikesParties = "strikes.parties"
    case strikesTarget = "strikes.target"
    case saidBy = "said.by"
    case view
    case note
  }
}

extension Record.Attribute {
  /// What its values are, and how two of them are compared.
  public enum Rule: Hashable, Sendable {
    /// One of a closed list of terms; two terms exclude each other.
    case closedTerms([String])
    /// Any term; two terms exclude each other. The list has the terms that pages can say in every language.
    case openTerms([String])
    /// A number with a unit, held at one time. Two ranges that do not meet exclude each other.
    case quantity
    /// A number that grows: two differ only if they speak of the same time.
    case count
    /// One place: named differently, one containing the other is the same account at another precision.
    case place
    /// Places that add up.
    case places
    /// One moment or span: two that do not meet exclude each other.
    case interval
    /// Words, which are not compared: each stands for itself.
    case words
  }

  public var rule: Rule {
    switch self {
    case .end: .closedTerms(["impact", "burst"])
    case .ground: .closedTerms(["open", "zone"])
    case .interception: .closedTerms(["none", "reported"])
    case .sirenSounded: .closedTerms(["yes", "no", "late"])
    case .replacesKind:
      .closedTerms(["correction", "update", "clarification", "retraction", "none"])
    case .ceasefireState: .closedTerms(["respected", "broken", "ended"])
    case .ceasefireCommitment: .closedTerms(["confirmed", "withdrawn"])
    case .strikesState: .closedTerms(["begun", "ended", "none"])
    case .sirenCause: .openTerms(Self.sirenCauses)
    case .cause: .openTerms(Self.causes)
    case .weaponKind: .openTerms(["rocket", "missile", "drone", "interceptor", "shell"])
    case .firedBy, .responsibility, .saidBy, .operationName: .openTerms([])
    case .launchCount, .warningTimeGiven, .operationDuration: .quantity
    case .countLaunched, .countIntercepted, .countKilled, .countInjured: .count
    case .launchFrom, .impactPlace: .place
    case .sirenPlaces: .places
    case .launchTime, .impactTime, .sirenTime, .warningTime, .falseAlertFirst, .operationStart,
      .operationEnd, .ceasefireStart, .ceasefireEnd, .strikesStart, .strikesEnd:
      .interval
    case .target, .operationParties, .operationEffect, .operationView, .ceasefireParties,
      .ceasefireLaunches, .strikesParties, .strikesTarget, .view, .note:
      .words
    }
  }

  static let sirenCauses = [
    "launch", "malfunction", "false-identification", "cyber-attack", "debris", "attack",
    "no-fire", "policy", "mistake",
  ]
  static let causes = [
    "technical-fault", "attack", "accident", "mistake", "weather", "belief-in-attack",
  ]

  /// The attributes that an incident of a kind may have.
  public static func list(for kind: Record.Incident.Kind) -> [Record.Attribute] {
    switch kind {
    case .attack, .other: allCases
    case .falseAlert:
      allCases.filter { !$0.isOf("operation") && !$0.isOf("strikes") && !$0.isOf("ceasefire") }
    case .naturalHazard:
      allCases.filter {
        !["operation", "strikes", "ceasefire", "launch", "fired", "weapon", "interception"]
          .contains($0.matter)
      }
    }
  }

  /// What it belongs to: the part before the first dot.
  public var matter: String { String(rawValue.prefix { $0 != "." }) }

  private func isOf(_ matter: String) -> Bool { self.matter == matter }
}
