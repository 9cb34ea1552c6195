/// Category 034: what a radar says about itself; its pulse.
///
/// Source: EUROCONTROL-SPEC-0149-2b, edition 1.29.
public enum ServiceMessage {
  public static let area = Field(1, 0, 8, .code, "SAC")
  public static let identification = Field(1, 8, 8, .code, "SIC")
  /// 1 north marker, 2 sector crossing, 3 geographical filter, 4 jamming strobe, 5 solar storm, 6 SSR jamming,
  /// 7 Mode S jamming.
  public static let type = Field(2, 0, 8, .code, "")
  /// Seconds after midnight UTC.
  public static let timeOfDay = Field(3, 0, 24, .unsigned, step: 0x1p-7, "", unit: "s")
  public static let sector = Field(4, 0, 8, .unsigned, step: 360 * 0x1p-8, "", unit: "deg")
  public static let rotationPeriod = Field(5, 0, 16, .unsigned, step: 0x1p-7, "", unit: "s")
  /// 1: the radar must not be used.
  public static let isInhibited = Field(6, part: 0, 0, 1, .code, "NOGO")
  /// 1: its times cannot be trusted.
  public static let isTimeInvalid = Field(6, part: 0, 6, 1, .code, "TSV")
  public static let height = Field(11, 0, 16, .signed, "HGT", unit: "m")
  public static let latitude = Field(11, 16, 24, .signed, step: 180 * 0x1p-23, "LAT", unit: "deg")
  public static let longitude = Field(
    11, 40, 24, .signed, step: 180 * 0x1p-23, "LON", unit: "deg")

  static let items: [Item?] = [
    Item("010", "Data Source Identifier", .fixed(2), [area, identification]),
    Item("000", "Message Type", .fixed(1), [type]),
    Item("030", "Time of Day", .fixed(3), [timeOfDay]),
    Item("020", "Sector Number", .fixed(1), [sector]),
    Item("041", "Antenna Rotation Period", .fixed(2), [rotationPeriod]),
    Item(
      "050", "System Configuration and Status",
      .compound([.fixed(1), nil, nil, .fixed(1), .fixed(1), .fixed(2)]),
      [isInhibited]
        + Field.codes(
          6, from: 1, [("RDPC", 1), ("RDPR", 1), ("OVLRDP", 1), ("OVLXMT", 1), ("MSC", 1)])
        + [isTimeInvalid]),
    Item(
      "060", "System Processing Mode",
      .compound([.fixed(1), nil, nil, .fixed(1), .fixed(1), .fixed(1)])),
    Item("070", "Message Count Values", .repetitive(2)),
    Item("100", "Generic Polar Window", .fixed(8)),
    Item("110", "Data Filter", .fixed(1)),
    Item("120", "3D Position of Data Source", .fixed(8), [height, latitude, longitude]),
    Item("090", "Collimation Error", .fixed(2)),
    Item("RE", "Reserved Expansion Field", .explicit),
    Item("SP", "Special Purpose Field", .explicit),
  ]

  static let core = [
    area, identification, type, timeOfDay, sector, rotationPeriod, height, latitude, longitude,
  ]
}

extension Category {
  public static let serviceMessages = Category(
    34, edition: "1.29", title: "Monoradar Service Messages", items: ServiceMessage.items,
    core: ServiceMessage.core, mandatory: ["010", "000"])
}
