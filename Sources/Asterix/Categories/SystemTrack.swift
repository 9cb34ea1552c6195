/// Category 062: the tracks of a system that fuses several radars.
///
/// Source: EUROCONTROL-SPEC-0149-9, edition 1.21. Before edition 1.0 the category had another order of items:
/// such a stream yields nonsense, which ``Plausibility`` notices.
public enum SystemTrack {
  public static let area = Field(1, 0, 8, .code, "SAC")
  public static let identification = Field(1, 8, 8, .code, "SIC")
  public static let service = Field(3, 0, 8, .code, "")
  /// Seconds after midnight UTC: when the state was so, not when it was sent.
  public static let timeOfDay = Field(4, 0, 24, .unsigned, step: 0x1p-7, "", unit: "s")
  public static let latitude = Field(5, 0, 32, .signed, step: 180 * 0x1p-25, "LAT", unit: "deg")
  public static let longitude = Field(5, 32, 32, .signed, step: 180 * 0x1p-25, "LON", unit: "deg")
  public static let x = Field(6, 0, 24, .signed, step: 0.5, "X", unit: "m")
  public static let y = Field(6, 24, 24, .signed, step: 0.5, "Y", unit: "m")
  public static let velocityEast = Field(7, 0, 16, .signed, step: 0.25, "VX", unit: "m/s")
  public static let velocityNorth = Field(7, 16, 16, .signed, step: 0.25, "VY", unit: "m/s")
  public static let accelerationEast = Field(8, 0, 8, .signed, step: 0.25, "AX", unit: "m/s2")
  public static let accelerationNorth = Field(8, 8, 8, .signed, step: 0.25, "AY", unit: "m/s2")
  public static let modeA = Field(9, 4, 12, .octal, "MODE3A")
  public static let trackNumber = Field(12, 0, 16, .code, "")
  /// 1: the geometric height is more reliable than the barometric one.
  public static let prefersGeometricHeight = Field(13, 2, 1, .code, "MRH")
  /// Of the geometric height: 0 none, 1 GNSS, 2 3D radar, 3 triangulation, 4 coverage, 5 table, 6 default,
  /// 7 multilateration.
  public static let heightSource = Field(13, 3, 3, .code, "SRC")
  public static let isTentative = Field(13, 6, 1, .code, "CNF")
  public static let isSimulated = Field(13, part: 1, 0, 1, .code, "SIM")
  /// 1: the last message of the track.
  public static let isLast = Field(13, part: 1, 1, 1, .code, "TSE")
  /// 1: no detection lately; the state is extrapolated.
  public static let isCoasted = Field(13, part: 3, 0, 1, .code, "CST")
  public static let measuredFlightLevel = Field(17, 0, 16, .signed, step: 0.25, "", unit: "FL")
  /// Geometric, above the ellipsoid; the field ends at 204,793 ft.
  public static let altitude = Field(18, 0, 16, .signed, step: 6.25, "", unit: "ft")
  public static let barometricAltitude = Field(19, 1, 15, .signed, step: 0.25, "CTB", unit: "FL")
  /// The field ends at ±1,040 m/s, so that the fall of a rocket does not fit: the end means "or more".
  public static let climbRate = Field(20, 0, 16, .signed, step: 6.25, "", unit: "ft/min")
  public static let accuracyX = Field(27, part: 0, 0, 16, .unsigned, step: 0.5, "APC/X", unit: "m")
  public static let accuracyY = Field(
    27, part: 0, 16, 16, .unsigned, step: 0.5, "APC/Y", unit: "m")
  /// The sign of the covariance of x and y, times the root of its size.
  public static let covariance = Field(27, part: 1, 0, 16, .signed, step: 0.5, "COV", unit: "m")
  public static let accuracyLatitude = Field(
    27, part: 2, 0, 16, .unsigned, step: 180 * 0x1p-25, "APW/LAT", unit: "deg")
  public static let accuracyLongitude = Field(
    27, part: 2, 16, 16, .unsigned, step: 180 * 0x1p-25, "APW/LON", unit: "deg")
  public static let accuracyAltitude = Field(
    27, part: 3, 0, 8, .unsigned, step: 6.25, "AGA", unit: "ft")

  private static let status =
    Field.codes(13, [("MON", 1), ("SPI", 1)]) + [
      prefersGeometricHeight, heightSource, isTentative, isSimulated, isLast,
    ]
    + Field.codes(
      13, part: 1, from: 2, [("TSB", 1), ("FPC", 1), ("AFF", 1), ("STP", 1), ("KOS", 1)])
    + Field.codes(13, part: 2, [("AMA", 1), ("MD4", 2), ("ME", 1), ("MI", 1), ("MD5", 2)])
    + [isCoasted]
    + Field.codes(
      13, part: 3, from: 1,
      [("PSR", 1), ("SSR", 1), ("MDS", 1), ("ADS", 1), ("SUC", 1), ("AAC", 1)])

  /// Seconds since each kind of source last saw the target; the greatest value means "or more".
  private static let ages: [Field] = [
    age(0, "TRK"), age(1, "PSR"), age(2, "SSR"), age(3, "MDS"), age(4, width: 16, "ADS"),
    age(5, "ES"), age(6, "VDL"), age(7, "UAT"), age(8, "LOP"), age(9, "MLT"),
  ]

  private static func age(_ part: UInt8, width: UInt8 = 8, _ name: StaticString) -> Field {
    Field(14, part: part, 0, width, .unsigned, step: 0.25, name, unit: "s")
  }

  private static let accuracies: [Field] = [
    accuracyX, accuracyY, covariance, accuracyLatitude, accuracyLongitude, accuracyAltitude,
    Field(27, part: 4, 0, 8, .unsigned, step: 0.25, "ABA", unit: "FL"),
    Field(27, part: 5, 0, 8, .unsigned, step: 0.25, "ATV/X", unit: "m/s"),
    Field(27, part: 5, 8, 8, .unsigned, step: 0.25, "ATV/Y", unit: "m/s"),
    Field(27, part: 6, 0, 8, .unsigned, step: 0.25, "AA/X", unit: "m/s2"),
    Field(27, part: 6, 8, 8, .unsigned, step: 0.25, "AA/Y", unit: "m/s2"),
    Field(27, part: 7, 0, 8, .unsigned, step: 6.25, "ARC", unit: "ft/min"),
  ]

  static let items: [Item?] = [
    Item("010", "Data Source Identifier", .fixed(2), [area, identification]),
    nil,
    Item("015", "Service Identification", .fixed(1), [service]),
    Item("070", "Time of Track Information", .fixed(3), [timeOfDay]),
    Item("105", "Calculated Position in WGS-84", .fixed(8), [latitude, longitude]),
    Item("100", "Calculated Position in Cartesian Coordinates", .fixed(6), [x, y]),
    Item("185", "Calculated Velocity", .fixed(4), [velocityEast, velocityNorth]),
    Item("210", "Calculated Acceleration", .fixed(2), [accelerationEast, accelerationNorth]),
    Item(
      "060", "Mode 3/A Code", .fixed(2),
      Field.codes(9, [("V", 1), ("G", 1), ("CH", 1)]) + [modeA]),
    Item(
      "245", "Target Identification", .fixed(7),
      [Field(10, 0, 2, .code, "STI"), Field(10, 8, 48, .characters, "CHR")]),
    Item("380", "Aircraft Derived Data", .compound(aircraftDerived)),
    Item("040", "Track Number", .fixed(2), [trackNumber]),
    Item("080", "Track Status", .extended, status),
    Item("290", "System Track Update Ages", .compound(updateAges), ages),
    Item("200", "Mode of Movement", .fixed(1)),
    Item("295", "Track Data Ages", .compound(octets(31))),
    Item("136", "Measured Flight Level", .fixed(2), [measuredFlightLevel]),
    Item("130", "Calculated Track Geometric Altitude", .fixed(2), [altitude]),
    Item(
      "135", "Calculated Track Barometric Altitude", .fixed(2),
      Field.codes(19, [("QNH", 1)]) + [barometricAltitude]),
    Item("220", "Calculated Rate of Climb/Descent", .fixed(2), [climbRate]),
    Item("390", "Flight Plan Related Data", .compound(flightPlan)),
    Item("270", "Target Size and Orientation", .extended),
    Item("300", "Vehicle Fleet Identification", .fixed(1)),
    Item("110", "Mode 5 Data Reports", .compound(fixed(1, 4, 6, 2, 2, 1, 1))),
    Item("120", "Track Mode 2 Code", .fixed(2)),
    Item("510", "Composed Track Number", .repetitiveByFX(3)),
    Item("500", "Estimated Accuracies", .compound(fixed(4, 2, 4, 1, 1, 2, 2, 1)), accuracies),
    Item("340", "Measured Information", .compound(fixed(2, 4, 2, 2, 2, 1))),
    nil, nil, nil, nil, nil,
    Item("RE", "Reserved Expansion Field", .explicit),
    Item("SP", "Special Purpose Field", .explicit),
  ]

  private static let updateAges = fixed(1, 1, 1, 1, 2, 1, 1, 1, 1, 1)
  private static let aircraftDerived =
    fixed(3, 6, 2, 2, 2, 2, 2) + [.extended, .repetitive(15)]
    + fixed(2, 2, 7, 2, 2, 2, 2, 2, 2, 1, 8, 1, 6, 2, 1) + [.repetitive(8)] + fixed(2, 2, 2)
  private static let flightPlan =
    fixed(2, 7, 4, 1, 4, 1, 4, 4, 3, 2, 2) + [.repetitive(4)] + fixed(6, 1, 7, 7, 2, 7)

  private static func fixed(_ sizes: UInt8...) -> [ItemForm?] { sizes.map { .fixed($0) } }

  static let core: [Field] =
    [
      area, identification, service, timeOfDay, latitude, longitude, x, y, velocityEast,
      velocityNorth, accelerationEast, accelerationNorth, modeA, trackNumber,
    ]
    + status.filter { $0.part < 2 }.prefix(8) + [isCoasted]
    + [altitude, barometricAltitude, measuredFlightLevel, climbRate] + ages
    // The reference lines that `--core` keeps to have no north acceleration's accuracy.
    + accuracies.filter { $0.name.description != "AA/Y" }
}

extension Category {
  public static let systemTracks = Category(
    62, edition: "1.21", title: "System Track Data", items: SystemTrack.items,
    core: SystemTrack.core, mandatory: ["010", "070", "040", "080"])
}
