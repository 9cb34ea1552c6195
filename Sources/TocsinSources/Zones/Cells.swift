public import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The areas of places of which only a point is known.
///
/// A place's cell is what is nearer to it than to any other place (its Voronoi cell), within a disc of
/// 1.5 km, so that open ground stays open. In detail:
/// - the disc is a polygon of 48 corners on the circle; each neighbour within two radii cuts it along the
///   perpendicular bisector, exactly, in a ``Plane`` around the place;
/// - neighbours are the other places and the labels of zones that have a polygon;
/// - what lies in a given polygon is cut out of the cell (as a hole, by the even-odd rule of ``Area``),
///   unless the place itself lies in that polygon: then people there belong to both, and both are warned;
/// - where two given polygons overlap each other inside a cell, that overlap stays in the cell;
/// - places less than a meter apart do not cut each other: they share their cell.
///
/// Source: F. Aurenhammer, "Voronoi Diagrams", ACM Computing Surveys 23 (1991); the cut by a polygon is
/// I. Sutherland and G. Hodgman, "Reentrant Polygon Clipping", CACM 17 (1974), which is exact for a convex
/// window up to edges along its border that enclose nothing.
public struct Cells: Sendable {
  /// One for each place, in their order.
  public private(set) var areas: [Area] = []
  /// For each place, another one less than a meter away.
  public private(set) var shared: [Int: Int] = [:]

  public static let radius = 1_500.0

  /// - Parameters:
  ///   - places: what gets a cell.
  ///   - neighbours: what only cuts.
  ///   - polygons: what is cut out.
  public init(places: [Position], neighbours: [Position] = [], polygons: [Area] = []) {
    let points = NearbyPoints(places + neighbours)
    let shapes = polygons.map { (box: Box($0.rings.flatMap { $0 }), area: $0) }
    for (index, place) in places.enumerated() {
      let plane = Plane(around: place)
      var cell = Self.disc
      for other in points.near(place, within: 2 * Self.radius) where other != index {
        let offset = plane.offset(of: points.positions[other])
        if offset.length < 1 {
          if other < places.count { shared[index] = shared[index] ?? other }
        } else {
          cell.cut(towards: offset)
        }
      }
      areas.append(Self.area(cell, around: place, plane, shapes))
    }
  }

  private static let disc = ConvexRing(
    corners: (0..<48).map { step in
      let angle = 2 * Double.pi * Double(step) / 48
      return Offset(east: radius * cos(angle), north: radius * sin(angle))
    })

  private static func area(
    _ cell: ConvexRing, around place: Position, _ plane: Plane, _ shapes: [(box: Box, area: Area)]
  ) -> Area {
    let outer = cell.corners.map { plane.position(at: $0) }
    let box = Box(outer)
    var rings = [rounded(outer)]
    for shape in shapes where shape.box.meets(box) && !shape.area.contains(place) {
      for ring in shape.area.rings {
        let cut = cell.clipping(ring.map { plane.offset(of: $0) })
        if abs(cut.signedArea) < 1 { continue }  // a square meter is nothing to quarrel over
        // Holes run clockwise (RFC 7946, section 3.1.6).
        let hole = cut.signedArea > 0 ? cut.reversed() : cut
        rings.append(rounded(hole.map { plane.position(at: $0) }))
      }
    }
    return Area(polygons: [rings.filter { $0.count >= 3 }])
  }

  /// To the grid that effects carry, without the repeated corners that this makes.
  private static func rounded(_ ring: [Position]) -> [Position] {
    var corners: [Position] = []
    for corner in ring.map(\.quantised) where corner != corners.last { corners.append(corner) }
    while corners.count > 1, corners.first == corners.last { corners.removeLast() }
    return corners
  }
}

/// Degrees that a ring lies within.
private struct Box {
  var south = 90.0
  var north = -90.0
  var west = 180.0
  var east = -180.0

  init(_ corners: [Position]) {
    for corner in corners {
      south = min(south, corner.latitude)
      north = max(north, corner.latitude)
      west = min(west, corner.longitude)
      east = max(east, corner.longitude)
    }
  }

  func meets(_ other: Box) -> Bool {
    south <= other.north && other.south <= north && west <= other.east && other.west <= east
  }
}

/// Points sorted by latitude, to find those around one.
private struct NearbyPoints {
  let positions: [Position]
  private let order: [Int]

  init(_ positions: [Position]) {
    self.positions = positions
    order = positions.indices.sorted {
      (positions[$0].latitude, $0) < (positions[$1].latitude, $1)
    }
  }

  /// Nearest first, so that the order of cuts depends on nothing but the points.
  func near(_ place: Position, within distance: Double) -> [Int] {
    let plane = Plane(around: place)
    let reach = distance / 110_000  // a degree of latitude is 110.6 to 111.7 km
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if positions[order[middle]].latitude < place.latitude - reach {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [(length: Double, index: Int)] = []
    for index in order[low...] {
      if positions[index].latitude > place.latitude + reach { break }
      let length = plane.offset(of: positions[index]).length
      if length <= distance { found.append((length, index)) }
    }
    return found.sorted { ($0.length, $0.index) < ($1.length, $1.index) }.map(\.index)
  }
}
