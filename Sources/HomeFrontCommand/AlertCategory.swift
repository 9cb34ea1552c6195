/// What an alert says: which danger or word, and whether it is a drill.
///
/// The Home Front Command counts its categories twice, and the two numberings clash: 2 is "general" in the
/// real-time file and "hostile aircraft" in the history. So a bare number means nothing; this value does.
///
/// Source: the public clients that read both files; no official document is known.
public struct AlertCategory: Hashable, Sendable {
  public var kind: Kind
  public var isDrill: Bool

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case missiles, unconventional, earthquake, radiological, tsunami, aircraft
    case hazardousMaterials, infiltration
    /// A danger that is not named.
    case general
    /// A siren that stands for no danger, as on memorial days.
    case memorial
    /// Alerts are expected in the next minutes.
    case earlyWarning
    case ended
  }

  public init(_ kind: Kind, isDrill: Bool = false) {
    self.kind = kind
    self.isDrill = isDrill
  }

  // MARK: The history's numbers

  /// Drills are 14 above what they rehearse. `nil` for a number that is not known.
  public init?(history number: Int) {
    let isDrill = (15...28).contains(number)
    guard let kind = Self.historyKinds[isDrill ? number - 14 : number] else { return nil }
    self.init(kind, isDrill: isDrill)
  }

  /// The number in the history; where two stand for one kind, the first.
  public var historyNumber: Int {
    let number = Self.historyKinds.filter { $0.value == kind }.keys.min() ?? 4
    return isDrill ? number + 14 : number
  }

  private static let historyKinds: [Int: Kind] = [
    1: .missiles, 2: .aircraft, 3: .unconventional, 4: .general, 5: .memorial, 6: .memorial,
    7: .earthquake, 8: .earthquake, 9: .radiological, 10: .infiltration, 11: .tsunami,
    12: .hazardousMaterials, 13: .ended, 14: .earlyWarning,
  ]

  // MARK: The real-time file's numbers

  static let newsFlash = 10

  /// Drills are 100 above what they rehearse. A news flash means opposite things, and only its title says
  /// which; `nil` when it says neither or both, and for a number that is not known.
  public init?(realTime number: Int, title: String) {
    let isDrill = number > 100
    let base = isDrill ? number - 100 : number
    let kind = base == Self.newsFlash ? Self.flash(title) : Self.realTimeKinds[base]
    guard let kind else { return nil }
    self.init(kind, isDrill: isDrill)
  }

  /// The number in the real-time file; `nil` for a memorial siren, for which none is known.
  public var realTimeNumber: Int? {
    let number: Int? =
      switch kind {
      case .earlyWarning, .ended: Self.newsFlash
      default: Self.realTimeKinds.first { $0.value == kind }?.key
      }
    return number.map { isDrill ? $0 + 100 : $0 }
  }

  private static let realTimeKinds: [Int: Kind] = [
    1: .missiles, 2: .unconventional, 3: .earthquake, 4: .radiological, 5: .tsunami, 6: .aircraft,
    7: .hazardousMaterials, 8: .general, 13: .infiltration,
  ]

  private static func flash(_ title: String) -> Kind? {
    let saysEnded = ["האירוע הסתיים", "הארוע הסתיים", "ניתן לצאת"].contains { title.contains($0) }
    let saysSoon = ["בדקות הקרובות", "צפויות להתקבל", "התרעה מקדימה"].contains {
      title.contains($0)
    }
    return saysEnded == saysSoon ? nil : saysEnded ? .ended : .earlyWarning
  }

  /// The number of the danger in Tzofar's messages; `nil` for what it sends as a message of another kind.
  public var tzofarThreat: Int? {
    switch kind {
    case .missiles: 0
    case .hazardousMaterials: 1
    case .infiltration: 2
    case .earthquake: 3
    case .tsunami: 4
    case .aircraft: 5
    case .radiological: 6
    case .unconventional: 7
    case .general: 8
    case .memorial, .earlyWarning, .ended: nil
    }
  }

  /// The headline that the file carries for it.
  public var title: String {
    let words =
      switch kind {
      case .missiles: "ירי רקטות וטילים"
      case .unconventional: "ירי טילים לא קונבנציונליים"
      case .earthquake: "רעידת אדמה"
      case .radiological: "אירוע רדיולוגי"
      case .tsunami: "חשש לצונאמי"
      case .aircraft: "חדירת כלי טיס עוין"
      case .hazardousMaterials: "אירוע חומרים מסוכנים"
      case .infiltration: "חדירת מחבלים"
      case .general: "התרעה"
      case .memorial: "צפירת זיכרון"
      case .earlyWarning: "בדקות הקרובות צפויות להתקבל התרעות באזורך"
      case .ended: "האירוע הסתיים"
      }
    return isDrill ? "תרגיל - " + words : words
  }
}
