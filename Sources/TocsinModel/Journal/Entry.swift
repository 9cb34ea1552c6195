/// One event with the effects it had.
public struct Entry: Hashable, Sendable, Codable {
  public var event: Event
  public var effects: [Effect]

  public init(event: Event, effects: [Effect]) {
    self.event = event
    self.effects = effects
  }
}
