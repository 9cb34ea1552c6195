// Categories 063 and 065 come mixed with 062. Nothing of their content is read; but their records are told
// apart, so that every record of such a stream has its place.

extension Category {
  /// Category 063: what a tracker knows of its radars.
  ///
  /// Source: EUROCONTROL-SPEC-0149-10, edition 1.6.
  public static let sensorStatus = Category(
    63, edition: "1.6", title: "Sensor Status Messages",
    items: [
      Item("010", "Data Source Identifier", .fixed(2)),
      Item("015", "Service Identification", .fixed(1)),
      Item("030", "Time of Message", .fixed(3)),
      Item("050", "Sensor Identifier", .fixed(2)),
      Item("060", "Sensor Configuration and Status", .extended),
      Item("070", "Time Stamping Bias", .fixed(2)),
      Item("080", "SSR/Mode S Range Gain and Bias", .fixed(4)),
      Item("081", "SSR/Mode S Azimuth Bias", .fixed(2)),
      Item("090", "PSR Range Gain and Bias", .fixed(4)),
      Item("091", "PSR Azimuth Bias", .fixed(2)),
      Item("092", "PSR Elevation Bias", .fixed(2)),
      nil,
      Item("RE", "Reserved Expansion Field", .explicit),
      Item("SP", "Special Purpose Field", .explicit),
    ])

  /// Category 065: how a tracker is.
  ///
  /// Source: EUROCONTROL-SPEC-0149-12, edition 1.5.
  public static let systemStatus = Category(
    65, edition: "1.5", title: "SDPS Service Status Reports",
    items: [
      Item("010", "Data Source Identifier", .fixed(2)),
      Item("000", "Message Type", .fixed(1)),
      Item("015", "Service Identification", .fixed(1)),
      Item("030", "Time of Message", .fixed(3)),
      Item("020", "Batch Number", .fixed(1)),
      Item("040", "SDPS Configuration and Status", .fixed(1)),
      Item("050", "Service Status Report", .fixed(1)),
      nil, nil, nil, nil, nil,
      Item("RE", "Reserved Expansion Field", .explicit),
      Item("SP", "Special Purpose Field", .explicit),
    ])
}
