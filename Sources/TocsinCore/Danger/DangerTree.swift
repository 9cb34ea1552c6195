import TocsinModel

/// Where a body may come down for a zone to be in danger.
struct Danger: Sendable {
  var plane: Plane
  var outline: Outline
}

/// Finds the dangers near a place without looking at all of them: a tree of boxes, halved down to one danger.
///
/// Boxes are in degrees; longitudes go round, so that 180° is a meridian like any other.
struct DangerTree: Sendable {
  private struct Box: Sendable {
    var middle: Position
    /// Half of its height and of its width, in degrees.
    var height: Double
    var width: Double
    /// The index of the danger it is around; `nil` for several.
    var danger: Int?
  }

  private struct Node: Sendable {
    var box: Box
    /// The node to go on with where nothing in the box is near. Those in the box follow their node.
    var next: Int
  }

  private var nodes: [Node] = []
  /// The shortest degrees that any danger's plane knows, in meters.
  private var degreeNorth = Double.infinity
  private var degreeEast = Double.infinity

  init(_ dangers: [Danger]) {
    var boxes: [Box] = []
    for (index, danger) in dangers.enumerated() where !danger.outline.curves.isEmpty {
      let (plane, reach) = (danger.plane, danger.outline.reach)
      degreeNorth = min(degreeNorth, plane.metersPerDegreeNorth)
      degreeEast = min(degreeEast, plane.metersPerDegreeEast)
      boxes.append(
        Box(
          middle: plane.origin, height: reach / plane.metersPerDegreeNorth,
          width: reach / plane.metersPerDegreeEast, danger: index))
    }
    if !boxes.isEmpty { add(&boxes, boxes.indices) }
  }

  private mutating func add(_ boxes: inout [Box], _ range: Range<Int>) {
    let place = nodes.count
    let box = Self.box(around: boxes[range])
    nodes.append(Node(box: box, next: place))
    if range.count > 1 {
      boxes[range].sort { left, right in
        box.height > box.width
          ? left.middle.latitude < right.middle.latitude
          : left.middle.longitude < right.middle.longitude
      }
      let half = (range.lowerBound + range.upperBound) / 2
      add(&boxes, range.lowerBound..<half)
      add(&boxes, half..<range.upperBound)
    }
    nodes[place].next = nodes.count
  }

  private static func box(around boxes: ArraySlice<Box>) -> Box {
    if boxes.count == 1, let only = boxes.first { return only }
    var (south, north) = (Double.infinity, -Double.infinity)
    var (west, east) = (Double.infinity, -Double.infinity)
    for box in boxes {
      south = min(south, box.middle.latitude - box.height)
      north = max(north, box.middle.latitude + box.height)
      west = min(west, box.middle.longitude - box.width)
      east = max(east, box.middle.longitude + box.width)
    }
    let middle = Position(latitude: (south + north) / 2, longitude: (west + east) / 2)
    return Box(middle: middle, height: (north - south) / 2, width: (east - west) / 2)
  }

  /// The dangers that a box around a place may touch, ascending.
  ///
  /// - Parameters:
  ///   - east: half of the box's width, in meters.
  ///   - north: half of its height.
  func dangers(near place: Position, east: Double, north: Double) -> [Int] {
    let (height, width) = (north / degreeNorth, east / degreeEast)
    var found: [Int] = []
    var index = 0
    while index < nodes.count {
      let box = nodes[index].box
      let apart = abs(box.middle.longitude - place.longitude)
      let isNear =
        abs(box.middle.latitude - place.latitude) <= box.height + height
        && min(apart, abs(360 - apart)) <= box.width + width
      if isNear, let danger = box.danger { found.append(danger) }
      index = isNear ? index + 1 : nodes[index].next
    }
    return found.sorted()
  }
}
