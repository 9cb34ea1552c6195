/// The zones and rules in force. A new plan is an event too, so a replay has its old zones.
public struct Plan: Hashable, Sendable, Codable {
  /// What pages call this place or day.
  public var title: Texts
  /// An IANA name for showing local time.
  public var timeZone: String
  public var zones: [Zone]
  public var hazards: [Hazard]
  public var radars: [Radar]
  public var sources: [Source]
  public var outlets: [Outlet]
  public var policy: Policy
  /// The hazard of what radars track.
  public var trackedHazard: String
  /// Ellipsoidal meters of the ground that tracks come down on.
  public var groundHeight: Double
  /// The ground where it is known better.
  public var heightGrid: HeightGrid?

  public init(
    title: Texts = "Tocsin", timeZone: String = "UTC", zones: [Zone] = [],
    hazards: [Hazard] = Hazard.standard, radars: [Radar] = [], sources: [Source] = [],
    outlets: [Outlet] = [.pages], policy: Policy = Policy(), trackedHazard: String = "rockets",
    groundHeight: Double = 0, heightGrid: HeightGrid? = nil
  ) {
    self.title = title
    self.timeZone = timeZone
    self.zones = zones
    self.hazards = hazards
    self.radars = radars
    self.sources = sources
    self.outlets = outlets
    self.policy = policy
    self.trackedHazard = trackedHazard
    self.groundHeight = groundHeight
    self.heightGrid = heightGrid
  }
}
