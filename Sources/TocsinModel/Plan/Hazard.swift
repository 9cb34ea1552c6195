/// A kind of danger, with the words that people hear about it. Hazards are values of the plan, not code.
public struct Hazard: Hashable, Sendable, Codable {
  public var id: String
  public var name: Texts
  /// Be ready near a shelter.
  public var early: Texts
  /// Take shelter now.
  public var shelter: Texts
  /// It is over.
  public var ended: Texts
  /// The warning was wrong. Paired with every warning text, so that a correction never waits for words.
  public var correction: Texts

  public init(
    id: String, name: Texts, early: Texts, shelter: Texts, ended: Texts, correction: Texts
  ) {
    self.id = id
    self.name = name
    self.early = early
    self.shelter = shelter
    self.ended = ended
    self.correction = correction
  }

  /// - Parameter isStillWarned: whether another warning is in force where this one ends; then nobody hears
  ///   that it is over.
  public func text(of kind: Notice.Kind, stage: Stage, isStillWarned: Bool = false) -> Texts {
    switch kind {
    case .warning, .extension, .renewal: stage == .early ? early : shelter
    case .allClear: isStillWarned ? name.joined(to: .stillWarned) : ended
    case .correction: isStillWarned ? correction.joined(to: .stillWarned) : correction
    }
  }
}
