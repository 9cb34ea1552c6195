/// What a category of an alert history says: which danger, how far, and whether it is a drill.
///
/// Source: the numbering of the Home Front Command's history, as public clients know it. The real-time feed
/// has another: 2 is "general" there and "hostile aircraft" here.
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

  /// `nil` for a number that is not known. Drills are 14 above what they rehearse.
  public init?(historyCategory category: Int) {
    let isDrill = (15...28).contains(category)
    switch isDrill ? category - 14 : category {
    case 1: self.init(hazard: "rockets", stage: .takeShelter, isDrill: isDrill)
    case 2: self.init(hazard: "aircraft", stage: .takeShelter, isDrill: isDrill)
    case 3: self.init(hazard: "unconventional", stage: .takeShelter, isDrill: isDrill)
    case 4: self.init(hazard: "general", stage: .takeShelter, isDrill: isDrill)
    case 5, 6: self.init(hazard: nil, stage: .noDanger, isDrill: isDrill)
    case 7, 8: self.init(hazard: "earthquake", stage: .takeShelter, isDrill: isDrill)
    // A cloud of dust asks for the same as one of gas: indoors, windows closed.
    case 9, 12: self.init(hazard: "chemical", stage: .takeShelter, isDrill: isDrill)
    case 10: self.init(hazard: "infiltration", stage: .takeShelter, isDrill: isDrill)
    case 11: self.init(hazard: "tsunami", stage: .takeShelter, isDrill: isDrill)
    case 13: self.init(hazard: nil, stage: .ended, isDrill: isDrill)
    case 14: self.init(hazard: nil, stage: .earlyWarning, isDrill: isDrill)
    default: return nil
    }
  }
}
