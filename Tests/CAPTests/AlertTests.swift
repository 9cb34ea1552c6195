import CAP
import Testing

@Suite struct `An alert` {
  static let cyclone = Alert(
    identifier: "urn:oid:2.49.0.1.999.0.7", sender: "watch@example.org",
    sent: Moment(seconds: 1_779_666_540, offset: -420), status: .actual, kind: .update,
    codes: ["tocsin"],
    references: [
      Reference(
        sender: "watch@example.org", identifier: "urn:oid:2.49.0.1.999.0.6",
        sent: Moment(seconds: 1_779_660_000))
    ], incidents: ["Cyclone Ana", "ana"],
    infos: [
      Info(
        language: "en", categories: [.meteorological], event: "Cyclone & flood",
        responses: [.shelter], urgency: .immediate, severity: .extreme, certainty: .observed,
        expires: Moment(seconds: 1_779_680_000, offset: 240), senderName: "Watch",
        headline: "\"Now\" < then", web: "https://example.org/?a=1&b=2",
        parameters: [NamedValue("seconds", "90")],
        areas: [
          Area(
            description: "North",
            polygons: [
              Polygon(points: [
                Coordinate(latitude: -20, longitude: 57.4),
                Coordinate(latitude: -20.2, longitude: 57.4),
                Coordinate(latitude: -20.2, longitude: 57.700001),
                Coordinate(latitude: -20, longitude: 57.4),
              ])
            ], circles: [Circle(center: Coordinate(latitude: 0, longitude: 0.000001), radius: 2)],
            geocodes: [NamedValue("zone", "north")])
        ])
    ])

  @Test func `says the same after it was written and read`() throws {
    let reading = Reading(try Self.cyclone.write())
    #expect(reading.faults == [])
    #expect(reading.alert == Self.cyclone)
    #expect(reading.version == .v12)
  }

  @Test(arguments: [
    (#"a "b c" "" d"#, ["a", "b c", "d"]), (#""""#, []), ("\"a\tb\" c", ["a\tb", "c"]),
  ])
  func `keeps its addresses, and none that is empty`(text: String, addresses: [String]) throws {
    let place = "<scope>Public</scope>"
    let bytes = Array(
      Specimen.plain.replacing(place, with: place + "<addresses>\(text)</addresses>").utf8)
    let alert = try #require(Reading(bytes).alert)
    #expect(alert.addresses == addresses)
    #expect(Reading(try alert.write()).alert?.addresses == addresses)
  }

  @Test func `is not written when any rule or advice forbids it`() {
    var alert = Self.cyclone
    alert.references = []
    #expect(throws: UnfitAlert.self) { try alert.write() }
    alert = Self.cyclone
    alert.infos[0].areas[0].polygons[0].points[0].latitude = .nan
    #expect(throws: UnfitAlert.self) { try alert.write() }
    alert = Self.cyclone
    alert.infos[0].expires = nil
    #expect(throws: UnfitAlert.self) { try alert.write() }
    alert = Self.cyclone
    alert.status = nil
    #expect(throws: UnfitAlert.self) { try alert.write() }
    alert = Self.cyclone
    alert.infos[0].description = nil
    #expect(throws: UnfitAlert.self) { try alert.write(for: [.google]) }
  }

  @Test func `of CAP 1_0 is read with its names of that time`() throws {
    let text = """
      <alert xmlns="http://www.incident.com/cap/1.0"><identifier>KSTO1</identifier>
      <sender>KSTO@NWS.NOAA.GOV</sender><sent>2003-06-17T14:57:00-07:00</sent>
      <status>Actual</status><msgType>Alert</msgType><password>x</password><scope>Public</scope>
      <info><event>STORM</event><urgency>Immediate</urgency><severity>Severe</severity>
      <certainty>Very Likely</certainty><eventCode>same=SVR</eventCode>
      <expires>2003-06-17T16:00:00Z</expires>
      <area><areaDesc>COUNTY</areaDesc><geocode>fips6=006109</geocode></area></info></alert>
      """
    let reading = Reading(Array(text.utf8))
    #expect(reading.version == .v10)
    #expect(
      reading.faults.map(\.rule).filter {
        $0 != .expiresBeforeEffective && $0 != .expiresBeforeSent
      } == [.oldVersion])
    let info = try #require(reading.alert?.infos.first)
    #expect(info.certainty == .likely)
    #expect(info.eventCodes == [NamedValue("same", "SVR")])
    #expect(info.areas[0].geocodes == [NamedValue("fips6", "006109")])
  }

  @Test func `is read as far as it can be identified`() throws {
    let text = Specimen.changed("<status>Actual", "<status>Real")
      .replacing("2026-05-24T16:49:00-07:00", with: "2026-05-24T23:49:00Z")
      .replacing("<polygon>-20.0,57.4", with: "<polygon>-20.0,NaN")
    let alert = try #require(Reading(Array(text.utf8)).alert)
    #expect(alert.status == nil)
    #expect(alert.sent == Moment(seconds: 1_779_666_540))
    #expect(alert.infos[0].areas[0].polygons == [])
    #expect(alert.infos[0].areas[0].circles.count == 1)
    #expect(
      Reading(Array(text.replacing("<sender>watch@example.org</sender>", with: "").utf8)).alert
        == nil)
    // Without an offset nobody knows which moment is meant.
    #expect(
      Reading(
        Array(Specimen.changed("<sent>2026-05-24T16:49:00-07:00", "<sent>2026-05-24T16:49:00").utf8)
      ).alert == nil)
  }
}

@Suite struct `A moment` {
  @Test(arguments: [
    "1970-01-01T00:00:00-00:00", "2026-05-24T16:49:00-07:00", "2024-02-29T23:59:59+05:45",
    "1969-12-31T23:59:59-00:00", "2000-03-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
  ])
  func `is written as it was read`(text: String) throws {
    let xml = Specimen.plain.replacing("<sent>2026-05-24T16:49:00-07:00", with: "<sent>" + text)
    #expect(try #require(Reading(Array(xml.utf8)).alert).sent.description == text)
  }

  @Test func `is written for mail and HTTP by the same calendar`() {
    #expect(Moment(seconds: 0).mail == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(Moment(seconds: 1_779_666_540, offset: -420).mail == "Sun, 24 May 2026 23:49:00 GMT")
    #expect(Moment(seconds: -1).mail == "Wed, 31 Dec 1969 23:59:59 GMT")
  }
}
