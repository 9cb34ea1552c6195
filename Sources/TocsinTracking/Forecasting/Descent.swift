#if canImport(Glibc)
  import Glibc
#endif

/// Flies a body down to the ground.
struct Descent {
  let dynamics: Dynamics
  let ground: Double

  /// Longest flight that is believed, and longest step, in seconds. Against steps of 0.1 s, 99 of 100
  /// landings on the public flights move by less than 1.3 m and none by more than 1 % of its sigma.
  static let longest = 900.0
  static let step = 1.0

  /// Place and seconds of the fall, as (east, north, up, seconds); `nil` when it does not come
  /// down.
  ///
  /// - Parameter burning: seconds that the motor goes on.
  /// - Parameter bend: the drag shape's deviation, see `Dynamics.Body.shape`.
  func land(
    _ start: Vector, _ speed: Vector, _ body: Dynamics.Body, burning: Double, bend: Double
  ) -> SIMD4<Double>? {
    var (place, velocity, body) = (start, speed, body)
    body.shape = bend
    if bend != 0 {
      // What was learned of drag was learned at this Mach: here the deviation is none.
      body.logDrag -= bend * DragShape.supersonic(dynamics.mach(place, velocity, body.wind))
    }
    var time = 0.0
    var fire = burning
    if dynamics.frame.height(of: place) <= ground && velocity.z <= 0 {
      return SIMD4(place, 0)
    }
    while time < Self.longest {
      if fire <= 1e-9 { body.thrust = 0 }
      let span = fire > 1e-9 ? min(fire, Self.step) : Self.step
      let after = dynamics.step(place, velocity, body, span)
      guard after.0.z.isFinite, abs(after.0.z) < 3e6, abs(after.0.x) < 3e6, abs(after.0.y) < 3e6
      else { return nil }
      if dynamics.frame.height(of: after.0) <= ground, after.1.z < 0 || velocity.z < 0 {
        return touch(place, velocity, after, span, time)
      }
      (place, velocity) = after
      time += span
      fire -= span
    }
    return nil
  }

  /// Within the last step, on the cubic through both ends.
  private func touch(
    _ place: Vector, _ velocity: Vector, _ after: (Vector, Vector), _ span: Double, _ time: Double
  ) -> SIMD4<Double> {
    var (low, high) = (0.0, 1.0)
    var point = after.0
    for _ in 0..<24 {
      let share = 0.5 * (low + high)
      point = between(place, velocity, after, span, share)
      if dynamics.frame.height(of: point) <= ground { high = share } else { low = share }
    }
    return SIMD4(point, time + span * 0.5 * (low + high))
  }

  private func between(
    _ place: Vector, _ velocity: Vector, _ after: (Vector, Vector), _ span: Double, _ share: Double
  ) -> Vector {
    let (s2, s3) = (share * share, share * share * share)
    return (2 * s3 - 3 * s2 + 1) * place + (s3 - 2 * s2 + share) * span * velocity
      + (3 * s2 - 2 * s3) * after.0 + (s3 - s2) * span * after.1
  }
}
