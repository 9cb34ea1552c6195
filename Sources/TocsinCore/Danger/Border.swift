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

  /// A point, and how far from it what lies between two ways along the border is at most.
  private func bounds(from low: Double, to high: Double) -> (middle: Offset, reach: Double) {
    switch self {
    case .side: (point(at: (low + high) / 2), (high - low) / 2)
    case .bow(let center, let radius, _):
      // The ends of an arc of up to 120° are not farther from its middle than from its center.
      if high - low > 2 {
        (center, radius)
      } else {
        (point(at: (low + high) / 2), 2 * radius * sin((high - low) / 4))
      }
    }
  }

  /// From one way along the border to another, in its own measure.
  typealias Stretch = (low: Double, high: Double)

  /// Lists that are made once for all borders of a line.
  struct Room {
    /// What was found last.
    fileprivate(set) var open: [Stretch] = []
    fileprivate var rest: [Stretch] = []
    fileprivate var cuts: [Double] = []
  }

  /// Finds what of it lies outside of the area that the capsules' edges enclose and of all capsules but its own.
  ///
  /// - Parameter own: the index of its own capsule.
  func findStretches(of own: Int, outside capsules: [Capsule], in room: inout Room) {
    room.open.removeAll(keepingCapacity: true)
    room.open.append((0, extent))
    var bounds = bounds(from: 0, to: extent)
    for step in 1..<capsules.count {
      // Neighbors first: they often leave nothing, or so little that no other is near it.
      var place = own + (step % 2 == 1 ? (step + 1) / 2 : capsules.count - step / 2)
      if place >= capsules.count { place -= capsules.count }
      // A micrometer more, so that no rounding hides a touch.
      let near = capsules[place].radius + bounds.reach + 1e-6
      guard capsules[place].isWithin(near, of: bounds.middle) else { continue }
      room.cuts.removeAll(keepingCapacity: true)
      addCuts(by: capsules[place], to: &room.cuts)
      room.cuts.append(extent)
      cut(&room, outside: capsules[place])
      guard let first = room.open.first, let last = room.open.last else { return }
      bounds = self.bounds(from: first.low, to: last.high)
    }
    room.open.removeAll { isInside(point(at: ($0.low + $0.high) / 2), of: capsules) }
  }

  private func cut(_ room: inout Room, outside capsule: Capsule) {
    room.rest.removeAll(keepingCapacity: true)
    for (low, high) in room.open {
      var start = low
      for cut in room.cuts where cut > start && start < high {
        let end = min(cut, high)
        if !capsule.contains(point(at: (start + end) / 2)) {
          if let last = room.rest.last, last.high == start {
            room.rest[room.rest.count - 1].high = end
          } else {
            room.rest.append((start, end))
          }
        }
        start = end
      }
    }
    swap(&room.open, &room.rest)
  }

  /// Adds every way at which it may cross the capsule's border, and some more, in order.
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
        add(foot - square.squareRoot(), to: &cuts)
        add(foot + square.squareRoot(), to: &cuts)
      }
      let aside = (start - capsule.from).dot(left)
      let slope = along.dot(left)
      add((-radius - aside) / slope, to: &cuts)
      add((radius - aside) / slope, to: &cuts)
    case .bow(let center, let own, _):
      for other in [capsule.from, capsule.to] {
        let away = other - center
        let square = away.dot(away) + own * own - radius * radius
        let share = square / (2 * own * away.length)
        addAngles(around: away, shares: CollectionOfOne(share), to: &cuts)
      }
      let aside = (center - capsule.from).dot(left)
      addAngles(around: left, shares: [(-radius - aside) / own, (radius - aside) / own], to: &cuts)
    }
  }

  /// Adds the ways of a bow at which the cosine of its direction with a given one is one of the shares.
  private func addAngles(
    around direction: Offset, shares: some Sequence<Double>, to cuts: inout [Double]
  ) {
    guard case .bow(_, _, let start) = self else { return }
    var middle: Double?
    for share in shares where abs(share) < 1 {
      let from = middle ?? atan2(direction.north, direction.east) - start
      middle = from
      let half = acos(share)
      for angle in [from - half, from + half] {
        add(angle - 2 * .pi * (angle / (2 * .pi)).rounded(.down), to: &cuts)
      }
    }
  }

  /// Adds a way in its place by size, unless it lies beyond an end.
  private func add(_ way: Double, to cuts: inout [Double]) {
    guard way > 0, way < extent else { return }
    var place = cuts.count
    cuts.append(way)
    while place > 0, cuts[place - 1] > way {
      cuts.swapAt(place - 1, place)
      place -= 1
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
