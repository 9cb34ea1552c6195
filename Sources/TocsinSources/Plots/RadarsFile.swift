public import TocsinConfiguration
public import TocsinModel

/// A radars file: `[{"radar":"A1","lat":..,"lon":..,"height_m":..,"sigma":{..}}]`.
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
    let height = fields.number("height_m", within: JSONFields.heights)
    let sigma = sigma(&fields)
    guard let id, let position, let height else { return nil }
    return Radar(id: id, position: position, height: height, sigma: sigma)
  }

  private static func sigma(_ fields: inout JSONFields) -> Plot.Sigma? {
    guard var inner = fields.object("sigma") else { return nil }
    let range = inner.number("range_m", within: 1e-6...100_000)
    let azimuth = inner.number("azimuth_deg", within: 1e-6...90)
    let elevation = inner.number("elevation_deg", within: 1e-6...90)
    fields.faults += inner.faults
    guard let range, let azimuth, let elevation else { return nil }
    return Plot.Sigma(range: range, azimuth: azimuth, elevation: elevation)
  }
}
