public import TocsinModel

/// What reading a file of zones gave: the zones, and everything about them that is not as it should be.
public struct ImportedZones: Hashable, Sendable {
  /// In the order of the file.
  public var zones: [Zone]
  /// In the order found; none of them kept the others from being read.
  public var faults: [ZoneFault]

  public init(zones: [Zone], faults: [ZoneFault]) {
    self.zones = zones
    self.faults = faults
  }
}
