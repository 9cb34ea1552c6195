/// Flies a course past its plots.
enum Flown {
  /// Longest step in seconds, while the motor may burn or the flight is young, and later.
  static let step = 0.5
  static let longStep = 1.0

  /// From the epoch to the newest of the points; each is shown with the ends of the step it lies in.
  /// - Returns: the end of the way; `nil` when it leads out of the world.
  @inline(__always)
  static func follow(
    _ numbers: Numbers, _ motor: Course.Motor, _ points: ArraySlice<FitPoint>,
    _ dynamics: Dynamics, _ show: ((FitPoint, Passage, Passage) -> Void)?
  ) -> Passage? {
    let model = FlightModel(numbers, dynamics)
    var passage = Passage(numbers)
    let goal = points.last?.elapsed ?? 0
    var isBurning = motor != .spent
    let end =
      switch motor {
      case .spent: 0.0
      case .ended: numbers[14]
      case .burning: Double.infinity
      }
    var index = points.startIndex
    while index < points.endIndex {
      if isBurning, passage.elapsed >= end - 1e-9 {
        isBurning = false
        passage.burnOut(model)
      }
      let longest = passage.elapsed < 6 ? step : longStep
      var span = min(longest, max(goal - passage.elapsed, 1e-6))
      if isBurning, passage.elapsed + span > end { span = max(end - passage.elapsed, 1e-6) }
      let before = passage
      passage.step(span, model, burning: isBurning)
      guard passage.place.x.isFinite, abs(passage.place.z) < 1e6, abs(passage.place.x) < 3e6,
        abs(passage.place.y) < 3e6
      else { return nil }
      while index < points.endIndex, points[index].elapsed <= passage.elapsed + 1e-9 {
        show?(points[index], before, passage)
        index += 1
      }
    }
    return passage
  }

  /// On the cubic through both ends of a step: the shares of place and velocity at either.
  @inline(__always)
  static func shares(at elapsed: Double, _ before: Passage, _ after: Passage) -> (
    Double, Double, Double, Double
  ) {
    let span = after.elapsed - before.elapsed
    return shares(min(max((elapsed - before.elapsed) / span, 0), 1), span)
  }

  /// - Parameters: the share of the step, 0 to 1, and its seconds.
  @inline(__always)
  static func shares(_ share: Double, _ span: Double) -> (Double, Double, Double, Double) {
    let (s2, s3) = (share * share, share * share * share)
    return (
      2 * s3 - 3 * s2 + 1, (s3 - 2 * s2 + share) * span, 3 * s2 - 2 * s3, (s3 - s2) * span
    )
  }

  /// How the place depends on the numbers, a row each.
  @inline(__always)
  static func rows(at elapsed: Double, _ before: Passage, _ after: Passage) -> (
    Numbers, Numbers, Numbers
  ) {
    let (a, b, c, d) = shares(at: elapsed, before, after)
    @inline(__always)
    func blend(_ p: Numbers, _ v: Numbers, _ q: Numbers, _ w: Numbers) -> Numbers {
      var sum = a * p
      sum += b * v
      sum += c * q
      sum += d * w
      return sum
    }
    return (
      blend(before.placeRows.0, before.velocityRows.0, after.placeRows.0, after.velocityRows.0),
      blend(before.placeRows.1, before.velocityRows.1, after.placeRows.1, after.velocityRows.1),
      blend(before.placeRows.2, before.velocityRows.2, after.placeRows.2, after.velocityRows.2)
    )
  }

  @inline(__always)
  static func place(at elapsed: Double, _ before: Passage, _ after: Passage) -> Vector {
    let (a, b, c, d) = shares(at: elapsed, before, after)
    return a * before.place + b * before.velocity + c * after.place + d * after.velocity
  }
}
