public import TocsinModel

/// How two values of one attribute stand to each other.
public enum Relation: String, Hashable, Sendable, Codable, CaseIterable {
  case same, compatible, conflicting, incomparable
}

/// Compares two statements on one attribute. Pure; it knows no speakers, so it cannot prefer one.
public enum Comparison {
  public static func relation(_ left: Record.Statement, _ right: Record.Statement) -> Relation {
    let values = relation(left.value, right.value, by: left.attribute.rule)
    switch (left.stance, right.stance) {
    case (.asserts, .asserts):
      if values == .conflicting, left.attribute.rule == .count, !overlap(left.asOf, right.asOf) {
        return .compatible
      }
      return values
    case (.denies, .denies): return values == .same ? .same : .compatible
    case (.asserts, .denies): return denial(of: right.value, against: left.value, values)
    case (.denies, .asserts): return denial(of: left.value, against: right.value, values)
    default: return .compatible
    }
  }

  /// A denial excludes what lies wholly within the denied.
  private static func denial(
    of denied: Record.Value, against asserted: Record.Value, _ values: Relation
  ) -> Relation {
    switch values {
    case .same: .conflicting
    case .incomparable: .incomparable
    case .conflicting: .compatible
    case .compatible: denied.contains(asserted) ? .conflicting : .compatible
    }
  }

  /// Two spans that touch overlap; an unknown one overlaps with all.
  static func overlap(_ left: Record.When, _ right: Record.When) -> Bool {
    guard let a = left.from, let b = right.from else { return true }
    return a <= (right.to ?? b) && b <= (left.to ?? a)
  }

  public static func relation(
    _ left: Record.Value, _ right: Record.Value, by rule: Record.Attribute.Rule
  ) -> Relation {
    if left.sense == right.sense { return .same }
    switch rule {
    case .words, .places: return .compatible
    case .closedTerms, .openTerms: return terms(left, right)
    case .quantity, .count: return numbers(left, right)
    case .place: return places(left, right)
    case .interval: return intervals(left, right)
    }
  }

  private static func terms(_ left: Record.Value, _ right: Record.Value) -> Relation {
    guard let a = left.termSet, let b = right.termSet else { return .compatible }
    return a.isDisjoint(with: b) ? .conflicting : .compatible
  }

  private static func numbers(_ left: Record.Value, _ right: Record.Value) -> Relation {
    guard let a = left.bounds, let b = right.bounds else { return .compatible }
    guard left.scope == right.scope, let (x, y) = inOneUnit(a, left.unit, b, right.unit) else {
      return .incomparable
    }
    guard x.overlaps(y) else { return .conflicting }
    guard case .oneOf(let some) = left.amount, case .oneOf(let others) = right.amount else {
      return choice(left, x, y) && choice(right, y, x) ? .compatible : .conflicting
    }
    return Set(some).isDisjoint(with: others) ? .conflicting : .compatible
  }

  /// Of "one of 9, 12" at least one must lie in the other's range.
  private static func choice(
    _ value: Record.Value, _ own: ClosedRange<Double>, _ other: ClosedRange<Double>
  ) -> Bool {
    guard case .oneOf(let scalars) = value.amount else { return true }
    let factor = Record.Value.seconds[value.unit ?? ""] ?? 1
    return scalars.contains {
      if case .number(let number) = $0 {
        other.contains(number * factor) || other.contains(number)
      } else {
        false
      }
    }
  }

  /// Both in the same unit; `nil` where their units cannot be turned into one another. A unit that is not
  /// stated is taken to be the other's.
  private static func inOneUnit(
    _ left: ClosedRange<Double>, _ unit: String?, _ right: ClosedRange<Double>, _ other: String?
  ) -> (ClosedRange<Double>, ClosedRange<Double>)? {
    guard let unit, let other, unit != other else { return (left, right) }
    guard let a = Record.Value.seconds[unit], let b = Record.Value.seconds[other] else {
      return nil
    }
    return (scaled(left, a), scaled(right, b))
  }

  private static func scaled(_ range: ClosedRange<Double>, _ by: Double) -> ClosedRange<Double> {
    range.lowerBound * by...range.upperBound * by
  }

  private static func places(_ left: Record.Value, _ right: Record.Value) -> Relation {
    guard case .place(let a) = left.amount, case .place(let b) = right.amount else {
      return .compatible
    }
    let (zonesA, zonesB) = (Set(a.zones ?? []), Set(b.zones ?? []))
    if !zonesA.isDisjoint(with: zonesB) { return .compatible }
    let (namesA, namesB) = (a.allNames, b.allNames)
    if !namesA.isDisjoint(with: namesB) { return .compatible }
    let (widerA, widerB) = (Set(a.within ?? []), Set(b.within ?? []))
    let contains = !namesA.isDisjoint(with: widerB) || !namesB.isDisjoint(with: widerA)
    return contains ? .compatible : .conflicting
  }

  private static func intervals(_ left: Record.Value, _ right: Record.Value) -> Relation {
    guard case .interval(let a) = left.amount, case .interval(let b) = right.amount else {
      return .compatible
    }
    return overlap(a, b) ? .compatible : .conflicting
  }
}

extension Record.Statement {
  /// The time that the value holds for: as stated, else when it was said.
  var asOf: Record.When { validAt ?? saidAt }
}

extension Record.Place {
  /// Every name in every language.
  var allNames: Set<String> {
    Set(names.flatMap { [$0.text] + $0.renderings.map(\.text) })
  }
}

extension Record.Value {
  static let seconds: [String: Double] = ["s": 1, "min": 60, "h": 3600, "d": 86_400]

  /// What makes two values one and the same position.
  struct Sense: Hashable {
    var amount: Amount
    var unit: String?
    var scope: String?
    var isApproximate: Bool
    var words: String?
  }

  var sense: Sense {
    var amount = amount
    switch amount {
    case .oneOf(let scalars):
      amount = .oneOf(scalars.sorted { "\($0)" < "\($1)" })
    case .interval(let when):
      // The same span is the same, however it was printed.
      amount = .interval(Record.When(from: when.from, to: when.to, precision: .unknown))
      if !when.isKnown { return spokenSense }
    case .place(let place): amount = .place(place.bare)
    case .spoken, .unknown: return spokenSense
    default: break
    }
    return Sense(amount: amount, unit: unit, scope: scope, isApproximate: isApproximate, words: nil)
  }

  private var spokenSense: Sense {
    var printed: String?
    if case .interval(let when) = amount { printed = when.printed?.text }
    return Sense(
      amount: .spoken, unit: nil, scope: scope, isApproximate: false, words: printed ?? words?.text)
  }

  var termSet: Set<String>? {
    switch amount {
    case .exact(.term(let term)): [term]
    case .oneOf(let scalars):
      Set(scalars.compactMap { if case .term(let term) = $0 { term } else { nil } })
    default: nil
    }
  }

  /// What the number can be: "about n" reaches a tenth of n, at least 1, to both sides.
  var bounds: ClosedRange<Double>? {
    let range: ClosedRange<Double>? =
      switch amount {
      case .exact(.number(let number)): number...number
      case .range(let low, let high): low...high
      case .atLeast(let low): low...Double.infinity
      case .atMost(let high): -Double.infinity...high
      case .oneOf(let scalars): span(scalars)
      default: nil
      }
    guard let range, isApproximate else { return range }
    return range.lowerBound - max(1, abs(range.lowerBound) / 10)...range.upperBound
      + max(1, abs(range.upperBound) / 10)
  }

  private func span(_ scalars: [Record.Scalar]) -> ClosedRange<Double>? {
    let numbers = scalars.compactMap { if case .number(let number) = $0 { number } else { nil } }
    guard let low = numbers.min(), let high = numbers.max() else { return nil }
    return low...high
  }

  /// Whether another value lies wholly within this one.
  func contains(_ other: Record.Value) -> Bool {
    if let own = bounds, let inner = other.bounds {
      return own.lowerBound <= inner.lowerBound && inner.upperBound <= own.upperBound
    }
    if let own = termSet, let inner = other.termSet { return inner.isSubset(of: own) }
    if case .interval(let own) = amount, case .interval(let inner) = other.amount,
      let a = own.from, let b = own.to, let c = inner.from, let d = inner.to
    {
      return a <= c && d <= b
    }
    if case .place(let own) = amount, case .place(let inner) = other.amount {
      return !own.allNames.isDisjoint(with: inner.within ?? [])
    }
    return false
  }
}

extension Record.Place {
  /// Without renderings, which change nothing about which place is meant.
  var bare: Record.Place {
    Record.Place(
      names.map { Record.Words($0.text) }.sorted { $0.text < $1.text }, zones: zones?.sorted(),
      within: nil)
  }
}
