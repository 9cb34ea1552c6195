/// An alert of a region as the Ukrainian services have it: a state that lasts from its start to its end.
public struct RegionAlert: Hashable, Sendable {
  /// The service's number of the alert; `nil` where it gives none.
  public var id: Int?
  /// The service's number of the region, as text.
  public var region: String
  public var title: String
  public var size: Size?
  public var kind: Kind
  /// RFC 3339, as written.
  public var started: String?
  /// RFC 3339, as written; `nil` while it lasts.
  public var finished: String?
  public var updated: String?

  public enum Size: String, Hashable, Sendable, CaseIterable {
    case oblast, raion, hromada, city
  }

  public enum Kind: Hashable, Sendable {
    case airRaid, shelling, streetFighting, chemical, nuclear
    /// As written; no word that is known.
    case other(String)
  }

  public init(
    id: Int? = nil, region: String, title: String, size: Size? = nil, kind: Kind,
    started: String? = nil, finished: String? = nil, updated: String? = nil
  ) {
    self.id = id
    self.region = region
    self.title = title
    self.size = size
    self.kind = kind
    self.started = started
    self.finished = finished
    self.updated = updated
  }
}

extension RegionAlert.Kind {
  private static let known: [(kind: Self, inUA: String, alarm: String)] = [
    (.airRaid, "air_raid", "AIR"), (.shelling, "artillery_shelling", "ARTILLERY"),
    (.streetFighting, "urban_fights", "URBAN_FIGHTS"), (.chemical, "chemical", "CHEMICAL"),
    (.nuclear, "nuclear", "NUCLEAR"),
  ]

  /// By the word of either service.
  public init(_ word: String) {
    self = Self.known.first { $0.inUA == word || $0.alarm == word }?.kind ?? .other(word)
  }

  /// The word of alerts.in.ua.
  public var inUA: String {
    if case .other(let word) = self { return word }
    return Self.known.first { $0.kind == self }?.inUA ?? ""
  }

  /// The word of ukrainealarm, which has one for what is not known.
  public var alarm: String { Self.known.first { $0.kind == self }?.alarm ?? "UNKNOWN" }
}
