/// An operator's order.
public struct Command: Hashable, Sendable, Codable {
  /// The name of the key it came with.
  public var person: String
  public var order: Order
  /// An exercise is another kind of order from the start.
  public var isExercise: Bool
  /// Up to 600 bytes, echoed verbatim in the notice.
  public var ref: String?

  public init(person: String, order: Order, isExercise: Bool = false, ref: String? = nil) {
    self.person = person
    self.order = order
    self.isExercise = isExercise
    self.ref = ref
  }
}

public enum Order: Hashable, Sendable, Codable {
  /// Be ready near a shelter.
  case early(hazard: String, where: Place)
  /// Take shelter.
  case warn(hazard: String, where: Place)
  /// More zones for a warning.
  case extend(warning: String, where: Place)
  /// The warning was wrong: tells exactly the zones and channels of the warning.
  case correct(warning: String)
  /// It is over.
  case clear(warning: String)
  /// A second person agrees that the zones held back are warned.
  case confirm(warning: String)
  /// Others report that a track was intercepted: its pieces are warned of, and it is followed on.
  case intercepted(track: String)
  /// A recorder adds to the record; nothing sounds by it.
  case record(Record.Act)

  /// Where an order applies. There is no "everywhere": an empty or unknown place is refused.
  public enum Place: Hashable, Sendable, Codable {
    /// Names in any language, or ids.
    case zones([String])
    case district(String)
    /// All zones with any part inside.
    case circle(center: Position, radiusMeters: Double)
  }
}
