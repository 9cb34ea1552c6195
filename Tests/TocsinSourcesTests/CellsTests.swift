import Testing
import TocsinModel
import TocsinSources

@Suite struct `A place without a polygon` {
  private let home = Position(latitude: 31.65, longitude: 34.55)
  private var plane: Plane { Plane(around: home) }

  private func place(_ east: Double, _ north: Double) -> Position {
    plane.position(at: Offset(east: east, north: north))
  }

  @Test func `gets a disc of 1.5 km when it is alone`() {
    let area = Cells(places: [home]).areas[0]
    #expect(area.rings[0].count == 48)
    #expect(
      area.contains(home) && area.contains(place(1_490, 0)) && !area.contains(place(1_501, 0)))
    #expect(area.rings[0].allSatisfy { abs(plane.offset(of: $0).length - 1_500) < 0.2 })
  }

  @Test func `goes to the middle between it and the next`() {
    let areas = Cells(places: [home, place(1_000, 0)]).areas
    #expect(areas[0].contains(place(499, 0)) && !areas[0].contains(place(501, 0)))
    #expect(areas[1].contains(place(501, 0)) && !areas[1].contains(place(499, 0)))
  }

  @Test func `covers every point of a crowd once, by the nearest`() {
    var chance = SeededGenerator(state: 12)
    let places = (0..<40).map { _ in
      place(
        .random(in: -3_000...3_000, using: &chance), .random(in: -3_000...3_000, using: &chance))
    }
    let areas = Cells(places: places).areas
    for _ in 0..<2_000 {
      let point = Offset(
        east: .random(in: -4_500...4_500, using: &chance),
        north: .random(in: -4_500...4_500, using: &chance))
      let distances = places.map { (plane.offset(of: $0) - point).length }
      let order = distances.indices.sorted { distances[$0] < distances[$1] }
      // Near an edge, or between the circle and its corners, either answer is right.
      guard distances[order[1]] - distances[order[0]] > 1,
        abs(distances[order[0]] - 1_497) > 5
      else { continue }
      let expected = distances[order[0]] < 1_497 ? [order[0]] : []
      let found = areas.indices.filter { areas[$0].contains(plane.position(at: point)) }
      #expect(found == expected)
    }
  }

  @Test func `leaves a zone its polygon, and gives way to its label`() {
    let town = Area(ring: [place(300, -900), place(900, -900), place(900, 900), place(300, 900)])
    let area = Cells(places: [home], neighbours: [place(2_000, 0)], polygons: [town]).areas[0]
    #expect(area.contains(place(290, 0)) && !area.contains(place(310, 0)))
    #expect(area.contains(place(950, 0)) && !area.contains(place(1_010, 0)))
    #expect(area.contains(place(400, 1_000)) && !area.contains(place(400, 800)))
  }

  @Test func `keeps its ground where it lies inside another zone`() {
    let town = Area(ring: [place(-500, -900), place(900, -900), place(900, 900), place(-500, 900)])
    let area = Cells(places: [home], polygons: [town]).areas[0]
    #expect(area.contains(home) && area.contains(place(400, 0)) && area.contains(place(-600, 0)))
  }

  @Test func `keeps what lies in the hole of another zone`() {
    let ring = [
      place(-9_000, -9_000), place(9_000, -9_000), place(9_000, 9_000), place(-9_000, 9_000),
    ]
    let hole = [place(-500, -500), place(500, -500), place(500, 500), place(-500, 500)]
    let area = Cells(places: [home], polygons: [Area(polygons: [[ring, hole]])]).areas[0]
    #expect(area.contains(home) && area.contains(place(490, 490)) && !area.contains(place(510, 0)))
  }

  @Test func `shares its cell with another at the same point, and that is said`() throws {
    let cells = Cells(places: [home, home, place(1_000, 0)])
    #expect(cells.areas[0] == cells.areas[1])
    #expect(cells.shared == [0: 1, 1: 0])
    let table = """
      # places
      id\tname_en\tname_he\tlatitude\tlongitude\tshelter_seconds\tpeople
      a\tOne\tאחת\t31.65\t34.55\t15\t100
      b\tTwo\t\t31.65\t34.55\t\t
      c\tFar\t\t91\t34.55\t30\t5
      d\tShort\t\t31.9\t34.9\r

      e\tFive\t\t32.5\t34.9\tsoon\t7
      """
    let imported = try ZoneFile.read([UInt8](table), name: "places.tsv")
    #expect(imported.zones.map(\.id) == ["a", "b", "d", "e"])
    #expect(imported.zones.allSatisfy { $0.isCell })
    #expect(imported.zones.map(\.shelterSeconds) == [15, nil, nil, nil])
    #expect(imported.zones.map(\.people) == [100, nil, nil, 7])
    let kinds = imported.faults.map { "\($0.place) \($0.kind.rawValue)" }
    #expect(
      Set(kinds) == [
        "line 3 shared-place", "line 4 shared-place", "line 5 bad-label", "line 5 left-out",
        "line 6 bad-row", "line 8 bad-field",
      ])
  }

  @Test func `needs a table with columns for it`() {
    let refusal = #expect(throws: UnreadableZones.self) {
      try ZoneFile.read([UInt8]("id\tlatitude\na\t1"), name: "places.tsv")
    }
    #expect(refusal == .noColumn(file: "places.tsv", column: "longitude"))
  }
}
