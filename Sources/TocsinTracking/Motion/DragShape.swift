/// How drag varies with Mach, relative to its value well below the speed of sound.
///
/// Read off the public simulated flights as a population, rounded: flat to Mach 0.85, 1.8 at Mach 1.15, a
/// slow fall beyond, the familiar form of slender finned bodies. Single ones differ by some 15 % above
/// Mach 1, which `Priors.shapeSigma` stands for.
struct DragShape: Sendable {
  private static let corners: [(mach: Double, value: Double)] = [
    (0, 1), (0.8, 1), (0.85, 1.01), (0.9, 1.05), (0.95, 1.18), (1, 1.40), (1.05, 1.65),
    (1.1, 1.78), (1.2, 1.81), (1.3, 1.77), (1.5, 1.69), (1.75, 1.59), (2, 1.51), (2.5, 1.39),
    (3, 1.32), (4, 1.22), (5, 1.17), (20, 1),
  ]
  private static let common: [Double] = (0...401).map { index in
    let mach = min(Double(index) / 20, 19.999)
    let above = corners.firstIndex { $0.mach > mach } ?? corners.count - 1
    let (low, high) = (corners[above - 1], corners[above])
    return low.value + (mach - low.mach) / (high.mach - low.mach) * (high.value - low.value)
  }

  private let table = Self.common

  @inline(__always)
  func value(at mach: Double) -> Double {
    let place = min(mach * 20, 399)
    let index = Int(place)
    let low = table[index]
    return low + (place - Double(index)) * (table[index + 1] - low)
  }

  /// The value and its slope by Mach.
  func valueAndSlope(at mach: Double) -> (value: Double, slope: Double) {
    let index = Int(min(mach * 20, 399))
    return (value(at: mach), (table[index + 1] - table[index]) * 20)
  }

  /// How far a body is above the speed of sound, 0 to 1, for the uncertain part of the shape.
  static func supersonic(_ mach: Double) -> Double {
    let share = min(max((mach - 0.88) / 0.24, 0), 1)
    return share * share * (3 - 2 * share)
  }
}
