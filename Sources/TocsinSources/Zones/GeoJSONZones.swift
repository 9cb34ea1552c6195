import TocsinModel

/// Reads the features of a GeoJSON file as zones.
///
/// Source: RFC 7946. Properties: `id`, `name` or `name_<language>`, `district` or `district_<language>`,
/// `shelter_seconds`, `people`, `lat` and `lng` (the label), `is_cell`.
struct GeoJSONZones {
  let file: String
  private(set) var drafts: [ZoneDraft] = []
  private(set) var faults: [ZoneFault] = []

  init(_ json: LooseJSON, file: String) {
    self.file = file
    guard let features = Self.features(json) else {
      faults.append(
        ZoneFault(
          kind: .notACollection, file: file,
          found: "the file is JSON but no FeatureCollection", done: "no zones were read from it"))
      return
    }
    for (index, feature) in features.enumerated() { read(feature, number: index + 1) }
  }

  private static func features(_ json: LooseJSON) -> [LooseJSON]? {
    switch json["type"]?.string {
    case "FeatureCollection": json["features"]?.array
    case "Feature": [json]
    default: json.array
    }
  }

  private mutating func read(_ feature: LooseJSON, number: Int) {
    var draft = ZoneDraft(file: file, place: "feature \(number) on line \(feature.line)")
    guard feature["type"]?.string == "Feature" else {
      faults.append(draft.fault(.leftOut, "is no Feature", "left it out"))
      return
    }
    var fields = ZoneFields(feature["properties"])
    draft.id = fields.id(feature["id"])
    draft.name = fields.texts("name")
    draft.district = fields.texts("district")
    draft.shelterSeconds = fields.count("shelter_seconds", upTo: 3_600)
    draft.people = fields.count("people", upTo: 100_000_000)
    draft.label = fields.label()
    draft.isCell = fields.flag("is_cell")
    faults += fields.faults.map { draft.fault($0.kind, $0.found, $0.done) }
    if let geometry = feature["geometry"] {
      read(geometry, &draft)
    } else {
      faults.append(draft.fault(.noGeometry, "has no geometry", Self.consequence(draft)))
    }
    drafts.append(draft)
  }

  private static func consequence(_ draft: ZoneDraft) -> String {
    draft.label == nil ? "it has no label either" : "made a cell around its label"
  }

  private mutating func read(_ geometry: LooseJSON, _ draft: inout ZoneDraft, depth: Int = 0) {
    let coordinates = geometry["coordinates"]?.array
    switch geometry["type"]?.string {
    case "Point": readPoint(geometry, &draft)
    case "Polygon": readPolygon(coordinates ?? [], &draft)
    case "MultiPolygon":
      for polygon in coordinates ?? [] { readPolygon(polygon.array ?? [], &draft) }
      if coordinates?.isEmpty != false { readPolygon([], &draft) }
    case "GeometryCollection" where depth == 0:
      for part in geometry["geometries"]?.array ?? [] { read(part, &draft, depth: 1) }
    case let type:
      faults.append(
        draft.fault(
          .unknownGeometry, "has a geometry of type '\(type ?? "none")', which is no area",
          draft.area.isEmpty ? Self.consequence(draft) : "kept its polygons"))
    }
  }

  private mutating func readPoint(_ geometry: LooseJSON, _ draft: inout ZoneDraft) {
    guard let place = geometry["coordinates"].flatMap({ ZoneRing.position($0) }) else {
      faults.append(
        draft.fault(.badCoordinate, "its point is no place on Earth", Self.consequence(draft)))
      return
    }
    draft.label = place
  }

  private mutating func readPolygon(_ rings: [LooseJSON], _ draft: inout ZoneDraft) {
    let read = rings.map { ZoneRing($0.array ?? []) }
    if read.allSatisfy({ $0.corners.isEmpty && $0.bad == 0 }) {
      faults.append(draft.fault(.noGeometry, "has an empty polygon", Self.consequence(draft)))
      return
    }
    faults += draft.add(polygon: read)
  }
}
