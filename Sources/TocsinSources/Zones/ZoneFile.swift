import TocsinModel

/// Reads zones from files: GeoJSON, the pair of `cities.json` and `polygons.json`, or a `.tsv` of places.
///
/// Everything odd is reported and as much as makes sense is kept: see ``ZoneFault``. Zones given as a point
/// become cells (``Cells``).
public enum ZoneFile {
  /// Reads a file, or a folder that holds `cities.json` and `polygons.json`. One of the two alone is read
  /// with the other when it lies beside it.
  public static func read(_ path: String) throws(UnreadableZones) -> ImportedZones {
    try read([path])
  }

  /// Reads several files as one: a polygon of a later file serves a zone of the same id that has none.
  public static func read(_ paths: [String]) throws(UnreadableZones) -> ImportedZones {
    var files: [(name: String, bytes: [UInt8])] = []
    for path in unique(paths.flatMap { Self.files(at: $0) }) {
      files.append((path, try bytes(path)))
    }
    return try read(files)
  }

  /// - Parameter name: what faults call the bytes; `.tsv` at its end makes them a table of places.
  public static func read(
    _ bytes: [UInt8], name: String
  ) throws(UnreadableZones) -> ImportedZones {
    try read([(name, bytes)])
  }

  /// - Parameter files: names as above, and what is in them.
  public static func read(
    _ files: [(name: String, bytes: [UInt8])]
  ) throws(UnreadableZones) -> ImportedZones {
    var zones = ZoneImport()
    var cities: (name: String, json: LooseJSON)?
    var polygons: (name: String, json: LooseJSON)?
    var later: [GeoJSONZones] = []
    for file in files {
      let name = shortName(file.name)
      switch try content(of: file.bytes, name: name, isTable: file.name.hasSuffix(".tsv")) {
      case .places(let table): zones.add(table.drafts, table.faults)
      case .cities(let json): cities = (name, json)
      case .polygons(let json): polygons = (name, json)
      case .features(let json): later.append(GeoJSONZones(json, file: name))
      }
    }
    if let cities {
      let pair = CitiesAndPolygons(
        cities: cities.json, citiesFile: cities.name, polygons: polygons?.json,
        polygonsFile: polygons?.name ?? "polygons.json")
      zones.add(pair.drafts, pair.faults)
    } else if let polygons {
      zones.add(
        [],
        [
          ZoneFault(
            kind: .notACollection, file: polygons.name,
            found: "has polygons but no names or places",
            done: "no zones were read from it; give its cities.json with it")
        ])
    }
    for collection in later { zones.add(collection.drafts, collection.faults) }
    return zones.finish()
  }

  private enum Content {
    case places(PlacesTable)
    case cities(LooseJSON)
    case polygons(LooseJSON)
    case features(LooseJSON)
  }

  private static func content(
    of bytes: [UInt8], name: String, isTable: Bool
  ) throws(UnreadableZones) -> Content {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(file: name) }
    if isTable { return .places(try PlacesTable(text, file: name)) }
    let json: LooseJSON
    do {
      json = try LooseJSON(reading: bytes)
    } catch {
      throw .notJSON(file: name, line: error.line, column: error.column, reason: error.text)
    }
    if let first = json.array?.first, first["type"] == nil, first["lat"] != nil {
      return .cities(json)
    }
    if json["type"] == nil, let members = json.members, !members.names.isEmpty,
      members.values.values.allSatisfy({ $0.array != nil })
    {
      return .polygons(json)
    }
    return .features(json)
  }
}
