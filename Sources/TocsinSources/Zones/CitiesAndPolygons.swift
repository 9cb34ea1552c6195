import TocsinModel

/// Reads the pair of files that public Home Front Command clients use: a list of cities, and their
/// polygons by id, each a ring of `[latitude, longitude]`.
///
/// Source: GitHub eladnava/pikud-haoref-api, `cities.json` and `polygons.json`.
struct CitiesAndPolygons {
  let citiesFile: String
  let polygonsFile: String
  private(set) var drafts: [ZoneDraft] = []
  private(set) var faults: [ZoneFault] = []

  init(cities: LooseJSON, citiesFile: String, polygons: LooseJSON?, polygonsFile: String) {
    self.citiesFile = citiesFile
    self.polygonsFile = polygonsFile
    let shapes = polygons?.members ?? LooseJSON.Members()
    if polygons == nil {
      note(.notACollection, citiesFile, "no polygons.json was given with it", "made cells only")
    }
    for id in shapes.repeated {
      note(.duplicateID, polygonsFile, "has two polygons of id \(id)", "took the first")
    }
    for (index, city) in (cities.array ?? []).enumerated() { read(city, index + 1, shapes) }
    let known = Set(drafts.compactMap(\.id))
    for id in shapes.names where !known.contains(id) {
      faults.append(
        ZoneFault(
          kind: .polygonWithoutZone, file: polygonsFile, place: "id \(id)",
          found: "is the polygon of no city", done: "left it out; perhaps a zone that is no more"))
    }
  }

  private mutating func note(
    _ kind: ZoneFault.Kind, _ file: String, _ found: String, _ done: String
  ) {
    faults.append(ZoneFault(kind: kind, file: file, found: found, done: done))
  }

  private mutating func read(_ city: LooseJSON, _ number: Int, _ shapes: LooseJSON.Members) {
    var draft = ZoneDraft(file: citiesFile, place: "entry \(number) on line \(city.line)")
    var fields = ZoneFields(city)
    draft.id = fields.id(nil)
    draft.name = fields.texts("name")
    if fields["value"]?.string == "all" {
      faults.append(draft.fault(.pseudoEntry, "stands for all zones", "left it out"))
      return
    }
    draft.district = fields.texts("zone")
    draft.shelterSeconds = fields.count("countdown", upTo: 3_600)
    draft.people = fields.count("people", upTo: 100_000_000)
    draft.label = fields.label()
    draft.needsPolygon = true
    faults += fields.faults.map { draft.fault($0.kind, $0.found, $0.done) }
    if let id = draft.id, let shape = shapes.values[id] {
      var drawn = draft
      drawn.file = polygonsFile
      drawn.place = "id \(id)"
      faults += drawn.add(polygon: [ZoneRing(shape.array ?? [], latitudeFirst: true)])
      draft.area = drawn.area
    }
    drafts.append(draft)
  }
}
