import TocsinConfiguration
import TocsinModel

/// The two octets by which ASTERIX names a radar or tracker: `25/201`.
package struct SystemCode: Hashable, Sendable, CustomStringConvertible {
  /// System area code.
  package var area: Int
  /// System identification code.
  package var identification: Int

  package init(area: Int, identification: Int) {
    self.area = area
    self.identification = identification
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count == 2, let area = parts[0], let identification = parts[1] else { return nil }
    self.init(area: Int(area), identification: Int(identification))
  }

  package var description: String { "\(area)/\(identification)" }
}

/// What a configuration says of one radar or tracker that speaks ASTERIX.
package struct AsterixSystem: Hashable, Sendable {
  package var code: SystemCode
  /// The id in the radars file: the radar itself, or the site from which a tracker's tracks are told.
  package var radar: String
  /// One standard deviation of its heights in meters; `nil`: by the radar's elevation, or as a track says.
  package var heightSigma: Double?
  /// One standard deviation of a track's place, east and north, in meters, where the track does not say it.
  package var positionSigma: Double?
  /// Meters from the ellipsoid up to mean sea level around the radar, above which its heights are.
  package var geoid = 0.0
  /// By how much a track's deviations are taken larger: it follows from earlier plots, so that two of a track
  /// tell less than two of a radar.
  package var caution = 2.0

  /// - Returns: `nil` if it cannot be used; why is a fault of the fields.
  init?(_ fields: inout YAMLFields) {
    let text = fields.text("system")
    let radar = fields.text("radar")
    heightSigma = fields.optionalNumber("height_sigma_m", within: 1...50_000)
    positionSigma = fields.optionalNumber("position_sigma_m", within: 1...50_000)
    geoid = fields.optionalNumber("geoid_m", within: -120...100) ?? geoid
    caution = fields.optionalNumber("caution", within: 1...100) ?? caution
    guard let text, let radar else { return nil }
    guard let code = SystemCode(text) else {
      fields.fault("system", "is '\(text)'; write SAC and SIC, two numbers to 255, as 25/201")
      return nil
    }
    self.code = code
    self.radar = radar
  }

  package init(code: SystemCode, radar: String) {
    self.code = code
    self.radar = radar
  }
}
