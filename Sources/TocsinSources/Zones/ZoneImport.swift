import TocsinModel

/// Holds drafts against each other and makes zones of them.
struct ZoneImport {
  private var drafts: [ZoneDraft] = []
  private var faults: [ZoneFault] = []
  private var indexes: [String: Int] = [:]

  /// Adds what one file gave. A polygon of a later file serves a zone of the same id that has none.
  mutating func add(_ drafts: [ZoneDraft], _ faults: [ZoneFault]) {
    self.faults += faults
    for draft in drafts { add(draft) }
  }

  private mutating func add(_ given: ZoneDraft) {
    var draft = given
    if draft.id == nil { name(&draft) }
    if draft.name.isEmpty, let id = draft.id {
      faults.append(draft.fault(.missingName, "has no name", "named it by its id"))
      draft.name = Texts(id)
    }
    guard let id = draft.id else { return }
    if let index = indexes[id] {
      join(draft, to: index)
    } else {
      indexes[id] = drafts.count
      drafts.append(draft)
    }
  }

  private mutating func name(_ draft: inout ZoneDraft) {
    let name = draft.shownName ?? draft.place
    let id = free(name)
    faults.append(draft.fault(.missingID, "has no id", "made its name its id: '\(id)'"))
    draft.id = id
  }

  /// The text itself, or with the first number after it that makes it an id not taken yet.
  private func free(_ text: String) -> String {
    if indexes[text] == nil { return text }
    var number = 2
    while indexes["\(text)-\(number)"] != nil { number += 1 }
    return "\(text)-\(number)"
  }

  private mutating func join(_ draft: ZoneDraft, to index: Int) {
    let first = drafts[index]
    if first.area.isEmpty, !draft.area.isEmpty, first.name == draft.name || first.file != draft.file
    {
      drafts[index].area = draft.area
      drafts[index].isCell = draft.isCell
      faults.append(
        draft.fault(
          .polygonSupplied, "has a polygon for what \(first.file), \(first.place) has none for",
          "took the polygon"))
    } else if addsNothing(draft, to: first) {
      faults.append(
        draft.fault(.duplicateID, "has the id of \(first.place)", "left it out; it adds nothing"))
    } else {
      var renamed = draft
      renamed.id = free(draft.id ?? "")
      faults.append(
        draft.fault(
          .duplicateID, "has the id of \(first.place) and is another place or area",
          "kept it as '\(renamed.id ?? "")', so that nobody goes unwarned; give it its own id"))
      indexes[renamed.id ?? ""] = drafts.count
      drafts.append(renamed)
    }
  }

  private func addsNothing(_ draft: ZoneDraft, to first: ZoneDraft) -> Bool {
    if !draft.area.isEmpty { return draft.area == first.area }
    return draft.file != first.file || draft.label == nil || draft.label == first.label
  }

  // MARK: Zones

  mutating func finish() -> ImportedZones {
    for index in drafts.indices { drafts[index] = settled(drafts[index]) }
    makeCells()
    let zones = drafts.compactMap { draft -> Zone? in
      guard let id = draft.id, let label = draft.label else { return nil }
      return Zone(
        id: id, name: draft.name, district: draft.district, area: draft.area, label: label,
        shelterSeconds: draft.shelterSeconds, people: draft.people, isCell: draft.isCell)
    }
    return ImportedZones(zones: zones, faults: faults)
  }

  private mutating func settled(_ given: ZoneDraft) -> ZoneDraft {
    var draft = given
    if draft.isBroadcastWord {
      draft.area = Area(polygons: [])
      draft.label = draft.label ?? Position(latitude: 0, longitude: 0)
      faults.append(
        draft.fault(
          .broadcastWord, "is a phrase of announcements and names no place",
          "kept it without an area: it warns nobody"))
      return draft
    }
    guard !draft.area.isEmpty else {
      settleWithoutPolygon(draft)
      return draft
    }
    if draft.area.polygons.count > 1 { checkOverlap(draft) }
    guard let label = draft.label else {
      draft.label = draft.area.middle
      return draft
    }
    let distance = draft.area.distance(from: label)
    if distance > 100_000, draft.area.swapped.distance(from: label) < 10_000 {
      draft.area = draft.area.swapped
      faults.append(
        draft.fault(
          .swapped, "its polygon is \(kilometers(distance)) from its label and fits when turned",
          "took latitude and longitude the other way round"))
    } else if distance > 0 {
      let far =
        distance > ZoneImport.near ? "; one of the two is wrong, compare them with a map" : ""
      faults.append(
        draft.fault(
          .labelOutside, "its label is \(kilometers(distance)) outside its polygon",
          "kept both as given" + far))
    }
    return draft
  }

  /// Meters that a label may stand outside its polygon and still be believed.
  private static let near = 1_000.0

  private mutating func settleWithoutPolygon(_ draft: ZoneDraft) {
    if draft.label == nil {
      faults.append(draft.fault(.leftOut, "has neither polygon nor label", "left it out"))
    } else if draft.needsPolygon {
      faults.append(
        draft.fault(
          .noPolygon, "has no polygon",
          "made a cell of up to \(kilometers(Cells.radius)) around its label"))
    }
  }

  private mutating func checkOverlap(_ draft: ZoneDraft) {
    let polygons = draft.area.polygons.map { Area(polygons: [$0]) }
    for (index, polygon) in polygons.enumerated() {
      let others = polygons[..<index] + polygons[(index + 1)...]
      let corner = polygon.rings.first?.first { corner in
        others.contains { $0.contains(corner) && !$0.rings.contains { $0.contains(corner) } }
      }
      guard let corner else { continue }
      faults.append(
        draft.fault(
          .overlap, "two of its polygons overlap near \(corner.latitude), \(corner.longitude)",
          "kept them, but the overlap counts as outside (even-odd rule): join the polygons"))
      return
    }
  }

  private mutating func makeCells() {
    let bare = drafts.indices.filter {
      drafts[$0].area.isEmpty && drafts[$0].label != nil && !drafts[$0].isBroadcastWord
    }
    let drawn = drafts.filter { !$0.area.isEmpty }
    // A label far from its polygon marks nobody's ground: it must not take any from its neighbours.
    let neighbours = drawn.compactMap(\.label)
    let believed = zip(drawn, neighbours).filter { $0.area.distance(from: $1) <= Self.near }
    let cells = Cells(
      places: bare.compactMap { drafts[$0].label }, neighbours: believed.map(\.1),
      polygons: drawn.filter { !$0.isCell }.map(\.area))
    for (index, area) in zip(bare, cells.areas) {
      drafts[index].area = area
      drafts[index].isCell = true
    }
    for (place, other) in cells.shared.sorted(by: { $0.key < $1.key }) {
      let twin = drafts[bare[other]]
      faults.append(
        drafts[bare[place]].fault(
          .sharedPlace, "is at the same point as \(twin.id ?? "") \(twin.shownName ?? "")",
          "they share their cell"))
    }
  }

  private func kilometers(_ meters: Double) -> String {
    meters < 1_000 ? "\(Int(meters.rounded(.up))) m" : "\((meters / 100).rounded() / 10) km"
  }
}

extension Area {
  /// With latitude and longitude the other way round; corners that are then no place are left out.
  fileprivate var swapped: Area {
    Area(
      polygons: polygons.map { rings in
        rings.map { ring in
          ring.map { Position(latitude: $0.longitude, longitude: $0.latitude) }
            .filter(\.isOnEarth)
        }
      })
  }
}
