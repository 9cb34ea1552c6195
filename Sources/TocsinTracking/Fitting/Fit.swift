import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// All that is believed of one body's flight, from its plots taken together.
///
/// Each account of the motor (`Course`) is fitted to the whole flight since the epoch, again at every
/// forecast, so that nothing depends on where an early guess was linearised. What lies far back is
/// absorbed into the prior of a later epoch: the epoch only ever moves forward.
struct Fit: Hashable, Sendable, Codable {
  private(set) var epoch: Timestamp
  private(set) var points: [FitPoint] = []
  private(set) var courses: [Course] = []
  @Heaped private var prior: Belief
  /// The first plot's place while the motor may still matter; `nil` once it is out for sure.
  private var firstPlace: Vector?
  /// When the body last began to fly otherwise; `nil` if it never did.
  private(set) var changed: Timestamp?
  /// A change that is not believed, told beside the fit as it is; by the epoch of the last `solve`.
  private(set) var suspected: Change?
  /// First plots that were left out because they contradict all others.
  private(set) var strangers: [FitPoint] = []
  /// The newest cell of burn time that has a course.
  private var lastCell = -1

  /// Seconds of burn time that one course stands for.
  static let cell = 0.4
  /// Beyond so many seconds and points the older half is absorbed: of many points in any case, of few once no motor burns.
  static let span = 16.0
  static let pointLimit = 60
  static let fewPoints = 16
  /// So many seconds and points are kept beyond the last burnout, where courses become one.
  static let settling = 8.0
  static let settlingPoints = 6
  /// Up to so many plots the first may yet be found to be another's.
  static let tentative = 10
  /// And only so many seconds after it.
  static let early = 10.0
  /// By how much the cost must fall without it: by chance once in 2,300 times that it is asked.
  static let foreign = 9.0

  init(_ first: Measurement, _ priors: FlightPriors) {
    epoch = first.time
    prior = priors.belief(at: first.place)
    firstPlace = first.place
    take(first)
  }

  /// Takes a plot; one from before the epoch comes too late and is left.
  mutating func take(_ measured: Measurement) {
    let point = FitPoint(measured, elapsed: (measured.time - epoch).inSeconds)
    guard point.elapsed >= 0 else { return }
    let place = points.lastIndex { $0.elapsed <= point.elapsed }.map { $0 + 1 } ?? 0
    points.insert(point, at: place)
  }

  /// Whether it has a plot of one radar within so many seconds: a look shows a body once.
  func hasLook(of radar: Int, at moment: Timestamp, within seconds: Double) -> Bool {
    let elapsed = (moment - epoch).inSeconds
    return points.contains { $0.radar == radar && abs($0.elapsed - elapsed) < seconds }
  }

  /// Seconds between two plots of one radar, the least; `nil` before it has two.
  func shortestSpan(of radar: Int) -> Double? {
    let own = points.lazy.filter { $0.radar == radar }.map(\.elapsed)
    return zip(own, own.dropFirst()).map { $1 - $0 }.min()
  }

  /// Whether it took the same plot already; its place may have moved by a bias that was learned since.
  func has(_ measured: Measurement) -> Bool {
    let elapsed = (measured.time - epoch).inSeconds
    func isSame(_ point: FitPoint) -> Bool {
      abs(point.elapsed - elapsed) < 1e-6 && length(point.place - measured.place) < 5
    }
    return points.contains(where: isSame) || strangers.contains(where: isSame)
  }

  /// The likeliest account; `nil` before the first are made.
  var best: Course? { courses.max { $0.logWeight < $1.logWeight } }

  var lastElapsed: Double { points.last?.elapsed ?? 0 }
  var newest: Timestamp { epoch + .nanoseconds(Int64((lastElapsed * 1e9).rounded())) }

  /// Fits every course to the plots so far.
  /// - Returns: of each course where it is at the newest plot; empty if nothing fits.
  mutating func solve(
    _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> [Passage] {
    suspected = nil
    guard points.count >= 2 else { return [] }
    if courses.isEmpty { begin(dynamics, ground: ground) }
    addCells()
    let ends = weigh(dynamics, ground: ground, priors)
    if let (other, ends) = reconsidered(dynamics, ground: ground, priors) {
      self = other
      return ends
    }
    let change = change(dynamics)
    if let change, change.isBelieved {
      guard let other = otherwise(after: change, dynamics, ground: ground, priors) else {
        return ends
      }
      self = other.fit
      return other.ends
    }
    // A change that is suspected needs the old plots for longer.
    if let index = settlingPoint(isSuspected: change != nil),
      let other = absorbed(upTo: index, dynamics, ground: ground, priors)
    {
      self = other.fit
      return other.ends
    }
    // A motor that may burn on explains a misfit as well.
    let mayBurn = courses.contains { $0.motor == .burning && $0.logWeight > -3 }
    suspected = mayBurn ? nil : change
    return ends
  }

  /// The fit as it would be after a change; `nil` if none fits.
  func otherwise(
    after change: Change, _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> (fit: Fit, ends: [Passage])? {
    points.lastIndex { $0.elapsed <= change.elapsed }.flatMap {
      absorbed(upTo: $0, isChange: true, dynamics, ground: ground, priors)
    }
  }

  /// The fit with all up to a point as its prior, and of each of its courses where it is at the newest plot; `nil` if
  /// none fits.
  /// - Parameter isChange: the body flies otherwise from there on.
  private func absorbed(
    upTo index: Int, isChange: Bool = false, _ dynamics: Dynamics, ground: Ground,
    _ priors: FlightPriors
  ) -> (fit: Fit, ends: [Passage])? {
    var other = self
    guard other.rebase(at: index, dynamics, ground: ground, priors) else { return nil }
    if isChange {
      other.prior.doubtDrag(priors)
      other.changed = other.epoch
    }
    let ends = other.weigh(dynamics, ground: ground, priors)
    return ends.isEmpty ? nil : (other, ends)
  }

  /// What is believed instead where the best course fits badly, early on: the same begun anew, if a course that
  /// fits was given up too soon; or without the first plot, if that contradicts all others: it was another body's, or
  /// none's. Nothing is carried back to it. A body that begins to fly otherwise is neither.
  private func reconsidered(
    _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> (fit: Fit, ends: [Passage])? {
    let count = points.count
    guard firstPlace != nil, (4...Self.tentative).contains(count), lastElapsed < Self.early,
      // By so much more than others leave once the first is gone: half of a square for each coordinate, less six.
      leastCost > Self.foreign + 1.5 * Double(count - 3)
    else { return nil }
    let again = begunAnew(at: 0, dynamics, ground: ground, priors)
    let shorter = begunAnew(at: 1, dynamics, ground: ground, priors)
    let known = min(leastCost, again.fit.leastCost)
    if shorter.fit.leastCost < known - Self.foreign,
      shorter.fit.change(dynamics)?.isBelieved != true
    {
      return shorter
    }
    return again.fit.leastCost < leastCost - Self.foreign ? again : nil
  }

  /// Of the courses that fit, the least.
  private var leastCost: Double {
    courses.lazy.filter(\.isFitted).map(\.cost).min() ?? .infinity
  }

  /// With every account of the motor, from a point on.
  private func begunAnew(
    at first: Int, _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> (fit: Fit, ends: [Passage]) {
    var fit = self
    fit.strangers += points[..<first]
    fit.points.removeFirst(first)
    fit.moveEpoch(by: points[first].elapsed)
    fit.prior = priors.belief(at: fit.points[0].place)
    fit.firstPlace = fit.points[0].place
    (fit.courses, fit.lastCell) = ([], -1)
    fit.begin(dynamics, ground: ground)
    fit.addCells()
    let ends = fit.weigh(dynamics, ground: ground, priors)
    return (fit, ends)
  }

  /// Counts the moments of all plots from a later one on.
  private mutating func moveEpoch(by seconds: Double) {
    epoch = epoch + .nanoseconds(Int64((seconds * 1e9).rounded()))
    for index in points.indices { points[index].elapsed -= seconds }
    for index in strangers.indices { strangers[index].elapsed -= seconds }
  }

  private mutating func begin(_ dynamics: Dynamics, ground: Ground) {
    let (first, last) = (points[0], points[points.count - 1])
    var numbers = prior.numbers
    let speed = (last.place - first.place) / max(last.elapsed - first.elapsed, 0.05)
    for axis in 0..<3 {
      numbers[axis] = first.place[axis]
      numbers[3 + axis] = speed[axis]
    }
    courses = [Course(motor: .spent, numbers: numbers, covariance: prior.covariance)]
    // A body that came up from rest rises as fast as its height says; two plots a tenth of a second apart may tell
    // it slower or sinking, and from there no fit finds it.
    let height = ground.clearance(of: first.place, in: dynamics.frame)
    numbers[5] = max(numbers[5], (exp(numbers[12]) * max(height, 30)).squareRoot())
    courses.append(Course(motor: .burning, numbers: numbers, covariance: prior.covariance))
  }

  /// As time goes by, the motor may have gone out in one more cell.
  private mutating func addCells() {
    let last = Int(lastElapsed / Self.cell)
    guard let burning = courses.first(where: { $0.motor == .burning }), lastCell < last else {
      return
    }
    for cell in (lastCell + 1)...last {
      var child = burning
      child.motor = .ended(cell)
      child.isFitted = false
      child.numbers[14] = min((Double(cell) + 0.5) * Self.cell, lastElapsed)
      courses.append(child)
    }
    lastCell = last
  }

  private mutating func weigh(
    _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> [Passage] {
    var ends: [Passage] = []
    for index in courses.indices {
      if index > 0 { courses[index].begin(after: courses[index - 1]) }
      let fitting = fitting(courses[index].motor, points[...], dynamics, ground: ground)
      let turns = courses[index].isFitted ? 4 : 10
      if let passage = fitting?.fit(&courses[index], turns: turns) {
        courses[index].logWeight = courses[index].logEvidence
        ends.append(passage)
      } else {
        courses[index].logWeight = -.infinity
        ends.append(Passage(courses[index].numbers))
      }
    }
    if let burn = burn(dynamics, ground: ground, priors) {
      for index in courses.indices {
        courses[index].logWeight += burn.logShare(of: courses[index], until: lastElapsed)
      }
    }
    let most = courses.map(\.logWeight).max() ?? 0
    guard most.isFinite else { return [] }
    let total = most + log(courses.reduce(0) { $0 + exp($1.logWeight - most) })
    for index in courses.indices { courses[index].logWeight -= total }
    for index in courses.indices.reversed()
    where courses[index].logWeight < (courses[index].motor == .burning ? -12 : -8) {
      courses.remove(at: index)
      ends.remove(at: index)
    }
    return ends
  }

  private func fitting(
    _ motor: Course.Motor, _ points: ArraySlice<FitPoint>, _ dynamics: Dynamics, ground: Ground
  ) -> Fitting? {
    var (mean, spread) = (prior.numbers, prior.covariance)
    let end = Burn.end(of: motor, until: lastElapsed)
    mean[14] = end.moment
    spread[14, 14] = end.sigma * end.sigma
    guard let (information, logSpread) = spread.inverse() else { return nil }
    return Fitting(
      dynamics: dynamics, ground: ground, points: points, mean: mean, information: information,
      logInformation: -logSpread, isFromRest: firstPlace != nil)
  }

  /// How long the motor may burn, by what is now believed of speed and thrust at first sight; `nil`
  /// once it is out for sure.
  func burn(_ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors) -> Burn? {
    guard let firstPlace else { return nil }
    let best = courses.filter { $0.motor != .spent }.max { $0.logWeight < $1.logWeight }
    return Burn(
      height: ground.clearance(of: firstPlace, in: dynamics.frame),
      burning: best?.numbers ?? prior.numbers,
      spent: courses.first { $0.motor == .spent }?.numbers, priors)
  }

  /// The point up to which all may be absorbed: all but the newest seconds of a long flight; or, where only the moment of a
  /// burnout long past is open, the first point since, so that what the courses tell alike is fitted once.
  private func settlingPoint(isSuspected: Bool) -> Int? {
    if lastElapsed > Self.span, points.count > Self.pointLimit { return points.count / 2 }
    guard !isSuspected, !courses.contains(where: { $0.motor == .burning }) else { return nil }
    let out = courses.lazy.map { $0.motor == .spent ? 0 : $0.numbers[14] }.max() ?? 0
    if lastElapsed > Self.span, points.count > Self.fewPoints {
      return points.lastIndex { $0.elapsed <= lastElapsed - Self.span / 2 && $0.elapsed >= out }
    }
    // A first plot that may yet be another's is no prior.
    guard courses.count > 1, points.count > Self.tentative || lastElapsed >= Self.early,
      let index = points.firstIndex(where: { $0.elapsed >= out }),
      points.count - index > Self.settlingPoints,
      lastElapsed - points[index].elapsed > Self.settling
    else { return nil }
    return index
  }

  /// Moves the epoch on to a point; all up to it becomes the prior.
  private mutating func rebase(
    at index: Int, _ dynamics: Dynamics, ground: Ground, _ priors: FlightPriors
  ) -> Bool {
    let pivot = points[index].elapsed
    var parts: [(share: Double, belief: Belief)] = []
    for course in courses where course.motor != .burning && course.logWeight > -4 {
      var past = course
      if case .ended = course.motor, course.numbers[14] > pivot { continue }
      guard let fitting = fitting(course.motor, points[...index], dynamics, ground: ground),
        let passage = fitting.fit(&past, turns: 4)
      else { continue }
      parts.append((exp(course.logWeight), Belief(past, at: passage)))
    }
    guard var belief = Belief(mixing: parts), let best else { return false }
    belief.roughen(over: pivot, priors)
    prior = belief
    points.removeFirst(index + 1)
    moveEpoch(by: pivot)
    firstPlace = nil
    courses = [
      Course(motor: .spent, numbers: belief.numbers, covariance: belief.covariance)
    ]
    courses[0].logEvidence = best.logEvidence
    return true
  }

  /// Where the likeliest course was at a moment between its epoch and the newest plot; `nil` outside.
  func place(at moment: Timestamp, _ dynamics: Dynamics) -> Vector? {
    let elapsed = (moment - epoch).inSeconds
    guard elapsed >= 0, elapsed <= lastElapsed, let best, best.isFitted else { return nil }
    let moments = [FitPoint(at: Vector(), elapsed: max(elapsed, 1e-6), sigma: 1)]
    return Flown.follow(best.numbers, best.motor, moments[...], dynamics, nil)?.place
  }

  /// A course carried to the newest plot.
  func now(_ course: Course, _ dynamics: Dynamics) -> Belief? {
    Flown.follow(course.numbers, course.motor, points[...], dynamics, nil)
      .map { Belief(course, at: $0) }
  }
}
