package import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The line that keeps a given distance from an area, on the area's own plane: straight stretches and arcs.
///
/// What is within a radius of an area is the area itself and a capsule around each of its edges. The line is
/// what remains of the capsules' borders outside of all other capsules and of the area. So it is exact, and
/// exists for every area, also one whose rings cross themselves, touch or have holes.
package struct Outline: Hashable, Sendable {
  /// A straight stretch or an arc of up to 60°, the area on its left, in meters on the plane.
  ///
  /// It is a rational quadratic Bézier curve, which stays one when the plane is stretched (G. Farin, "Curves
  /// and Surfaces for CAGD", 5th edition, chapter 12).
  package struct Curve: Hashable, Sendable {
    var from: Offset
    var to: Offset
    /// Where the tangents at both ends meet.
    var corner: Offset
    /// The corner's weight: the cosine of half the arc's angle; 1 for a straight stretch.
    var weight: Double
  }

  var curves: [Curve] = []
  /// No point of the line is farther from the plane's origin, in meters; 0 for an empty area.
  var reach = 0.0

  /// How much wider the last capsule is than the first, in meters, so that no two borders lie on one another.
  private static let spread = 1e-5

  /// - Parameter radius: meters from the area, above 0.
  package init(around area: Area, radius: Double, on plane: Plane) {
    var edges: [(Offset, Offset)] = []
    for ring in area.rings where ring.count >= 3 {
      let corners = ring.map(plane.offset(of:))
      for (index, corner) in corners.enumerated() {
        edges.append((corner, corners[(index + 1) % corners.count]))
      }
    }
    let capsules = edges.enumerated().map { index, edge in
      let wider = Self.spread * Double(index) / Double(edges.count)
      return Capsule(from: edge.0, to: edge.1, radius: radius + wider)
    }
    var room = Border.Room()
    for (index, capsule) in capsules.enumerated() {
      for border in capsule.borders {
        border.findStretches(of: index, outside: capsules, in: &room)
        for stretch in room.open {
          curves += border.curves(from: stretch.low, to: stretch.high)
        }
      }
      reach = max(reach, capsule.from.length + capsule.radius)
    }
  }
}
