public import TocsinConfiguration
public import TocsinModel

/// A radars file: `[{"radar":"A1","lat":..,"lon":..,"height_m":..,"sigma":{..}}]`; all its fields are in
/// `Docs/FORMATS.md`.
///
/// Plots are computed with what stands here, so one fault refuses the file; all of them are named.
public enum RadarsFile {
  public static func read(_ path: String) throws(UnreadableFile) -> [Radar] {
    try read(try FileBytes.read(path), name: path)
  }

  /// - Parameter name: what errors call the bytes.
  public static func read(_ bytes: [UInt8], name: String) throws(UnreadableFile) -> [Radar] {
    let json = try JSONFields.parse(bytes, name: name)
    guard let entries = json.array else {
      throw UnreadableFile(
        path: name,
        problem: .faults(["line 1: is \(json.kind); give a list of radars: [{\"radar\": …}]"]))
    }
    var radars: [Radar] = []
    var faults: [String] = []
    var lines: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      var fields = JSONFields(entry, what: "radar \(index + 1)")
      if let radar = radar(&fields) {
        if let first = lines[radar.id] {
          fields.fault(
            "radar", "'\(radar.id)' is the name of the radar on line \(first) too; names are unique"
          )
        }
        lines[radar.id] = lines[radar.id] ?? entry.line
        radars.append(radar)
      }
      faults += fields.faults
    }
    guard faults.isEmpty else { throw UnreadableFile(path: name, problem: .faults(faults)) }
    return radars
  }

  private static func radar(_ fields: inout JSONFields) -> Radar? {
    let id = fields.text("radar")
    let position = fields.position()
    let height = height(&fields)
    let sigma = spread("sigma", &fields)
    let bias = spread("bias", &fields)
    let clock = fields.optionalNumber("clock_s", within: 0...10)
    let elevation = elevation(&fields)
    let shares = fields.texts("shares")
    guard let id, let position, let height else { return nil }
    return Radar(
      id: id, position: position, height: height, sigma: sigma, bias: bias, clockSigma: clock,
      isApparent: elevation == .apparent, shares: shares)
  }

  /// Ellipsoidal; or above mean sea level with the geoid's height there, which no table of ours knows.
  private static func height(_ fields: inout JSONFields) -> Double? {
    let above = fields.optionalNumber("height_msl_m", within: JSONFields.heights)
    let geoid = fields.optionalNumber("geoid_m", within: -120...100)
    guard above != nil || geoid != nil else {
      return fields.number("height_m", within: JSONFields.heights)
    }
    let ellipsoidal = fields.optionalNumber("height_m", within: JSONFields.heights)
    guard let above, let geoid, ellipsoidal == nil else {
      fields.fault(
        "height_msl_m",
        "goes with geoid_m (the geoid's height above the WGS-84 ellipsoid there), and without "
          + "height_m; give these two, or height_m alone")
      return nil
    }
    return above + geoid
  }

  private static func elevation(_ fields: inout JSONFields) -> Radar.Elevation {
    guard let word = fields.optionalText("elevation") else { return .geometric }
    guard let elevation = Radar.Elevation(rawValue: word) else {
      fields.fault(
        "elevation",
        "'\(word)' is neither geometric (refraction taken out) nor apparent (as the bent ray came)")
      return .geometric
    }
    return elevation
  }

  private static func spread(_ name: String, _ fields: inout JSONFields) -> Plot.Sigma? {
    guard var inner = fields.object(name) else { return nil }
    let range = inner.number("range_m", within: 1e-6...100_000)
    let azimuth = inner.number("azimuth_deg", within: 1e-6...90)
    let elevation = inner.number("elevation_deg", within: 1e-6...90)
    fields.faults += inner.faults
    guard let range, let azimuth, let elevation else { return nil }
    return Plot.Sigma(range: range, azimuth: azimuth, elevation: elevation)
  }
}
