import Foundation
import Testing
import TocsinModel
import TocsinSources

private let square = "[[[34.5,31.6],[34.6,31.6],[34.6,31.7],[34.5,31.7],[34.5,31.6]]]"

private func collection(_ features: String...) -> [UInt8] {
  [UInt8](#"{"type":"FeatureCollection","features":[\#n\#(features.joined(separator: ",\n"))]}"#)
}

private func feature(
  _ id: String = "7", _ properties: String = #""name":"Harbor","lat":31.65,"lng":34.55"#,
  geometry: String
) -> String {
  #"{"type":"Feature","id":\#(id),"properties":{\#(properties)},"geometry":\#(geometry)}"#
}

private func polygon(_ coordinates: String) -> String {
  #"{"type":"Polygon","coordinates":\#(coordinates)}"#
}

private func read(_ features: String...) throws -> ImportedZones {
  try ZoneFile.read(
    [UInt8](#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#),
    name: "a.geojson")
}

@Suite struct `A GeoJSON file of zones` {
  @Test func `gives zones with all their properties`() throws {
    let text = #"""
      "id":"h1","name_en":"Harbor","name_he":"נמל","district_en":"South","shelter_seconds":15, \#
      "people":1200,"lat":31.65,"lng":34.55
      """#
    let imported = try read(feature("9", text, geometry: polygon(square)))
    let ring = [(31.6, 34.5), (31.6, 34.6), (31.7, 34.6), (31.7, 34.5)].map(Position.init)
    #expect(imported.faults == [])
    #expect(
      imported.zones == [
        Zone(
          id: "h1", name: ["en": "Harbor", "he": "נמל"], district: ["en": "South"],
          area: Area(ring: ring), label: Position(latitude: 31.65, longitude: 34.55),
          shelterSeconds: 15, people: 1200)
      ])
  }

  @Test func `tells the language of a bare name by its letters`() throws {
    let names = ["Harbor", "נמל", "ميناء", "Порт"].enumerated().map { index, name in
      feature("\(index)", #""name":"\#(name)""#, geometry: polygon(square))
    }
    let imported = try ZoneFile.read(
      [UInt8]("[" + names.joined(separator: ",") + "]"), name: "a.json")
    #expect(
      imported.zones.map { $0.name.byLanguage.keys.sorted() } == [["en"], ["he"], ["ar"], ["ru"]])
  }

  @Test func `keeps holes and all polygons of a MultiPolygon`() throws {
    let hole = "[[34.54,31.64],[34.54,31.66],[34.56,31.66],[34.56,31.64],[34.54,31.64]]"
    let shape =
      "[\(square.dropLast()),\(hole)],\(square.replacingOccurrences(of: "34.", with: "35."))]"
    let imported = try read(
      feature(geometry: #"{"type":"MultiPolygon","coordinates":\#(shape)}"#))
    let area = try #require(imported.zones.first).area
    #expect(area.polygons.map(\.count) == [2, 1])
    #expect(!area.contains(Position(latitude: 31.65, longitude: 34.55)))
    #expect(area.contains(Position(latitude: 31.61, longitude: 34.51)))
    #expect(area.contains(Position(latitude: 31.65, longitude: 35.55)))
  }

  @Test(
    arguments: [
      (polygon("[]"), .noGeometry, true), (polygon("[[]]"), .noGeometry, true),
      ("null", .noGeometry, true),
      (#"{"type":"LineString","coordinates":[]}"#, .unknownGeometry, true),
      (#"{"coordinates":7}"#, .unknownGeometry, true),
      (polygon("[[[34.5,31.6],[34.6,31.6],[34.5,31.6]]]"), .fewCorners, true),
      (polygon("[[[34.5,31.6],[34.6,31.6],[34.6,31.7],[34.5,31.7]]]"), .notClosed, false),
      (
        polygon("[[[34.5,31.6],[34.6,31.7],[34.6,31.6],[34.5,31.7],[34.5,31.6]]]"),
        .selfIntersection, false
      ),
      (
        polygon("[[[34.5,31.6],[34.6,31.6],[34.6,31.7],[NaN,31.7],[34.5,31.7],[34.5,31.6]]]"),
        .badCoordinate, false
      ),
      (
        polygon("[[[34.5,31.6],[34.6,31.6],[34.6,31.7],[34.5,131.7],[34.5,31.7],[34.5,31.6]]]"),
        .badCoordinate, false
      ),
      (
        polygon("[[[34.5,31.6],[34.6,31.6],[34.6,31.7],[\"x\"],[34.5,31.7],[34.5,31.6]]]"),
        .badCoordinate, false
      ),
    ] as [(String, ZoneFault.Kind, Bool)])
  func `loses no zone to a bad shape, and says what was bad`(
    geometry: String, kind: ZoneFault.Kind, becomesCell: Bool
  ) throws {
    let imported = try read(
      feature(geometry: geometry), feature("8", "", geometry: polygon(square)))
    #expect(imported.zones.map(\.id) == ["7", "8"])
    #expect(imported.faults.contains { $0.kind == kind && $0.id == "7" }, "\(imported.faults)")
    let zone = try #require(imported.zones.first)
    #expect(zone.isCell == becomesCell)
    #expect(zone.area.contains(Position(latitude: 31.65, longitude: 34.55001)) || !becomesCell)
    #expect(!zone.area.isEmpty)
  }

  @Test func `leaves out what has neither area nor place, and says so`() throws {
    let imported = try read(feature("7", #""name":"X""#, geometry: "null"), "7", "{}")
    #expect(imported.zones == [])
    #expect(imported.faults.count { $0.kind == .leftOut } == 3)
    #expect(imported.faults.allSatisfy { !$0.description.contains("\n") })
  }

  @Test func `makes an id of the name where there is none`() throws {
    let imported = try read(
      feature("null", geometry: polygon(square)), feature("null", geometry: polygon(square)))
    #expect(imported.zones.map(\.id) == ["Harbor", "Harbor-2"])
    #expect(imported.faults.count { $0.kind == .missingID } == 2)
  }

  @Test func `keeps another area under an id that is taken, and drops the same again`() throws {
    let imported = try read(
      feature(geometry: polygon(square)), feature(geometry: polygon(square)),
      feature(geometry: polygon(square.replacingOccurrences(of: "34.", with: "35."))))
    #expect(imported.zones.map(\.id) == ["7", "7-2"])
    #expect(imported.faults.count { $0.kind == .duplicateID } == 2)
  }

  @Test func `tells how far a label is from its polygon`() throws {
    let imported = try read(
      feature("7", #""lat":31.65,"lng":34.70"#, geometry: polygon(square)),
      feature("8", #""lat":31.65,"lng":34.601"#, geometry: polygon(square)),
      feature("9", #""lat":"x","lng":34.601"#, geometry: polygon(square)),
      feature("10", #""lat":0,"lng":0"#, geometry: polygon(square)))
    let outside = imported.faults.filter { $0.kind == .labelOutside }.map(\.found)
    #expect(
      outside == [
        "its label is 9.5 km outside its polygon", "its label is 95 m outside its polygon",
      ])
    #expect(imported.faults.count { $0.kind == .badLabel } == 2)
    #expect(
      imported.zones.allSatisfy { $0.id == "7" || $0.id == "8" || $0.area.contains($0.label) })
  }

  @Test func `turns a polygon whose latitude and longitude are the wrong way round`() throws {
    let turned = "[[[31.6,34.5],[31.6,34.6],[31.7,34.6],[31.7,34.5],[31.6,34.5]]]"
    let imported = try read(feature(geometry: polygon(turned)))
    #expect(imported.faults.map(\.kind) == [.swapped])
    #expect(
      imported.zones.first?.area.contains(Position(latitude: 31.65, longitude: 34.55)) == true)
  }

  @Test func `says what is wrong with a property and takes it as not known`() throws {
    let text = #""name":"X","shelter_seconds":-5,"people":"many""#
    let imported = try read(feature("7", text, geometry: polygon(square)))
    #expect(imported.faults.map(\.kind) == [.badField, .badField])
    #expect(imported.zones.first?.shelterSeconds == nil && imported.zones.first?.people == nil)
  }

  @Test func `says where polygons of one zone overlap`() throws {
    let other = square.replacingOccurrences(of: "34.6", with: "34.58")
      .replacingOccurrences(of: "31.7", with: "31.68").replacingOccurrences(
        of: "34.5,", with: "34.52,")
    let shape = #"{"type":"MultiPolygon","coordinates":[\#(square),\#(other)]}"#
    #expect(try read(feature(geometry: shape)).faults.contains { $0.kind == .overlap })
  }

  @Test(arguments: ["", "{", "[1,2", "no JSON", "{\"type\":\"FeatureCollection\"} x"])
  func `that is no JSON is refused with its line`(text: String) {
    let refusal = #expect(throws: UnreadableZones.self) {
      try ZoneFile.read([UInt8](text), name: "a.geojson")
    }
    #expect(refusal?.description.contains("a.geojson, line 1") == true)
  }

  @Test(arguments: ["{}", "[]", "7", "null", #"{"type":"Topology"}"#, #"{"1":[[1,2]]}"#])
  func `that holds no zones gives none and says so`(text: String) throws {
    let imported = try ZoneFile.read([UInt8](text), name: "a.geojson")
    #expect(imported.zones == [])
    #expect(imported.faults.map(\.kind) == [.notACollection] || text == "[]")
  }

  @Test func `is read back as it was written`() throws {
    let imported = try read(
      feature(geometry: polygon(square)),
      feature(
        "8", #""name_he":"כפר \"א\"","people":3"#,
        geometry: #"{"type":"Point","coordinates":[34.7,31.65]}"#),
      feature("9", #""name_he":"כל הארץ","lat":31,"lng":34"#, geometry: "null"))
    let again = try ZoneFile.read([UInt8](ZoneFile.geoJSON(imported.zones)), name: "b.geojson")
    #expect(again.zones == imported.zones)
    #expect(again.zones.map(\.isCell) == [false, true, false])
  }

  @Test func `never traps, whatever is in it`() {
    var chance = SeededGenerator(state: 3)
    let original = collection(
      feature(geometry: polygon(square)), feature("8", geometry: "null"),
      feature("9", #""lat":1e9,"lng":3"#, geometry: #"{"type":"Point","coordinates":[34.7,31.6]}"#))
    let letters = [UInt8](#"{}[]",:.-eE019NIn\u"#)
    var whole = 0
    for _ in 0..<5_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &chance) {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        if Bool.random(using: &chance) {
          bytes[place] = letters.randomElement(using: &chance) ?? 0
        } else {
          bytes.removeSubrange(place..<min(place + 3, bytes.count))
        }
      }
      if (try? ZoneFile.read(bytes, name: "x")) != nil { whole += 1 }
    }
    #expect(whole > 100)
  }
}

@Suite struct `The pair of cities and polygons` {
  private let cities = #"""
    [{"id":0,"name":"בחר הכל","value":"all","zone":"","countdown":0,"lat":0,"lng":0},
     {"id":1,"name":"א","name_en":"A","zone":"דן","zone_en":"Dan","countdown":90,"lat":31.65,"lng":34.55},
     {"id":2,"name":"ב","zone":"דן","countdown":15,"lat":31.65,"lng":34.8}]
    """#
  private let polygons =
    #"{"1":[[31.6,34.5],[31.6,34.6],[31.7,34.6],[31.7,34.5],[31.6,34.5]],"5":[[1,2],[1,3],[2,3]]}"#

  @Test func `is read from its folder or from either file`() throws {
    let folder = try Folder()
    let first = try folder.write("cities.json", cities)
    let second = try folder.write("polygons.json", polygons)
    let imported = try ZoneFile.read(folder.path)
    #expect(imported.zones.map(\.id) == ["1", "2"])
    #expect(imported.zones.map(\.isCell) == [false, true])
    #expect(imported.zones.map(\.shelterSeconds) == [90, 15])
    #expect(imported.zones.first?.district == ["he": "דן", "en": "Dan"])
    #expect(imported.faults.map(\.kind) == [.pseudoEntry, .polygonWithoutZone, .noPolygon])
    #expect(try ZoneFile.read(first) == imported)
    #expect(try ZoneFile.read([second, first]) == imported)
  }

  @Test func `makes cells alone when the polygons are missing`() throws {
    let imported = try ZoneFile.read([UInt8](cities), name: "cities.json")
    #expect(imported.zones.map(\.isCell) == [true, true])
    #expect(imported.faults.first?.kind == .notACollection)
  }

  @Test func `is missed in a folder without it`() throws {
    let folder = try Folder()
    _ = try folder.write("cities.json", cities)
    let refusal = #expect(throws: UnreadableZones.self) { try ZoneFile.read(folder.path) }
    #expect(refusal?.description.contains("both cities.json and polygons.json") == true)
  }

  @Test(.enabled(if: SharedData.has("zones/cities.json")))
  func `gives all 1,450 real zones with what is known to be odd about them`() throws {
    let imported = try ZoneFile.read(SharedData.path("zones"))
    #expect(imported.zones.count == 1450)
    #expect(Set(imported.zones.map(\.id)).count == 1450)
    #expect(imported.zones.count(where: \.isCell) == 97)
    let broadcast = try #require(imported.zones.first { $0.id == "9992" })
    #expect(broadcast.area.isEmpty && !broadcast.isCell)
    #expect(imported.zones.filter { $0.area.isEmpty }.map(\.id) == ["9992"])
    let kinds = Dictionary(grouping: imported.faults, by: \.kind).mapValues(\.count)
    #expect(
      kinds == [
        .pseudoEntry: 1, .broadcastWord: 1, .selfIntersection: 29, .labelOutside: 22,
        .noPolygon: 97, .polygonWithoutZone: 68,
      ])
    let far = imported.faults.filter { $0.done.contains("compare") }.compactMap(\.id)
    #expect(Set(far) == ["1026", "1920", "1823"])
    #expect(
      imported.zones.filter { $0.shelterSeconds == 0 }.map(\.id).sorted() == ["1604", "9992"])
    let crossed = [
      186, 198, 217, 258, 271, 297, 308, 314, 337, 345, 378, 387, 410, 434, 439, 529, 562, 789, 810,
      881, 930, 959, 1040, 1153, 1182, 1576, 1604, 1861, 1883,
    ]
    let found = imported.faults.filter { $0.kind == .selfIntersection }
    #expect(found.compactMap { $0.id.flatMap(Int.init) }.sorted() == crossed)
  }

  @Test(.enabled(if: SharedData.has("zones/hfc-zones.geojson")))
  func `agrees with the GeoJSON made of it, and a second file supplies polygons`() throws {
    let imported = try ZoneFile.read(SharedData.path("zones/hfc-zones.geojson"))
    #expect(imported.zones.count == 1450 && imported.zones.count(where: \.isCell) == 97)
    let both = try ZoneFile.read([
      SharedData.path("zones/hfc-zones.geojson"),
      SharedData.path("zones/hfc-zones-missing-polygons.geojson"),
    ])
    #expect(both.zones.count == 1450 && !both.zones.contains(where: \.isCell))
    #expect(both.faults.count { $0.kind == .polygonSupplied } == 97)
  }
}
