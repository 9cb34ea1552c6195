import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Where and when a body comes down: mean and covariance of (east, north, up, seconds) in the
/// frame.
struct Fall {
  var mean: SIMD4<Double>
  /// By rows.
  var covariance: [Double]

  /// Through the descent of one account, by divided differences of second order.
  ///
  ///     f̄ = f₀ + Σ (f⁺ + f⁻ − 2 f₀) / 2h²
  ///     P = Σ (f⁺−f⁻)(f⁺−f⁻)ᵀ / 4h² + (h²−1)/4h⁴ Σ (f⁺+f⁻−2f₀)(f⁺+f⁻−2f₀)ᵀ,   h² = 3
  ///
  /// Its points stay near, at √3 sigma in any dimension. Source: M. Nørgaard, N. Poulsen, O. Ravn,
  /// "New developments in state estimation for nonlinear systems", Automatica 36 (2000), DD2.
  init?(
    of account: Hypothesis, burning: Double, _ descent: Descent, _ priors: Priors
  ) {
    var estimate = account.estimate
    estimate.agePending(priors, account.isBurning)
    let used = account.isBurning ? 10 : 9
    let root = estimate.choleskyColumns(used)
    func land(_ shift: [Double]?, _ sign: Double, bend: Double = 0) -> SIMD4<Double>? {
      var moved = estimate
      if let shift {
        for index in 0..<used { moved[index] += sign * shift[index] }
      }
      return descent.land(
        moved.place, moved.velocity, moved.body(burning: account.isBurning), burning: burning,
        bend: bend)
    }
    guard let center = land(nil, 0) else { return nil }
    mean = center
    covariance = [Double](repeating: 0, count: 16)
    let reach = 3.0.squareRoot()
    for column in 0..<(used + 1) {
      let pair: (SIMD4<Double>?, SIMD4<Double>?)
      if column == used {
        let bend = reach * priors.shapeSigma
        pair = (land(nil, 0, bend: bend), land(nil, 0, bend: -bend))
      } else {
        pair = (land(root[column], reach), land(root[column], -reach))
      }
      // One side may never come down while little is known: then the other stands for both.
      guard pair.0 != nil || pair.1 != nil else { return nil }
      let plus = pair.0 ?? (2 * center - (pair.1 ?? center))
      let minus = pair.1 ?? (2 * center - (pair.0 ?? center))
      add(slope: (plus - minus) / (2 * reach), bow: (plus + minus - 2 * center) / 6)
    }
  }

  private mutating func add(slope: SIMD4<Double>, bow: SIMD4<Double>) {
    mean += bow
    for i in 0..<4 {
      for j in 0..<4 { covariance[4 * i + j] += slope[i] * slope[j] + 2 * bow[i] * bow[j] }
    }
  }

  init(mean: SIMD4<Double>, covariance: [Double]) {
    self.mean = mean
    self.covariance = covariance
  }

  /// One mean and covariance for several with shares that need not add up to one.
  init?(mixing parts: [(share: Double, fall: Fall)]) {
    let total = parts.reduce(0) { $0 + $1.share }
    guard total > 0 else { return nil }
    mean = parts.reduce(SIMD4()) { $0 + ($1.share / total) * $1.fall.mean }
    covariance = [Double](repeating: 0, count: 16)
    for (share, fall) in parts {
      let gap = fall.mean - mean
      for i in 0..<4 {
        for j in 0..<4 {
          covariance[4 * i + j] += share / total * (fall.covariance[4 * i + j] + gap[i] * gap[j])
        }
      }
    }
  }

  /// Of a whole bank. What burns is flown with three equally likely ends of its burn.
  ///
  /// The spread about the center is computed once for the strongest account of each kind; the
  /// others, which differ little from it, fly only their centers and borrow it.
  init?(of bank: Bank, _ descent: Descent, _ priors: Priors) {
    var parts: [(share: Double, fall: Fall)] = []
    let age = (bank.time - bank.firstSeen).inSeconds
    let middle = priors.burnTime(share: 0.5, age: age)
    for isBurning in [true, false] {
      let accounts = bank.hypotheses.filter { $0.isBurning == isBurning && $0.logWeight > -4.5 }
        .sorted { $0.logWeight > $1.logWeight }
      guard let strongest = accounts.first,
        let full = Fall(of: strongest, burning: isBurning ? middle : 0, descent, priors)
      else { continue }
      let ends = isBurning ? [5.0 / 6, 1.0 / 6].map { priors.burnTime(share: $0, age: age) } : []
      let own = exp(strongest.logWeight) / Double(ends.count + 1)
      parts.append((own, full))
      for end in ends {
        if let fall = Fall(near: full, strongest, burning: end, strongest, middle, descent) {
          parts.append((own, fall))
        }
      }
      for account in accounts.dropFirst() {
        let burn = isBurning ? middle : 0
        let share = exp(account.logWeight)
        if share > 0.15, let fall = Fall(of: account, burning: burn, descent, priors) {
          parts.append((share, fall))
        } else if let fall = Fall(near: full, account, burning: burn, strongest, burn, descent) {
          parts.append((share, fall))
        }
      }
    }
    self.init(mixing: parts)
  }

  /// An account's center with the spread of a like one, moved as the centers differ.
  private init?(
    near full: Fall, _ account: Hypothesis, burning: Double, _ like: Hypothesis,
    _ likeBurning: Double, _ descent: Descent
  ) {
    func center(_ account: Hypothesis, _ burning: Double) -> SIMD4<Double>? {
      let estimate = account.estimate
      return descent.land(
        estimate.place, estimate.velocity, estimate.body(burning: account.isBurning),
        burning: burning, bend: 0)
    }
    guard let own = center(account, burning), let theirs = center(like, likeBurning) else {
      return nil
    }
    self.init(mean: full.mean + own - theirs, covariance: full.covariance)
  }
}

extension Estimate {
  /// What will yet change on the way down: drag and wind.
  fileprivate mutating func agePending(_ priors: Priors, _ burning: Bool) {
    self[6, 6] += 20 * priors.dragWalk * priors.dragWalk
    self[7, 7] += 3 * priors.windShear * priors.windShear
    self[8, 8] += 3 * priors.windShear * priors.windShear
    if burning { self[9, 9] += priors.thrustWalk * priors.thrustWalk }
  }

  /// The columns of a root of the covariance; directions without spread give zeros.
  fileprivate func choleskyColumns(_ used: Int) -> [[Double]] {
    var columns = [[Double]](repeating: [Double](repeating: 0, count: used), count: used)
    for j in 0..<used {
      var pivot = self[j, j]
      for k in 0..<j { pivot -= columns[k][j] * columns[k][j] }
      guard pivot > 1e-12 * max(self[j, j], 1e-12) else { continue }
      let root = pivot.squareRoot()
      columns[j][j] = root
      for i in (j + 1)..<max(used, j + 1) {
        var sum = self[i, j]
        for k in 0..<j { sum -= columns[k][i] * columns[k][j] }
        columns[j][i] = sum / root
      }
    }
    return columns
  }
}
