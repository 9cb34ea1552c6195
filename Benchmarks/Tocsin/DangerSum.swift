import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The probability of coming down within a radius of an area, as a sum over thin strips from south to north.
///
/// In each strip the danger is a union of intervals: what lies inside (even-odd), and of every edge what
/// lies within the radius. Nothing of this is shared with ``Outline`` or ``GroundDistribution``; it is to check them.
struct DangerSum {
  private let edges: [(from: Offset, to: Offset)]
  private let radius: Double

  init(of area: Area, radius: Double, on plane: Plane) {
    self.radius = radius
    edges = area.rings.filter { $0.count >= 3 }.flatMap { ring in
      let corners = ring.map { plane.offset(of: $0) }
      return corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
    }
  }

  /// To about 1e-7, by strips of a twenty-thousandth of the eastward deviation.
  func probability(mean: Offset, covariance: Forecast.Covariance) -> Double {
    let deviation = covariance.eastEast.squareRoot()
    let slope = covariance.eastNorth / covariance.eastEast
    let scale = (covariance.northNorth - slope * covariance.eastNorth).squareRoot() * 2.squareRoot()
    let corners = edges.map(\.from.east)
    let west = max(-7, ((corners.min() ?? 0) - radius - mean.east) / deviation)
    let east = min(7, ((corners.max() ?? 0) + radius - mean.east) / deviation)
    guard west < east else { return 0 }
    let strips = Int((east - west) * 20_000) + 1
    let width = (east - west) / Double(strips)
    var sum = 0.0
    for strip in 0..<strips {
      let x = west + (Double(strip) + 0.5) * width
      let middle = mean.north + slope * x * deviation
      for (south, north) in intervals(at: mean.east + x * deviation) {
        let share = (erf((north - middle) / scale) - erf((south - middle) / scale)) / 2
        sum += share * exp(-x * x / 2) * width
      }
    }
    return sum / (2 * Double.pi).squareRoot()
  }

  /// What is in danger along one meridian, apart from each other, in meters north.
  private func intervals(at east: Double) -> [(Double, Double)] {
    var parts: [(Double, Double)] = []
    var crossings: [Double] = []
    for (from, to) in edges {
      if (from.east > east) != (to.east > east) {
        crossings.append(
          from.north + (east - from.east) / (to.east - from.east) * (to.north - from.north))
      }
      if let part = capsule(from, to, at: east) { parts.append(part) }
    }
    crossings.sort()
    for index in stride(from: 0, to: crossings.count - 1, by: 2) {
      parts.append((crossings[index], crossings[index + 1]))
    }
    parts.sort { $0.0 < $1.0 }
    var joined: [(Double, Double)] = []
    for part in parts {
      if let last = joined.last, part.0 <= last.1 {
        joined[joined.count - 1].1 = max(last.1, part.1)
      } else {
        joined.append(part)
      }
    }
    return joined
  }

  /// Where a meridian is within the radius of an edge: of its ends, or of what lies between.
  private func capsule(_ from: Offset, _ to: Offset, at east: Double) -> (Double, Double)? {
    var (south, north) = (Double.infinity, -Double.infinity)
    for end in [from, to] where abs(east - end.east) < radius {
      let half = (radius * radius - (east - end.east) * (east - end.east)).squareRoot()
      south = min(south, end.north - half)
      north = max(north, end.north + half)
    }
    let along = to - from
    let aside = Offset(
      east: -along.north / along.length * radius, north: along.east / along.length * radius)
    for side in [-1.0, 1] where along.east != 0 {
      let share = (east - from.east - side * aside.east) / along.east
      guard share > 0, share < 1 else { continue }
      let crossing = from.north + side * aside.north + share * along.north
      south = min(south, crossing)
      north = max(north, crossing)
    }
    return south < north ? (south, north) : nil
  }
}
