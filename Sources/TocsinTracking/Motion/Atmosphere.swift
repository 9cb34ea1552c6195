import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// Air by height: density, speed of sound and wind, from a table every 250 m.
///
/// Source: US Standard Atmosphere 1976 (equal to ICAO Doc 7488 below 32 km), part 1, table 4. With
/// a met message its temperatures replace the standard's and the density follows from hydrostatic
/// balance.
struct Atmosphere: Hashable, Sendable {
  let met: Met?
  /// Density kg/m³, speed of sound m/s, wind to east and to north m/s.
  private let table: [SIMD4<Double>]

  static let lowest = -500.0
  static let step = 250.0
  static let highest = 45_000.0
  private static let lastPlace = (highest - lowest) / step - 1e-6

  /// Of the air at one height; the slopes are per meter and relative.
  struct Air {
    var density: Double
    var sound: Double
    var wind: Vector
    var densitySlope: Double
    var soundSlope: Double
  }

  init(met: Met? = nil) {
    let usable = met.flatMap { $0.isUsable ? $0 : nil }
    self.met = usable
    let count = Int((Self.highest - Self.lowest) / Self.step) + 1
    var rows: [SIMD4<Double>] = []
    rows.reserveCapacity(count)
    // From the lowest level upward: p falls by g p / (R T) a meter, taken at the middle of a step.
    var pressure = 107_477.0
    for index in 0..<count {
      let height = Self.lowest + Double(index) * Self.step
      let warmth = Self.temperature(at: height, usable)
      let wind = usable.map {
        ($0.value(of: $0.windToEast, at: height), $0.value(of: $0.windToNorth, at: height))
      }
      rows.append(
        SIMD4(
          pressure / (287.053 * warmth), (1.4 * 287.053 * warmth).squareRoot(), wind?.0 ?? 0,
          wind?.1 ?? 0))
      let middle = Self.temperature(at: height + Self.step / 2, usable)
      pressure *= exp(-9.80665 * Self.step / (287.053 * middle))
    }
    table = rows
  }

  static func temperature(at height: Double, _ met: Met?) -> Double {
    if let met, let column = met.temperature, let top = met.heights.last, height <= top {
      return met.value(of: column, at: height)
    }
    return switch height {
    case ..<11_000: 288.15 - 0.0065 * height
    case ..<20_000: 216.65
    case ..<32_000: 216.65 + 0.001 * (height - 20_000)
    default: 228.65 + 0.0028 * (height - 32_000)
    }
  }

  /// Density, speed of sound, wind to east and to north.
  @inline(__always)
  func row(at height: Double) -> SIMD4<Double> {
    let place = min(max((height - Self.lowest) * (1 / Self.step), 0), Self.lastPlace)
    let index = Int(place)
    let low = table[index]
    var row = low + (place - Double(index)) * (table[index + 1] - low)
    if height > Self.highest { row.x *= exp(-(height - Self.highest) / 7_500) }
    return row
  }

  func air(at height: Double) -> Air {
    let place = min(max((height - Self.lowest) * (1 / Self.step), 0), Self.lastPlace)
    let slope = table[Int(place) + 1] - table[Int(place)]
    let row = row(at: height)
    return Air(
      density: row.x, sound: row.y, wind: Vector(row.z, row.w, 0),
      densitySlope: slope.x / (row.x * Self.step), soundSlope: slope.y / (row.y * Self.step))
  }
}

extension Atmosphere: Codable {
  /// Only the message is stored; the table is made from it again.
  init(from decoder: any Decoder) throws {
    self.init(met: try decoder.singleValueContainer().decode(Met?.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(met)
  }
}
