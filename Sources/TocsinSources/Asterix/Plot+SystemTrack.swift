import Asterix
import TocsinModel
import TocsinSimulation

#if canImport(Glibc)
  import Glibc
#endif

extension Plot {
  /// A category 062 track, told as a plot from a reference site.
  ///
  /// A track has a place and no radar, and a plot is range, azimuth and elevation of a radar; so the place is
  /// told as it would be seen from the site, and its covariance along those three directions. What is lost is
  /// the correlation between the three.
  init(
    track record: Asterix::Record, _ system: AsterixSystem, _ site: Radar, _ received: Timestamp
  ) throws(Unused) {
    guard record.code(SystemTrack.isSimulated) ?? 0 == 0 else { throw Unused(.simulated) }
    guard record.code(SystemTrack.isLast) ?? 0 == 0 else { throw Unused(.ended) }
    guard record.code(SystemTrack.isCoasted) ?? 0 == 0 else { throw Unused(.coasted) }
    guard let latitude = record[SystemTrack.latitude], let longitude = record[SystemTrack.longitude]
    else { throw Unused(.noPosition) }
    guard let feet = record[SystemTrack.altitude], !SystemTrack.altitude.isSaturated(feet)
    else { throw Unused(.noHeight) }
    guard
      let measured = record[SystemTrack.timeOfDay].flatMap({ TimeOfDay.moment($0, near: received) })
    else { throw Unused(.implausible) }
    guard let accuracy = TrackAccuracy(record, system, latitude: latitude)
    else { throw Unused(.noAccuracy) }
    let position = Position(latitude: latitude, longitude: longitude)
    let vector = Earth.vector(position, height: feet * Self.metersPerFoot)
    let place = Compass(at: site.position).local(
      vector - Earth.vector(site.position, height: site.height))
    let range = (place * place).sum().squareRoot()
    guard range > 1 else { throw Unused(.noPosition) }
    let azimuth = atan2(place.x, place.y) * 180 / .pi
    self.init(
      measured: measured, radar: site.id, range: range,
      azimuth: azimuth < 0 ? azimuth + 360 : azimuth,
      elevation: asin(place.z / range) * 180 / .pi,
      sigma: accuracy.sigma(at: place, system.caution),
      id: record.code(SystemTrack.trackNumber).map { "\(system.code) \($0)" })
  }
}

/// How sure a track is of its place: a covariance in square meters, east, north and up.
struct TrackAccuracy: Hashable, Sendable {
  var eastEast: Double
  var eastNorth: Double
  var northNorth: Double
  var upUp: Double

  /// What the record says; where it says nothing, or only "that or more", what the configuration says.
  /// - Returns: `nil` without either, or if the matrix is not positive definite.
  init?(_ record: Asterix::Record, _ system: AsterixSystem, latitude: Double) {
    func told(_ field: Field) -> Double? {
      record[field].flatMap { field.isSaturated($0) ? nil : $0 }
    }
    let metersPerDegree = Earth.majorAxis * .pi / 180
    let degrees = (told(SystemTrack.accuracyLongitude), told(SystemTrack.accuracyLatitude))
    let east =
      told(SystemTrack.accuracyX)
      ?? degrees.0.map { $0 * metersPerDegree * cos(latitude * .pi / 180) } ?? system.positionSigma
    let north =
      told(SystemTrack.accuracyY) ?? degrees.1.map { $0 * metersPerDegree } ?? system.positionSigma
    let up =
      told(SystemTrack.accuracyAltitude).map { $0 * Plot.metersPerFoot } ?? system.heightSigma
    guard let east, let north, let up, east > 0, north > 0, up > 0 else { return nil }
    // Given as the root of its size, with its sign; it belongs to x and y.
    let root = record[SystemTrack.accuracyX] == nil ? 0 : record[SystemTrack.covariance] ?? 0
    (eastEast, northNorth, upUp) = (east * east, north * north, up * up)
    eastNorth = root * abs(root)
    guard eastEast * northNorth > eastNorth * eastNorth else { return nil }
  }

  /// Along range, azimuth and elevation of a place east, north and up of the site.
  /// - Parameter caution: by how much deviations are taken larger.
  func sigma(at place: SIMD3<Double>, _ caution: Double) -> Plot.Sigma {
    let range = (place * place).sum().squareRoot()
    let level = hypot(place.x, place.y)
    // Straight overhead there is no azimuth: any will do.
    let (east, north) = level > 0 ? (place.x / level, place.y / level) : (0, 1)
    let along = place / range
    let across = SIMD3(north, -east, 0)
    let upward = SIMD3(-along.z * east, -along.z * north, level / range)
    return Plot.Sigma(
      range: caution * deviation(along),
      azimuth: caution * deviation(across) / max(level, range * 0.05) * 180 / .pi,
      elevation: caution * deviation(upward) / range * 180 / .pi)
  }

  private func deviation(_ axis: SIMD3<Double>) -> Double {
    let horizontal =
      eastEast * axis.x * axis.x + 2 * eastNorth * axis.x * axis.y + northNorth * axis.y * axis.y
    return max(horizontal + upUp * axis.z * axis.z, 0).squareRoot()
  }
}
