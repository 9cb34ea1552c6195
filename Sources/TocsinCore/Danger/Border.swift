import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// A side of a capsule, or the half circle at an end of it.
enum Border {
  case side(start: Offset, along: Offset, length: Double)
  /// - start: radians from east; it goes on to π more.
  case bow(center: Offset, radius: Double, start: Double)

  /// Meters or radians from its start to its end.
  private var extent: Double {
    switch self {
    case .side(_, _, let length): length
    case .bow: .pi
    }
  }

  private func point(at way: Double) -> Offset {
    switch self {
    case .side(let start, let along, _): start + way * along
    case .bow(let center, let radius, let start):
      center + Offset(angle: start + way, length: radius)
    }
  }

  /// A point, and how far from it the border lies at most.
  private var bounds: (middle: Offset, reach: Double) {
    switch self {
    case .side(let start, let along, let length): (start + length / 2 * along, length / 2)
    case .bow(let center, let radius, _): (center, radius)
    }
  }

  /// From one way along the border to another, in its own measure.
  typealias Stretch = (low: Double, high: Double)

  /// What of it lies outside of the area that the capsules' edges enclose and of all capsules but its own.
  ///
  /// - Parameter own: the index of its own capsule.
  func stretches(of own: Int, outside capsules: [Capsule]) -> [Stretch] {
    var open: [Stretch] = [(0, extent)]
    var cuts: [Double] = []
    let bounds = bounds
    for step in 1..<capsules.count {
      // Neighbors first: they often leave nothing.
      let turn = step % 2 == 1 ? (step + 1) / 2 : capsules.count - step / 2
      let other = capsules[(own + turn) % capsules.count]
      guard other.isWithin(other.radius + bounds.reach, of: bounds.middle) else { continue }
      cuts.removeAll(keepingCapacity: true)
      addCuts(by: other, to: &cuts)
      cuts.removeAll { !($0 > 0 && $0 < extent) }
      cuts.sort()
      cuts.append(extent)
      open = stretches(of: open, cutAt: cuts, outside: other)
      if open.isEmpty { return [] }
    }
    return open.filter { !isInside(point(at: ($0.low + $0.high) / 2), of: capsules) }
  }

  private func stretches(
    of open: [Stretch], cutAt cuts: [Double], outside capsule: Capsule
  ) -> [Stretch] {
    var rest: [Stretch] = []
    for (low, high) in open {
      var start = low
      for cut in cuts where cut > start && start < high {
        let end = min(cut, high)
        if !capsule.contains(point(at: (start + end) / 2)) {
          if let last = rest.last, last.high == start {
            rest[rest.count - 1].high = end
          } else {
            rest.append((start, end))
          }
        }
        start = end
      }
    }
    return rest
  }

  /// Adds every way at which it may cross the capsule's border, and some more.
  private func addCuts(by capsule: Capsule, to cuts: inout [Double]) {
    let radius = capsule.radius
    let left = Offset(east: -capsule.along.north, north: capsule.along.east)
    switch self {
    case .side(let start, let along, _):
      for center in [capsule.from, capsule.to] {
        let away = start - center
        let foot = -away.dot(along)
        let square = foot * foot - away.dot(away) + radius * radius
        guard square > 0 else { continue }
        cuts.append(foot - square.squareRoot())
        cuts.append(foot + square.squareRoot())
      }
      let aside = (start - capsule.from).dot(left)
      let slope = along.dot(left)
      cuts.append((-radius - aside) / slope)
      cuts.append((radius - aside) / slope)
    case .bow(let center, let own, let start):
      for other in [capsule.from, capsule.to] {
        let away = other - center
        let square = away.dot(away) + own * own - radius * radius
        Self.addAngles(
          from: start, around: away, share: square / (2 * own * away.length), to: &cuts)
      }
      let aside = (center - capsule.from).dot(left)
      for side in [-radius, radius] {
        Self.addAngles(from: start, around: left, share: (side - aside) / own, to: &cuts)
      }
    }
  }

  /// Adds the directions whose cosine with a given one is the share.
  private static func addAngles(
    from start: Double, around direction: Offset, share: Double, to cuts: inout [Double]
  ) {
    guard abs(share) < 1 else { return }
    let middle = atan2(direction.north, direction.east) - start
    let half = acos(share)
    for angle in [middle - half, middle + half] {
      cuts.append(angle - 2 * .pi * (angle / (2 * .pi)).rounded(.down))
    }
  }

  func curves(from low: Double, to high: Double) -> [Outline.Curve] {
    switch self {
    case .side:
      let (from, to) = (point(at: low), point(at: high))
      return [Outline.Curve(from: from, to: to, corner: 0.5 * (from + to), weight: 1)]
    case .bow(let center, _, _):
      let count = Int(((high - low) / (.pi / 3)).rounded(.up))
      let half = (high - low) / Double(2 * count)
      return (0..<count).map { index in
        let middle = low + Double(2 * index + 1) * half
        let aside = point(at: middle) - center
        return Outline.Curve(
          from: point(at: middle - half), to: point(at: middle + half),
          corner: center + (1 / cos(half)) * aside, weight: cos(half))
      }
    }
  }
}

/// By the even-odd rule over the capsules' edges.
private func isInside(_ point: Offset, of capsules: [Capsule]) -> Bool {
  var inside = false
  for capsule in capsules {
    let (from, to) = (capsule.from, capsule.to)
    if (to.north > point.north) != (from.north > point.north),
      point.east - from.east
        < (point.north - from.north) * (to.east - from.east) / (to.north - from.north)
    {
      inside.toggle()
    }
  }
  return inside
}
