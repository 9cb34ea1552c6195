import TocsinModel

/// One ring of a polygon as a file writes it: cleaned, with what was wrong about it.
struct ZoneRing {
  /// Not closed, without repeated corners.
  var corners: [Position] = []
  /// Entries that are no place on Earth.
  var bad = 0
  var isClosed = true

  /// - Parameter latitudeFirst: as in `polygons.json`; GeoJSON has the longitude first.
  init(_ entries: [LooseJSON], latitudeFirst: Bool = false) {
    let positions = entries.map { Self.position($0, latitudeFirst: latitudeFirst) }
    for position in positions {
      guard let position else {
        bad += 1
        continue
      }
      if corners.last != position { corners.append(position) }
    }
    if let first = positions.first, let last = positions.last { isClosed = first == last }
    while corners.count > 1, corners.first == corners.last { corners.removeLast() }
  }

  /// `nil` for anything but two numbers (or more: a height is not used) within the range of degrees.
  static func position(_ json: LooseJSON, latitudeFirst: Bool = false) -> Position? {
    guard let pair = json.array, pair.count >= 2, let first = pair[0].number,
      let second = pair[1].number
    else { return nil }
    let position =
      latitudeFirst
      ? Position(latitude: first, longitude: second)
      : Position(latitude: second, longitude: first)
    // Comparisons with NaN are false, so that it is not on Earth either.
    return position.isOnEarth ? position : nil
  }
}

extension ZoneDraft {
  /// Adds one polygon, an outer ring and its holes, and says what is wrong with it.
  mutating func add(polygon rings: [ZoneRing]) -> [ZoneFault] {
    var faults: [ZoneFault] = []
    var kept: [Area.Ring] = []
    for (index, ring) in rings.enumerated() {
      faults += check(ring)
      if ring.corners.count >= 3 {
        kept.append(ring.corners)
      } else if index == 0 {
        break  // holes without what they are in
      }
    }
    if !kept.isEmpty { area.polygons.append(kept) }
    return faults
  }

  private func check(_ ring: ZoneRing) -> [ZoneFault] {
    var faults: [ZoneFault] = []
    if ring.bad > 0 {
      faults.append(
        fault(
          .badCoordinate, "\(ring.bad) of its corners are no place on Earth",
          "left these corners out; correct them, the shape may be wrong without"))
    }
    guard ring.corners.count >= 3 else {
      faults.append(
        fault(
          .fewCorners, "a ring has \(ring.corners.count) different corners and needs 3",
          "left the ring out"))
      return faults
    }
    if !ring.isClosed {
      faults.append(
        fault(.notClosed, "a ring does not end where it began", "closed it by a straight line"))
    }
    if let crossing = ring.corners.firstCrossing {
      faults.append(
        fault(
          .selfIntersection,
          "a ring crosses or touches itself near \(crossing.latitude), \(crossing.longitude)",
          "kept it; what is inside is decided by the even-odd rule"))
    }
    return faults
  }
}
