import TocsinModel

extension Tocsin {
  /// The zones that an order's place means. Never everyone: an empty or unknown place is refused.
  func zones(in place: Order.Place) throws(Refusal) -> [Zone] {
    let zones =
      switch place {
      case .zones(let names): try zones(named: names)
      case .district(let name): try zones(ofDistrict: name)
      case .circle(let center, let radius): try zones(within: radius, of: center)
      }
    guard !zones.isEmpty else {
      throw Refusal(
        .emptyPlace, subject: "place",
        text: "No zone is meant by that place, and none was warned. Name zones, a district, or a "
          + "circle that touches zones.")
    }
    return zones
  }

  private func zones(named names: [String]) throws(Refusal) -> [Zone] {
    var ids: Set<String> = []
    for name in names {
      if atlas.zone(name) != nil {
        ids.insert(name)
        continue
      }
      let match = atlas.names.match(name)
      if let ambiguous = match.ambiguous.first {
        throw Refusal(.ambiguousPlace, subject: ambiguous.name, text: ambiguous.description)
      }
      if let unknown = match.unknown.first {
        throw Refusal(
          .unknownPlace, subject: unknown,
          text:
            "The plan knows no zone '\(unknown)', and nothing was warned. See 'tocsin zones show'.")
      }
      ids.formUnion(match.zones)
    }
    return ids.sorted().compactMap(atlas.zone)
  }

  private func zones(ofDistrict name: String) throws(Refusal) -> [Zone] {
    let zones = plan.zones.filter { $0.district.byLanguage.values.contains(name) }
    guard !zones.isEmpty else {
      let known = Set(plan.zones.map { $0.district["en"] }).sorted()
      throw Refusal(
        .unknownPlace, subject: name,
        text: "The plan knows no district '\(name)'. It knows: \(known.joined(separator: ", ")).")
    }
    return zones.sorted { $0.id < $1.id }
  }

  private func zones(within radius: Double, of center: Position) throws(Refusal) -> [Zone] {
    guard center.isOnEarth, radius > 0, radius <= 100_000 else {
      throw Refusal(
        .emptyPlace, subject: "circle",
        text: "A circle needs a place on Earth and a radius of 1 to 100,000 meters.")
    }
    let plane = Plane(around: center)
    let ring = (0..<48).map { step in
      let angle = Double(step) / 48 * 2 * .pi
      return plane.position(at: Offset(angle: angle, length: radius))
    }
    return plan.zones.filter { zone in
      plane.offset(of: zone.label).length <= radius
        || zone.area.contains(center) || ring.contains(where: zone.area.contains)
        || zone.area.rings.contains { $0.contains { plane.offset(of: $0).length <= radius } }
    }.sorted { $0.id < $1.id }
  }
}
