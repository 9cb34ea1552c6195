#if canImport(Glibc)
  import Glibc
#endif

/// Chance that can be repeated: the same seed gives the same numbers on every machine.
///
/// Source: D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number Generators", xoshiro256**,
/// its state filled by SplitMix64 as they advise.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  private var words: SIMD4<UInt64>

  public init(seed: UInt64) {
    var counter = seed
    words = .zero
    for index in 0..<4 { words[index] = Self.splitMix(&counter) }
  }

  public mutating func next() -> UInt64 {
    let result = Self.rotate(words[1] &* 5, by: 7) &* 9
    let shifted = words[1] << 17
    words[2] ^= words[0]
    words[3] ^= words[1]
    words[1] ^= words[2]
    words[0] ^= words[3]
    words[2] ^= shifted
    words[3] = Self.rotate(words[3], by: 45)
    return result
  }

  private static func splitMix(_ counter: inout UInt64) -> UInt64 {
    counter &+= 0x9E37_79B9_7F4A_7C15
    var mixed = counter
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }
}

extension RandomNumberGenerator {
  /// A number from 0 up to but not including 1, in steps of 2⁻⁵³.
  ///
  /// The standard library's `Double.random` may change between releases; this one does not.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }

  /// How many events happen where `mean` are expected (Knuth's product of uniforms; mean below 500).
  public mutating func poisson(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    let limit = exp(-min(mean, 500))
    var product = unit()
    var count = 0
    while product > limit {
      product *= unit()
      count += 1
    }
    return count
  }
}
