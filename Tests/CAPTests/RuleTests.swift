import CAP
import Testing

@Suite struct `A rule of CAP` {
  @Test func `finds nothing in a message that keeps them all, in any profile`() {
    #expect(Specimen.rules(Specimen.plain, Profile.allCases) == [])
  }

  /// A change and the one rule that it breaks.
  static let breaks: [(old: String, new: String, rule: Rule)] = [
    // Schema.
    ("<scope>Public</scope>", "", .missing),
    ("<status>Actual</status>", "<status>Actual </status>", .value),
    ("<status>Actual</status>", "<status>actual</status>", .value),
    ("<msgType>Alert</msgType>", "<msgType></msgType>", .value),
    ("<language>en-US</language>", "<language>en_US</language>", .value),
    ("<size>3</size>", "<size>3.0</size>", .value),
    ("<altitude>10</altitude>", "<altitude>1e1</altitude>", .value),
    ("<altitude>10</altitude>", "<altitude>NaN</altitude>", .value),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T23:49:00Z", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T23:49:00z", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24t16:49:00-07:00", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00-0700", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00.5-07:00", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00-14:01", .time),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-02-29T16:49:00-07:00", .time),
    ("<expires>2026-05-24T22:49:00-07:00", "<expires>2026-05-24 22:49:00-07:00", .time),
    ("<category>Met</category>", "<category>Met</category>text", .strayText),
    ("<category>Met</category>", "<category code=\"1\">Met</category>", .attribute),
    ("<web>", "<Web>x</Web><web>", .unknown),
    ("<event>Cyclone</event>", "<event>Cyclone<b>!</b></event>", .unknown),
    ("<headline>", "<x:y xmlns:x=\"urn:x\"/><headline>", .unknown),
    ("<event>Cyclone</event>", "<event>Cyclone</event><event>Storm</event>", .repeated),
    (
      "<urgency>Expected</urgency>\n    <severity>Severe</severity>",
      "<severity>Severe</severity>\n    <urgency>Expected</urgency>", .order
    ),
    ("<mimeType>image/png</mimeType>", "", .missing),
    // Header.
    ("<identifier>urn", "<identifier>a urn", .identifierForm),
    ("<identifier>urn", "<identifier>a,urn", .identifierForm),
    ("<identifier>urn", "<identifier>a&amp;urn", .identifierForm),
    ("<sender>watch", "<sender>&lt;watch", .senderForm),
    ("<sender>watch@example.org", "<sender>", .senderForm),
    ("<status>Actual", "<status>Exercise", .noteMissing),
    ("<msgType>Alert", "<msgType>Update", .referencesMissing),
    ("<msgType>Alert", "<msgType>Cancel", .referencesMissing),
    ("<msgType>Alert", "<msgType>Ack", .referencesAdvised),
    ("<info>", "<references>a,b</references><info>", .referencesForm),
    ("<info>", "<references>a,,2026-05-24T16:49:00-07:00</references><info>", .referencesForm),
    ("<info>", "<references>a,b,2026-05-24T16:49:00Z</references><info>", .referencesForm),
    (
      "<info>",
      "<references>watch@example.org,urn:oid:2.49.0.1.999.0.1,2026-05-24T16:49:00-07:00</references><info>",
      .referencesItself
    ),
    ("<info>", "<references>a,b,2026-05-25T16:49:00-07:00</references><info>", .referencesLater),
    ("<scope>Public", "<scope>Restricted", .restrictionMissing),
    (
      "<scope>Public</scope>", "<scope>Public</scope><restriction>us</restriction>",
      .restrictionMismatch
    ),
    ("<scope>Public", "<scope>Private", .addressesMissing),
    ("<scope>Public</scope>", "<scope>Public</scope><addresses>\"a b</addresses>", .quotes),
    // Info.
    ("<event>Cyclone", "<event> ", .eventEmpty),
    ("<valueName>SAME", "<valueName>", .nameEmpty),
    ("<value>HUW", "<value>", .valueEmpty),
    ("<value>Take shelter", "<value>", .parameterEmpty),
    ("<expires>2026-05-24T22:49:00-07:00</expires>", "", .expiresMissing),
    (
      "<expires>2026-05-24T22:49:00-07:00",
      "<effective>2026-05-25T00:00:00-07:00</effective><expires>2026-05-24T22:49:00-07:00",
      .expiresBeforeEffective
    ),
    (
      "<expires>2026-05-24T22:49:00-07:00", "<expires>2026-05-24T22:49:00-00:00", .expiresBeforeSent
    ),
    ("<expires>", "<onset>2026-05-01T00:00:00-07:00</onset><expires>", .longBeforeSent),
    ("<headline>Cyclone", "<headline>" + String(repeating: "x", count: 160), .headlineLong),
    ("<web>https://example.org/now", "<web>www.example.org", .web),
    ("<web>https://example.org/now", "<web>/now", .web),
    ("<description>A", "<description>&lt;b&gt;A", .tags),
    ("<description>A", "<description>&amp;eacute; A", .entities),
    ("<description>Un cyclone arrive.", "<description>A cyclone comes.", .sameText),
    // Files.
    ("<mimeType>image/png", "<mimeType>png", .mimeType),
    (
      "<uri>https://example.org/a.png</uri><derefUri>YWJj</derefUri>", "<uri>a.png</uri>",
      .uriRelative
    ),
    ("<derefUri>YWJj", "<derefUri>YW!j", .contentForm),
    (
      "<size>3</size><uri>https://example.org/a.png</uri><derefUri>YWJj</derefUri>",
      "<size>-3</size>", .sizeNegative
    ),
    ("<size>3", "<size>4", .sizeMismatch),
    ("<digest>a9993e36", "<digest>zz", .digestForm),
    ("<digest>a9993e36", "<digest>a9993e37", .digestMismatch),
    // Places.
    ("<areaDesc>North", "<areaDesc>", .areaDescriptionEmpty),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-20.0,NaN -20.2", .coordinateForm),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-20.0,inf -20.2", .coordinateForm),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-20.0, 57.4 -20.2", .coordinateForm),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-20.0,57.4,8 -20.2", .coordinateForm),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-2e1,57.4 -20.2", .coordinateForm),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>91,57.4 -20.2", .coordinateRange),
    ("<polygon>-20.0,57.4 -20.2", "<polygon>-20.0,180.1 -20.2", .coordinateRange),
    ("<polygon>-20.0,57.4 -20.2,57.4 -20.2,57.7 -20.0,57.4", "<polygon>", .polygonEmpty),
    (
      "<polygon>-20.0,57.4 -20.2,57.4 -20.2,57.7", "<polygon>-20.0,57.4 -20.2,57.7",
      .polygonTooShort
    ),
    ("57.7 -20.0,57.4</polygon>", "57.7 -20.0,57.5</polygon>", .polygonOpen),
    (
      "-20.2,57.7 -20.0,57.4</polygon>", "-20.0,57.7 -20.2,57.6 -20.0,57.4</polygon>",
      .polygonCrossing
    ),
    (
      "<polygon>-20.0,57.4 -20.2,57.4 -20.2,57.7 -20.0,57.4",
      "<polygon>-20.0,179 -20.2,179 -20.2,-179 -20.0,179", .polygonAntimeridian
    ),
    ("<circle>-20.1,57.5 12.5", "<circle>-20.1,57.5", .circleForm),
    ("<circle>-20.1,57.5 12.5", "<circle>-20.1,57.5 NaN", .circleForm),
    ("<circle>-20.1,57.5 12.5", "<circle>-20.1,57.5 -1", .circleRadius),
    ("<circle>-20.1,57.5 12.5", "<circle>-91,57.5 1", .coordinateRange),
    ("<circle>-20.1,57.5 12.5", "<circle>-20.1,57.5 0", .circleZero),
    ("<altitude>10</altitude>", "", .ceilingAlone),
    ("<altitude>10", "<altitude>300", .ceilingBelow),
  ]

  @Test(arguments: breaks)
  func `finds the one fault that a message has, and its line`(old: String, new: String, rule: Rule)
    throws
  {
    let text = Specimen.changed(old, new)
    let faults = Reading(Array(text.utf8)).faults
    #expect(Set(faults.map(\.rule)).contains(rule), "\(faults.map(\.description))")
    // A time before it was sent is before it takes effect too, and so on: no more than one besides.
    #expect(faults.count <= 2, "\(faults.map(\.description))")
    for fault in faults {
      #expect(fault.path.hasPrefix("alert"))
      #expect(fault.line >= 2 && fault.line <= 70)
    }
  }

  @Test func `names line and element of what it finds`() throws {
    let text = Specimen.changed("<altitude>10", "<altitude>300")
    let fault = try #require(Reading(Array(text.utf8)).faults.first)
    #expect(
      fault.description
        == "37: error: ceiling_below_altitude: alert/info[1]/area/ceiling: is 200.0 feet, below the "
        + "altitude of 300.0")
  }

  @Test func `hints at swapped axes where the numbers show them`() throws {
    let text = Specimen.changed("<circle>-20.1,57.5 12.5", "<circle>157.5,-20.1 12.5")
    #expect(try #require(Reading(Array(text.utf8)).faults.first).text.contains("swapped"))
  }

  @Test(arguments: [
    ("<language>en-US</language>", "<language/>"), ("<language>en-US</language>", ""),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent> 2026-05-24T16:49:00-07:00\n"),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00-00:00"),
    ("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00+00:00"),
    ("<description>A", "<description>Waves &lt; 2 m and &gt; 1 m. A"),
    ("<description>A", "<description>Fish &amp; chips; A"),
    ("<altitude>10</altitude>", "<altitude>+.5</altitude>"),
    ("<scope>Public</scope>", "<scope>Public</scope><addresses>\"a b\" c</addresses>"),
    ("<polygon>-20.0,57.4", "<polygon>\n-20.0,57.40\t"),
    ("</alert>", "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"/></alert>"),
    ("<alert xmlns=", "<!-- a --><alert xmlns="),
  ])
  func `lets pass what the standard lets pass`(old: String, new: String) {
    #expect(Specimen.rules(Specimen.changed(old, new)) == [])
  }
}

@Suite struct `A profile's rule` {
  static let breaks: [(profile: Profile, old: String, new: String, rule: Rule)] = [
    (.ipaws, "<code>IPAWSv1.0</code>", "", .ipawsCode),
    (.ipaws, "<value>HUW", "<value>hurricane", .ipawsSAME),
    (.ipaws, "<valueName>SAME", "<valueName>NONE", .ipawsSAME),
    (.ipaws, "<category>Met", "<category>Geo", .ipawsCategories),
    (.ipaws, "<value>HUW", "<value>TRW", .ipawsEventCodes),
    (.ipaws, "<expires>2026-05-24T22:49:00-07:00</expires>", "", .ipawsExpires),
    (.ipaws, "<value>Take shelter", "<value>" + String(repeating: "x", count: 91), .ipawsCellText),
    (
      .ipaws, "<valueName>CMAMtext</valueName><value>Take shelter",
      "<valueName>CMAMlongtext</valueName><value>" + String(repeating: "x", count: 361),
      .ipawsCellText
    ),
    (.ipaws, "<msgType>Alert", "<msgType>Update", .ipawsReferences),
    (.ipaws, "<value>006001", "<value>6001", .ipawsGeocode),
    (.ipaws, "<instruction>Take shelter.</instruction>", "", .ipawsTexts),
    (.ipaws, "<expires>", "<onset>2026-05-24T20:00:00-07:00</onset><expires>", .ipawsIgnored),
    (.wmo, "2.49.0.1.999", "2.49.0.0.999", .wmoIdentifier),
    (.wmo, "<identifier>urn:oid:", "<identifier>", .wmoIdentifierForm),
    (.wmo, "<expires>2026-05-24T22:49:00-07:00</expires>", "", .wmoExpires),
    (.wmo, "<urgency>Expected", "<urgency>Unknown", .wmoUnknown),
    (.wmo, "<event>Cyclone", "<event>" + String(repeating: "x", count: 36), .wmoEventLong),
    (.google, "<description>A cyclone comes.</description>", "", .googleDescription),
    (.google, "<web>https://example.org/now</web>", "", .googleWeb),
    (.google, "<expires>2026-05-24T22:49:00-07:00</expires>", "", .googleExpires),
    (.google, "<expires>2026-05-24T22", "<expires>2026-05-24T12", .googleExpired),
    (.google, "<category>Met", "<category>Geo", .googleCategories),
    (.google, "<value>HUW", "<value>TRW", .googleEventCodes),
    (.google, "<msgType>Alert", "<msgType>Cancel", .googleReferences),
    (
      .google, "-20.2,57.7 -20.0,57.4</polygon>", "-20.0,57.7 -20.2,57.6 -20.0,57.4</polygon>",
      .googleCrossing
    ),
    (.google, "<circle>-20.1,57.5 12.5", "<circle>-20.1,57.5 0", .googleZero),
    (.google, "<contact>watch@example.org</contact>", "", .googleAdvised),
    (.google, "<severity>Severe", "<severity>Unknown", .googleUnknown),
    (
      .google, "<headline>Cyclone", "<headline>" + String(repeating: "x", count: 145),
      .googleHeadline
    ),
    (.capcp, "<code>profile:CAP-CP:0.4</code>", "", .canadaCode),
    (.capcp, "<msgType>Alert", "<msgType>Update", .canadaReferences),
    (.capcp, "<valueName>profile:CAP-CP:Event:0.4", "<valueName>Event", .canadaEvent),
    (.capcp, "<value>HUW", "<value>TRW", .canadaEventsDiffer),
    (.capcp, "<valueName>profile:CAP-CP:Location:0.3", "<valueName>Location", .canadaLocation),
    (.capcp, "<language>fr-CA", "<language>es", .canadaAdvised),
  ]

  @Test(arguments: breaks)
  func `finds what the profile forbids and the standard may allow`(
    profile: Profile, old: String, new: String, rule: Rule
  ) {
    let text = Specimen.changed(old, new)
    #expect(Specimen.rules(text, [profile]).contains(rule))
    #expect(!Specimen.rules(text).contains(rule))
  }

  @Test func `wants an area and an info`() {
    let bare = Specimen.plain.split(separator: "<area>")[0] + "</info></alert>"
    #expect(Specimen.rules(String(bare), [.ipaws]).contains(.ipawsArea))
    #expect(Specimen.rules(String(bare), [.google]).contains(.googleArea))
    #expect(Specimen.rules(String(bare), [.capcp]).contains(.canadaArea))
    let head = Specimen.plain.split(separator: "<info>")[0] + "</alert>"
    #expect(Specimen.rules(String(head), [.ipaws]).contains(.ipawsInfo))
    #expect(Specimen.rules(String(head), [.google]).contains(.googleInfo))
    #expect(Specimen.rules(String(head), [.capcp]).contains(.canadaInfo))
    let placeless = Specimen.changed(
      "<circle>-20.1,57.5 12.5</circle>\n      <geocode>", "<!-- -->\n      <geocode>")
    #expect(!Specimen.rules(placeless, [.google]).contains(.googlePlace))
  }

  @Test func `wants a place in each area`() {
    let text = Specimen.plain.split(separator: "<polygon>")[0] + "</area></info></alert>"
    #expect(Specimen.rules(String(text), [.google]).contains(.googlePlace))
  }
}
