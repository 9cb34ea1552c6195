import Asterix
package import TocsinModel
import TocsinSimulation

#if canImport(Glibc)
  import Glibc
#endif

extension Plot {
  static let metersPerNauticalMile = 1_852.0
  static let metersPerFoot = 0.3048

  /// A category 048 report with a height that the radar measured.
  init(
    report record: Asterix::Record, _ system: AsterixSystem, _ radar: Radar, _ received: Timestamp
  ) throws(Unused) {
    let isReal = [TargetReport.isSimulated, TargetReport.isTest].allSatisfy {
      record.code($0) ?? 0 == 0
    }
    guard isReal else { throw Unused(.simulated) }
    guard record.code(TargetReport.isFieldMonitor) != 1 else { throw Unused(.monitor) }
    guard record.code(TargetReport.isBeyondRange) != 1 else { throw Unused(.beyondRange) }
    guard let miles = record[TargetReport.range], let azimuth = record[TargetReport.azimuth],
      miles > 0
    else { throw Unused(.noPosition) }
    guard let feet = record[TargetReport.height], !TargetReport.height.isSaturated(feet)
    else { throw Unused(.noHeight) }
    guard
      let measured = record[TargetReport.timeOfDay].flatMap({
        TimeOfDay.moment($0, near: received)
      })
    else { throw Unused(.implausible) }
    let range = miles * Self.metersPerNauticalMile
    let height = feet * Self.metersPerFoot + system.geoid
    guard let elevation = radar.elevation(range: range, azimuth: azimuth, height: height)
    else { throw Unused(.noPosition) }
    guard let sigma = radar.sigma(system, range: range, elevation: elevation)
    else { throw Unused(.noAccuracy) }
    self.init(
      measured: measured, radar: radar.id, range: range, azimuth: azimuth, elevation: elevation,
      sigma: sigma, id: record.code(TargetReport.trackNumber).map { "\(system.code) \($0)" })
  }
}

extension Radar {
  /// The elevation in degrees of what is at a slant range and an ellipsoidal height.
  ///
  /// On a sphere with the ellipsoid's curvature in the direction of the azimuth (Euler's theorem): within 2 m of
  /// the ellipsoid's height to a range of 200 km.
  /// - Returns: `nil` where there is no such place.
  package func elevation(range: Double, azimuth: Double, height target: Double) -> Double? {
    let latitude = position.latitude * .pi / 180
    let root = (1 - Earth.eccentricitySquared * sin(latitude) * sin(latitude)).squareRoot()
    let normal = Earth.majorAxis / root
    let meridian = normal * (1 - Earth.eccentricitySquared) / (root * root)
    let (north, east) = (cos(azimuth * .pi / 180), sin(azimuth * .pi / 180))
    let radius = 1 / (north * north / meridian + east * east / normal)
    let (from, to) = (radius + height, radius + target)
    let sine = ((to - from) * (to + from) - range * range) / (2 * range * from)
    guard abs(sine) <= 1 else { return nil }
    return asin(sine) * 180 / .pi
  }

  /// What a report is worth: the radar's own deviations with the steps in which the format tells range,
  /// azimuth and height. A step s has the deviation s/√12.
  func sigma(_ system: AsterixSystem, range: Double, elevation: Double) -> Plot.Sigma? {
    guard let own = sigma else { return nil }
    let across = range * max(cos(elevation * .pi / 180), 0.05)
    func degrees(_ meters: Double) -> Double { meters / across * 180 / .pi }
    let heightStep = TargetReport.height.step * Plot.metersPerFoot / 12.0.squareRoot()
    let rangeStep = TargetReport.range.step * Plot.metersPerNauticalMile / 12.0.squareRoot()
    let vertical = system.heightSigma.map(degrees) ?? own.elevation
    return Plot.Sigma(
      range: hypot(own.range, rangeStep),
      azimuth: hypot(own.azimuth, TargetReport.azimuth.step / 12.0.squareRoot()),
      elevation: hypot(vertical, degrees(heightStep)))
  }
}
