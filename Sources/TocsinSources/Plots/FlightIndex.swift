public import TocsinConfiguration
public import TocsinModel

/// A list of plot files, each a world of its own, all seen from one site.
///
/// Source: the format of Tocsin's own interface (`Docs/FORMATS.md`): `{"radar":{"lat","lon","height_m"},
/// "files":[{"flight","file","radar","kind","ground_h_m","met"}]}`.
public struct FlightIndex: Hashable, Sendable {
  public var site: Position
  /// Ellipsoidal meters of the radar.
  public var height: Double
  /// Degrees of elevation below which it sees nothing; `nil` if not stated.
  public var mask: Double?
  public var files: [File]
  /// Where the paths of the files start: the folder of the index.
  public var folder: String

  /// One plot file.
  public struct File: Hashable, Sendable {
    public var flight: String
    /// Its path.
    public var path: String
    public var radar: Radar
    /// `single`, `clutter` or `salvo`.
    public var kind: String
    /// Ellipsoidal meters.
    public var groundHeight: Double
    /// The path of its met message.
    public var met: String?

    public init(
      flight: String, path: String, radar: Radar, kind: String, groundHeight: Double, met: String?
    ) {
      self.flight = flight
      self.path = path
      self.radar = radar
      self.kind = kind
      self.groundHeight = groundHeight
      self.met = met
    }
  }

  public init(site: Position, height: Double, mask: Double?, files: [File], folder: String) {
    self.site = site
    self.height = height
    self.mask = mask
    self.files = files
    self.folder = folder
  }

  public static func read(_ path: String) throws(UnreadableFile) -> FlightIndex {
    let end = path.lastIndex(of: "/")
    return try read(
      try FileBytes.read(path), name: path, folder: end.map { String(path[...$0]) } ?? "")
  }

  /// - Parameter folder: ends with `/`, or is empty for the working folder.
  public static func read(
    _ bytes: [UInt8], name: String, folder: String
  ) throws(UnreadableFile) -> FlightIndex {
    var top = JSONFields(try JSONFields.parse(bytes, name: name), what: "index")
    var radar = top.object("radar")
    if radar == nil { top.fault("radar", "is missing; give {\"lat\", \"lon\", \"height_m\"}") }
    let site = radar?.position()
    let height = radar?.number("height_m", within: JSONFields.heights)
    let mask = radar?.members.values["mask_deg"]?.number
    var faults = top.faults + (radar?.faults ?? [])
    var files: [File] = []
    let entries = top.members.values["files"]?.array
    if entries == nil { faults.append("line 1, index, files: is missing; give a list") }
    for (index, entry) in (entries ?? []).enumerated() {
      var fields = JSONFields(entry, what: "file \(index + 1)")
      if let site, let height, let file = file(&fields, site, height, folder) { files.append(file) }
      faults += fields.faults
    }
    guard faults.isEmpty, let site, let height else {
      throw UnreadableFile(path: name, problem: .faults(faults))
    }
    return FlightIndex(site: site, height: height, mask: mask, files: files, folder: folder)
  }

  private static func file(
    _ fields: inout JSONFields, _ site: Position, _ height: Double, _ folder: String
  ) -> File? {
    let (flight, file) = (fields.text("flight"), fields.text("file"))
    let (radar, kind) = (fields.text("radar"), fields.text("kind"))
    let ground = fields.number("ground_h_m", within: JSONFields.heights)
    let met = fields.members.values["met"]
    if let met, met.string == nil, !met.isNull {
      fields.fault("met", "is \(met.kind); give a path")
    }
    guard let flight, let file, let radar, let kind, let ground else { return nil }
    return File(
      flight: flight, path: resolved(file, folder),
      radar: Radar(id: radar, position: site, height: height), kind: kind, groundHeight: ground,
      met: met?.string.map { resolved($0, folder) })
  }

  private static func resolved(_ path: String, _ folder: String) -> String {
    path.hasPrefix("/") ? path : folder + path
  }
}
