#if canImport(Glibc)
  import Glibc
#endif

extension Fit {
  /// Seconds before the newest plot at which a change of drag is looked for.
  private static let steps = [0.7, 1.1, 1.6, 2.3, 3.2, 4.5, 6.5, 9, 13]
  /// Squared distance, of one number, from which on a step of `usualAge` seconds ago is likelier than none: of more
  /// drag, as of a body that begins to tumble, and of less.
  private static let moreDrag = 14.0
  private static let lessDrag = 26.0
  private static let usualAge = 2.5
  /// Up to this squared distance nothing is suspected.
  private static let noise = 4.0
  /// A change less likely is left aside; one more likely is believed.
  private static let unlikely = 0.05
  private static let believed = 0.8
  /// How far ln drag strays from its shape by itself, through the speed of sound above all.
  private static let modelError = 0.2
  /// Squared distance, of three coordinates, at which the newest plots say that the body flies otherwise than before:
  /// once in 60,000 by chance.
  private static let surprise = 24.0

  /// What a step of ln drag at some moment would have done to the plots since.
  private struct Step {
    let moment: Double
    var place = Vector()
    var velocity = Vector()
    var reached: Double
    /// sᵀ W s, sᵀ W r and Hᵀ W s for the shift s of the plots, their misses r and their slopes H.
    var power = 0.0
    var pull = 0.0
    var ties = Numbers()
    var plots = 0

    init(at moment: Double) {
      self.moment = moment
      reached = moment
    }

    /// Along the air's pull, which one unit of ln drag adds once more.
    mutating func move(to elapsed: Double, force: Vector) {
      let span = elapsed - reached
      place += span * velocity + (0.5 * span * span) * force
      velocity += span * force
      reached = elapsed
    }
  }

  /// What one flight past the plots tells.
  private struct Watch {
    var steps: [Step]
    /// Of each point its miss by the inverse of its covariance.
    var pulls: [Vector] = []
  }

  /// That the body began to fly otherwise after one of its points.
  struct Change: Hashable, Sendable, Codable {
    /// Of that point, seconds after the epoch.
    let elapsed: Double
    /// How likely it is, 0 to 1.
    let share: Double

    var isBelieved: Bool { share > Fit.believed }
  }

  /// What the newest plots say of it; `nil` where that is nothing.
  func change(_ dynamics: Dynamics) -> Change? {
    guard let best, best.motor != .burning, points.count > 4, lastElapsed > 3,
      let watch = watch(best, dynamics)
    else { return nil }
    let step = dragStep(watch.steps, best)
    if let step, step.isBelieved { return step }
    return contradiction(watch.pulls).map { Change(elapsed: points[$0].elapsed, share: 1) } ?? step
  }

  /// A step of drag, and how likely it is.
  ///
  /// A generalised likelihood ratio: for each moment the squared estimate of a step of ln drag by its variance,
  /// all else fitted anew (A. Willsky, H. Jones, *IEEE Trans. Automatic Control* 21, 1976). At the best
  /// numbers the slope of the cost is zero, so (sᵀ W r)² / (sᵀ W s − gᵀ P g) with g = Hᵀ W s tells it. The longer it takes plots
  /// to tell a step, the longer a body that did change is seen at any distance, and the likelier it did: the odds grow with the
  /// square of its age (as simulated: `Docs/TRACKING.md`).
  private func dragStep(_ steps: [Step], _ best: Course) -> Change? {
    var likeliest = (odds: 0.0, moment: -1.0)
    for step in steps where step.plots >= 2 {
      let power = step.power - (step.ties * best.covariance.times(step.ties)).sum()
      guard power > 1e-6 * step.power, power > 0 else { continue }
      let estimate = step.pull / power
      let distance = estimate * estimate / (1 / power + Self.modelError * Self.modelError)
      guard distance > Self.noise else { continue }
      let even = step.pull > 0 ? Self.moreDrag : Self.lessDrag
      let age = (lastElapsed - step.moment) / Self.usualAge
      let odds = age * age * exp(min(0.5 * (distance - even), 50))
      if odds > likeliest.odds { likeliest = (odds, step.moment) }
    }
    let share = likeliest.odds / (1 + likeliest.odds)
    guard share > Self.unlikely,
      let index = points.firstIndex(where: { $0.elapsed > likeliest.moment }), index > 1
    else { return nil }
    return Change(elapsed: points[index - 1].elapsed, share: share)
  }

  /// The point before which the older plots end, if the mean miss of the newest ones contradicts the course.
  private func contradiction(_ pulls: [Vector]) -> Int? {
    guard points.count > 6 else { return nil }
    var worst = (distance: Self.surprise, index: -1)
    for length in [2, 3, 4, 6, 9, 14, 20] where length + 4 <= points.count {
      let first = points.count - length
      guard points[first].elapsed > 1 else { break }
      // The mean miss of these plots, by its own covariance.
      var pull = Vector()
      var rows = (Vector(), Vector(), Vector())
      for index in first..<points.count {
        pull += pulls[index]
        let weight = points[index].weight
        rows = (rows.0 + weight.0, rows.1 + weight.1, rows.2 + weight.2)
      }
      let distance = dot(pull, solved(rows, pull))
      if distance > worst.distance { worst = (distance, first) }
    }
    return worst.index > 0 ? worst.index - 1 : nil
  }

  private func watch(_ course: Course, _ dynamics: Dynamics) -> Watch? {
    var free = 0.5
    if case .ended = course.motor { free += course.numbers[14] }
    let moments = lastElapsed > 4 ? Self.steps.map { lastElapsed - $0 }.filter { $0 > free } : []
    var watch = Watch(steps: moments.map(Step.init(at:)))
    watch.pulls.reserveCapacity(points.count)
    let earliest = moments.min() ?? .infinity
    let model = FlightModel(course.numbers, dynamics)
    var force = (elapsed: -1.0, value: Vector())
    let end = Flown.follow(course.numbers, course.motor, points[...], dynamics) {
      point, before, after in
      let miss = point.place - Flown.place(at: point.elapsed, before, after)
      let pull = point.weighted(miss)
      let wild = dot(miss, pull)
      // A single wild plot must not pass for a change.
      watch.pulls.append(wild > Fitting.wild ? (Fitting.wild / wild).squareRoot() * pull : pull)
      guard point.elapsed > earliest else { return }
      if force.elapsed != before.elapsed {
        let rows = model.slopes(before.place, before.velocity, 0, before.elapsed).numbers
        force = (before.elapsed, Vector(rows.0[6], rows.1[6], rows.2[6]))
      }
      let rows = Flown.rows(at: point.elapsed, before, after)
      let trust = wild > Fitting.wild ? Fitting.wild / wild : 1
      for index in watch.steps.indices where point.elapsed > watch.steps[index].moment {
        watch.steps[index].move(to: point.elapsed, force: force.value)
        let shift = watch.steps[index].place
        let weighted = point.weighted(shift)
        watch.steps[index].power += trust * dot(shift, weighted)
        watch.steps[index].pull += trust * dot(shift, pull)
        var ties = weighted.x * rows.0
        ties += weighted.y * rows.1
        ties += weighted.z * rows.2
        watch.steps[index].ties += trust * ties
        watch.steps[index].plots += 1
      }
    }
    return end == nil ? nil : watch
  }
}

/// Solves a symmetric 3×3 system by cofactors.
private func solved(_ rows: (Vector, Vector, Vector), _ vector: Vector) -> Vector {
  let determinant = dot(rows.0, cross(rows.1, rows.2))
  guard abs(determinant) > 1e-300 else { return Vector() }
  return
    (vector.x * cross(rows.1, rows.2) + vector.y * cross(rows.2, rows.0)
    + vector.z * cross(rows.0, rows.1)) / determinant
}
