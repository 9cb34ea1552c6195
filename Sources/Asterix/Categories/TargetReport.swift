/// Category 048: one report per target and turn of a radar's antenna.
///
/// Source: EUROCONTROL-SPEC-0149-4, edition 1.32.
public enum TargetReport {
  public static let area = Field(1, 0, 8, .code, "SAC")
  public static let identification = Field(1, 8, 8, .code, "SIC")
  /// Seconds after midnight UTC.
  public static let timeOfDay = Field(2, 0, 24, .unsigned, step: 0x1p-7, "", unit: "s")
  /// 0 none, 1 PSR, 2 SSR, 3 SSR + PSR, 4 and 6 Mode S all-call, 5 and 7 roll-call; 6 and 7 with PSR.
  public static let type = Field(3, 0, 3, .code, "TYP")
  public static let isSimulated = Field(3, 3, 1, .code, "SIM")
  public static let specialPulse = Field(3, 5, 1, .code, "SPI")
  /// From a fixed field monitor: no target.
  public static let isFieldMonitor = Field(3, 6, 1, .code, "RAB")
  public static let isTest = Field(3, part: 1, 0, 1, .code, "TST")
  /// The range is longer than the field reaches (256 NM); the right one is in the reserved expansion.
  public static let isBeyondRange = Field(3, part: 1, 1, 1, .code, "ERR")
  /// 0 not asked, 1 friend, 2 unknown, 3 no reply.
  public static let friend = Field(3, part: 1, 5, 2, .code, "FOEFRI")
  /// Slant range.
  public static let range = Field(4, 0, 16, .unsigned, step: 0x1p-8, "RHO", unit: "NM")
  /// Clockwise from north.
  public static let azimuth = Field(
    4, 16, 16, .unsigned, step: 360 * 0x1p-16, "THETA", unit: "deg")
  public static let isModeAInvalid = Field(5, 0, 1, .code, "V")
  public static let modeA = Field(5, 4, 12, .octal, "MODE3A")
  /// Pressure height.
  public static let flightLevel = Field(6, 2, 14, .signed, step: 0.25, "FL", unit: "FL")
  public static let replyRunLength = Field(
    7, part: 0, 0, 8, .unsigned, step: 360 * 0x1p-13, "SRL", unit: "deg")
  public static let replyAmplitude = Field(7, part: 2, 0, 8, .signed, "SAM", unit: "dBm")
  public static let primaryRunLength = Field(
    7, part: 3, 0, 8, .unsigned, step: 360 * 0x1p-13, "PRL", unit: "deg")
  public static let primaryAmplitude = Field(7, part: 4, 0, 8, .signed, "PAM", unit: "dBm")
  public static let address = Field(8, 0, 24, .hexadecimal, "")
  public static let trackNumber = Field(11, 4, 12, .code, "TRN")
  public static let east = Field(12, 0, 16, .signed, step: 0x1p-7, "X", unit: "NM")
  public static let north = Field(12, 16, 16, .signed, step: 0x1p-7, "Y", unit: "NM")
  public static let speed = Field(13, 0, 16, .unsigned, step: 0x1p-14, "GSP", unit: "NM/s")
  public static let heading = Field(
    13, 16, 16, .unsigned, step: 360 * 0x1p-16, "HDG", unit: "deg")
  /// Measured by a 3D radar, above mean sea level; the field ends at 204,775 ft.
  public static let height = Field(19, 2, 14, .signed, step: 25, "3DH", unit: "ft")

  static let items: [Item?] = [
    Item("010", "Data Source Identifier", .fixed(2), [area, identification]),
    Item("140", "Time of Day", .fixed(3), [timeOfDay]),
    Item("020", "Target Report Descriptor", .extended, descriptor),
    Item("040", "Measured Position in Polar Coordinates", .fixed(4), [range, azimuth]),
    Item(
      "070", "Mode 3/A Code", .fixed(2),
      [isModeAInvalid] + Field.codes(5, from: 1, [("G", 1), ("L", 1)]) + [modeA]),
    Item(
      "090", "Flight Level", .fixed(2), Field.codes(6, [("V", 1), ("G", 1)]) + [flightLevel]),
    Item("130", "Radar Plot Characteristics", .compound(octets(7)), character),
    Item("220", "Aircraft Address", .fixed(3), [address]),
    Item("240", "Aircraft Identification", .fixed(6), [Field(9, 0, 48, .characters, "")]),
    Item("250", "Mode S MB Data", .repetitive(8)),
    Item("161", "Track Number", .fixed(2), [trackNumber]),
    Item("042", "Calculated Position in Cartesian Coordinates", .fixed(4), [east, north]),
    Item("200", "Calculated Track Velocity in Polar Coordinates", .fixed(4), [speed, heading]),
    Item("170", "Track Status", .extended),
    Item("210", "Track Quality", .fixed(4)),
    Item("030", "Warning/Error Conditions", .repetitiveByFX(1)),
    Item("080", "Mode 3/A Code Confidence", .fixed(2)),
    Item("100", "Mode C Code and Confidence", .fixed(4)),
    Item("110", "Height Measured by a 3D Radar", .fixed(2), [height]),
    Item("120", "Radial Doppler Speed", .compound([.fixed(2), .repetitive(6)])),
    Item("230", "Communications/ACAS Capability", .fixed(2)),
    Item("260", "ACAS Resolution Advisory", .fixed(7)),
    Item("055", "Mode 1 Code", .fixed(1)),
    Item("050", "Mode 2 Code", .fixed(2)),
    Item("065", "Mode 1 Code Confidence", .fixed(1)),
    Item("060", "Mode 2 Code Confidence", .fixed(2)),
    Item("SP", "Special Purpose Field", .explicit),
    Item("RE", "Reserved Expansion Field", .explicit),
  ]

  private static let descriptor =
    [type, isSimulated, Field(3, 4, 1, .code, "RDP"), specialPulse, isFieldMonitor, isTest]
    + [isBeyondRange] + Field.codes(3, part: 1, from: 2, [("XPP", 1), ("ME", 1), ("MI", 1)])
    + [friend]

  private static let character = [
    replyRunLength, Field(7, part: 1, 0, 8, .code, "SRR"), replyAmplitude, primaryRunLength,
    primaryAmplitude, Field(7, part: 5, 0, 8, .signed, step: 0x1p-8, "RPD", unit: "NM"),
    Field(7, part: 6, 0, 8, .signed, step: 360 * 0x1p-14, "APD", unit: "deg"),
  ]

  static let core = [
    area, identification, timeOfDay, type, isSimulated, specialPulse, isFieldMonitor, friend,
    range, azimuth, east, north, modeA, isModeAInvalid, flightLevel, height, replyRunLength,
    replyAmplitude, primaryRunLength, primaryAmplitude, trackNumber, speed, heading, address,
  ]
}

/// So many subfields of one octet each.
func octets(_ count: Int) -> [ItemForm?] { Array(repeating: .fixed(1), count: count) }

extension Category {
  public static let targetReports = Category(
    48, edition: "1.32", title: "Monoradar Target Reports", items: TargetReport.items,
    core: TargetReport.core, mandatory: ["010", "140", "020"])
}
