public import HomeFrontCommand
public import UkraineAlerts

extension AlertCategory.Kind {
  /// The id of the standard hazard it is about; `nil` where it does not say which, or there is none.
  public var hazard: String? {
    switch self {
    case .missiles: "rockets"
    case .aircraft: "aircraft"
    case .unconventional: "unconventional"
    case .general: "general"
    case .earthquake: "earthquake"
    // A cloud of dust asks for the same as one of gas: indoors, windows closed.
    case .radiological, .hazardousMaterials: "chemical"
    case .infiltration: "infiltration"
    case .tsunami: "tsunami"
    case .memorial, .ended, .earlyWarning: nil
    }
  }

  /// The kind for a hazard of a plan; `general` for one that the numbering does not have.
  public init(hazard: String) {
    self =
      switch hazard {
      case "rockets": .missiles
      case "aircraft": .aircraft
      case "unconventional": .unconventional
      case "earthquake": .earthquake
      case "chemical": .hazardousMaterials
      case "infiltration": .infiltration
      case "tsunami": .tsunami
      default: .general
      }
  }
}

extension RegionAlert.Kind {
  /// The id of the standard hazard it is about; a word that is not known is danger all the same.
  public var hazard: String {
    switch self {
    case .airRaid: "air-strike"
    case .shelling: "shelling"
    case .streetFighting: "infiltration"
    case .chemical: "chemical"
    case .nuclear: "unconventional"
    case .other: "general"
    }
  }

  /// The kind for a hazard of a plan. What comes from the air is one kind there; what the service has no word
  /// for keeps its own.
  public init(hazard: String) {
    self =
      switch hazard {
      case "rockets", "aircraft", "air-strike", "general": .airRaid
      case "shelling": .shelling
      case "infiltration": .streetFighting
      case "chemical": .chemical
      case "unconventional": .nuclear
      default: .other(hazard)
      }
  }
}
