import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// A plot in the frame of the tracker: a place, and along range, azimuth and elevation how sure it
/// is.
///
/// The three axes are perpendicular, so the errors are independent along them and a filter can
/// take them one by one. Turning angles into meters at the measured range bends by r·σ²/2, 0.3 m
/// at 20 km and 0.3°.
struct Measurement: Hashable, Sendable, Codable {
  var time: Timestamp
  var radar: Int
  var place: Vector
  var axes: Axes
  var sigmas: Vector
  /// Meters per second away from the radar.
  var doppler: Double?
  /// Range in meters and azimuth in degrees as the radar told them, by which the plot is found again.
  let told: SIMD2<Double>

  /// Unit vectors along which range, azimuth and elevation grow.
  struct Axes: Hashable, Sendable, Codable {
    var range: Vector
    var azimuth: Vector
    var elevation: Vector

    subscript(index: Int) -> Vector {
      switch index {
      case 0: range
      case 1: azimuth
      default: elevation
      }
    }
  }

  /// One standard deviation of its moment, in seconds.
  private(set) var clock = 0.0

  /// - Parameter bias: what the radar's coordinates are believed to be too great by.
  init?(
    _ plot: Plot, radar index: Int, of radar: Radar, site: Site,
    bias: Registration = Registration()
  ) {
    guard let sigma = plot.sigma ?? radar.sigma, plot.range > 1, plot.range < 2e6,
      abs(plot.azimuth) <= 720, abs(plot.elevation) <= 90, sigma.range > 0, sigma.azimuth > 0,
      sigma.elevation > 0, sigma.range < 1e5, sigma.azimuth < 60, sigma.elevation < 60
    else { return nil }
    time = plot.measured
    told = SIMD2(plot.range, plot.azimuth)
    self.radar = index
    var range = plot.range - bias.mean.x
    let azimuth = plot.azimuth * .pi / 180 - bias.mean.y
    var elevation = plot.elevation * .pi / 180 - bias.mean.z
    var bent = (range: 0.0, elevation: 0.0)
    if radar.isApparent {
      bent = Refraction.excess(range: range, elevation: elevation, height: radar.height)
      range -= bent.range
      elevation -= bent.elevation
    }
    let (sineA, cosineA) = (sin(azimuth), cos(azimuth))
    let (sineE, cosineE) = (sin(elevation), cos(elevation))
    let outward = Vector(sineA * cosineE, cosineA * cosineE, sineE)
    axes = Axes(
      range: site.turned(outward), azimuth: site.turned(Vector(cosineA, -sineA, 0)),
      elevation: site.turned(Vector(-sineA * sineE, -cosineA * sineE, cosineE)))
    place = site.place + range * axes.range
    clock = radar.clockSigma ?? 0
    // A floor keeps the covariance regular straight above the radar and for absurdly sure radars.
    let doubt = Refraction.uncertainty
    let own = Vector(
      sigma.range, sigma.azimuth * .pi / 180 * range * max(cosineE, 0.05),
      sigma.elevation * .pi / 180 * range)
    let unsure = Vector(
      doubt * bent.range, 0, doubt * bent.elevation * range)
    sigmas = (own * own + unsure * unsure).squareRoot()
    sigmas.replace(with: 0.1, where: sigmas .< 0.1)
    doppler = plot.doppler.flatMap { abs($0) < 20_000 ? $0 : nil }
  }

  /// The same with what an unsure clock makes of a speed.
  func blurred(by velocity: Vector) -> Measurement {
    guard clock > 0 else { return self }
    var copy = self
    for axis in 0..<3 {
      let shift = clock * dot(axes[axis], velocity)
      copy.sigmas[axis] = (sigmas[axis] * sigmas[axis] + shift * shift).squareRoot()
    }
    return copy
  }

  /// The covariance of the place, by row.
  var covariance: [Double] {
    var rows = [Double](repeating: 0, count: 9)
    for axis in 0..<3 {
      let variance = sigmas[axis] * sigmas[axis]
      for i in 0..<3 {
        for j in 0..<3 { rows[3 * i + j] += variance * axes[axis][i] * axes[axis][j] }
      }
    }
    return rows
  }
}

/// Where a radar stands in the frame of the tracker, and how its own east, north and up lie in it.
struct Site: Hashable, Sendable, Codable {
  let place: Vector
  let east: Vector
  let north: Vector
  let up: Vector

  init(_ radar: Radar, in frame: Frame) {
    let own = Frame(origin: radar.position, height: radar.height)
    place = frame.local(radar.position, height: radar.height)
    east = frame.direction(fromGeocentric: own.east)
    north = frame.direction(fromGeocentric: own.north)
    up = frame.direction(fromGeocentric: own.upward)
  }

  func turned(_ direction: Vector) -> Vector {
    direction.x * east + direction.y * north + direction.z * up
  }

  /// Degrees clockwise from the radar's north.
  func azimuth(of point: Vector) -> Double {
    let away = point - place
    return atan2(dot(away, east), dot(away, north)) * 180 / .pi
  }

  /// Degrees above the radar's horizontal.
  func elevation(of point: Vector) -> Double {
    let away = point - place
    return asin(min(max(dot(away, up) / max(length(away), 1e-3), -1), 1)) * 180 / .pi
  }
}
