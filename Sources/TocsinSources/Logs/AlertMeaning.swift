public import HomeFrontCommand

/// What a category of an alert says in our words: which hazard, how far, and whether it is a drill.
public struct AlertMeaning: Hashable, Sendable {
  /// The id of a hazard of the plan; `nil` where the category does not say which danger it is about.
  public var hazard: String?
  public var stage: Stage
  public var isDrill: Bool

  public enum Stage: String, Hashable, Sendable, Codable {
    /// Be ready near a shelter.
    case earlyWarning = "early"
    case takeShelter = "shelter"
    case ended
    /// A siren that stands for no danger, as on memorial days.
    case noDanger = "no-danger"
  }

  public init(hazard: String?, stage: Stage, isDrill: Bool = false) {
    self.hazard = hazard
    self.stage = stage
    self.isDrill = isDrill
  }

  /// `nil` for a number that is not known.
  public init?(historyCategory number: Int) {
    guard let category = AlertCategory(history: number) else { return nil }
    self.init(category)
  }

  public init(_ category: AlertCategory) {
    let stage: Stage =
      switch category.kind {
      case .memorial: .noDanger
      case .ended: .ended
      case .earlyWarning: .earlyWarning
      default: .takeShelter
      }
    self.init(hazard: category.kind.hazard, stage: stage, isDrill: category.isDrill)
  }
}
