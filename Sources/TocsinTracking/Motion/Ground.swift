import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// The ground that bodies come down on: flat at one height, or a height grid where it has one.
struct Ground {
  /// Meters above the ellipsoid, where there is no grid or it says nothing.
  private let flat: Double
  private let grid: HeightGrid?
  /// No ground lies higher.
  private let ceiling: Double
  /// Meters between two looks at the ground along a way: a cell of the grid, its shorter side.
  private let spacing: Double

  /// How many looks one step may take.
  private static let looks = 64
  /// How many looks a line of sight may take.
  private static let sightLooks = 1_000
  /// Meters from a radar within which the ground hides nothing: a grid does not know its mast.
  private static let mast = 300.0
  /// The steepest slope that derivatives follow, rise over run: beyond it is an edge of the grid, no hillside.
  private static let steepest = 1.0

  var isFlat: Bool { grid == nil }

  init(flat: Double, grid: HeightGrid?) {
    self.flat = flat
    self.grid = grid
    guard let grid else {
      (ceiling, spacing) = (flat, .infinity)
      return
    }
    ceiling = max(flat, grid.highest)
    let middle = grid.southWest.latitude + 0.5 * Double(grid.rows) * grid.cell
    spacing = max(grid.cell * 111_000 * cos(middle * .pi / 180), 1)
  }

  /// Meters above the ground; negative within it.
  @inline(__always)
  func clearance(of place: Vector, in frame: Frame) -> Double {
    frame.height(of: place) - (isFlat ? flat : height(at: place, in: frame))
  }

  /// Meters above the ellipsoid of the ground below or above a place.
  @inline(never)
  private func height(at place: Vector, in frame: Frame) -> Double {
    grid?.height(at: frame.position(of: place)) ?? flat
  }

  /// How many seconds into a step a falling body first meets the ground; `nil` when it does not.
  ///
  /// On a grid to 0.1 ms on the cubic through both ends (some centimeters), so that no ridge within the step
  /// is flown through. On flat ground it is the whole step, to be cut by who knows the motion.
  @inline(__always)
  func meeting(
    _ place: Vector, _ velocity: Vector, _ placeAfter: Vector, _ velocityAfter: Vector,
    after span: Double, in frame: Frame
  ) -> Double? {
    guard frame.height(of: placeAfter) <= ceiling, velocity.z < 0 || velocityAfter.z < 0 else {
      return nil
    }
    return isFlat
      ? span : gridMeeting(place, velocity, placeAfter, velocityAfter, after: span, in: frame)
  }

  @inline(never)
  private func gridMeeting(
    _ place: Vector, _ velocity: Vector, _ placeAfter: Vector, _ velocityAfter: Vector,
    after span: Double, in frame: Frame
  ) -> Double? {
    func isDown(_ elapsed: Double) -> Bool {
      let (a, b, c, d) = Flown.shares(elapsed / span, span)
      let way = a * place + b * velocity + c * placeAfter + d * velocityAfter
      return frame.height(of: way) <= ceiling && clearance(of: way, in: frame) <= 0
    }
    let chord = placeAfter - place
    let way = (chord.x * chord.x + chord.y * chord.y).squareRoot()
    let parts = Int(min(max((way / spacing).rounded(.up), 1), Double(Self.looks)))
    for part in 1...parts {
      var high = span * Double(part) / Double(parts)
      guard isDown(high) else { continue }
      var low = span * Double(part - 1) / Double(parts)
      while high - low > 1e-4 {
        let middle = 0.5 * (low + high)
        if isDown(middle) { high = middle } else { low = middle }
      }
      return high
    }
    return nil
  }

  /// Whether ground stands between a radar and a place, on the straight line, a cell at a time.
  func hides(_ place: Vector, from site: Vector, in frame: Frame) -> Bool {
    if isFlat { return false }
    let way = place - site
    let distance = length(way)
    let looks = min((distance / spacing).rounded(.up), Double(Self.sightLooks))
    var look = 1.0
    while look < looks {
      let point = site + (look / looks) * way
      if look / looks * distance > Self.mast, frame.height(of: point) <= ceiling,
        clearance(of: point, in: frame) < 0
      {
        return true
      }
      look += 1
    }
    return false
  }

  /// The direction in which height above the ground grows, by one meter a meter of its upward part.
  ///
  /// It is tilted against the slope of the ground, over a cell to either side; where that falls away nearly as
  /// steeply as the body comes down, only so far that the body still nears the ground at a quarter of its sinking.
  func normal(at place: Vector, _ velocity: Vector, in frame: Frame) -> Vector {
    let up = frame.up(at: place)
    if isFlat { return up }
    func rise(_ step: Vector) -> Double {
      (height(at: place + step, in: frame) - height(at: place - step, in: frame)) / (2 * spacing)
    }
    var slope = Vector(rise(Vector(spacing, 0, 0)), rise(Vector(0, spacing, 0)), 0)
    slope *= min(1, Self.steepest / max(length(slope), 1e-9))
    let (sinking, along) = (dot(velocity, up), dot(velocity, slope))
    if along < 0.75 * sinking { slope *= max(0, min(1, 0.75 * sinking / along)) }
    return up - slope
  }
}
