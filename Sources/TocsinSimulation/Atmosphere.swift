#if canImport(Glibc)
  import Glibc
#endif

/// Density and speed of sound by height.
///
/// Source: ISO 2533, "Standard Atmosphere", layers to 51 km; above that the last layer is carried on.
public struct Atmosphere: Hashable, Sendable {
  /// Kelvin added to the standard temperature at every height, at standard pressure.
  public var warmer: Double

  public init(warmer: Double = 0) { self.warmer = warmer }

  public static let standard = Atmosphere()

  /// Kilograms per cubic meter.
  public func density(atHeight height: Double) -> Double {
    let air = air(height)
    return air.pressure / (Self.gasConstant * air.temperature)
  }

  /// Meters per second.
  public func speedOfSound(atHeight height: Double) -> Double {
    (1.4 * Self.gasConstant * air(height).temperature).squareRoot()
  }

  private static let gasConstant = 287.05287

  /// The foot of each layer: geopotential meters, kelvin, pascals, kelvin per meter.
  private static let layers: [(foot: Double, kelvin: Double, pascal: Double, lapse: Double)] = [
    (0, 288.15, 101_325, -0.0065), (11_000, 216.65, 22_632.04, 0),
    (20_000, 216.65, 5_474.88, 0.001), (32_000, 228.65, 868.016, 0.0028),
    (47_000, 270.65, 110.906, 0),
  ]

  private func air(_ height: Double) -> (temperature: Double, pressure: Double) {
    let geopotential = 6_356_766 * height / (6_356_766 + height)
    let layer = Self.layers.last { $0.foot <= geopotential } ?? Self.layers[0]
    let above = geopotential - layer.foot
    let standard = layer.kelvin + layer.lapse * above
    let power = 9.80665 / Self.gasConstant
    let pressure =
      layer.lapse == 0
      ? layer.pascal * exp(-power * above / layer.kelvin)
      : layer.pascal * pow(standard / layer.kelvin, -power / layer.lapse)
    return (standard + warmer, pressure)
  }
}
