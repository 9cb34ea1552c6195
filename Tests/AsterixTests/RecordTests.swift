import Asterix
import Foundation
import Testing

@Suite struct `A record` {
  @Test func `of a radar gives its plot in the units of the specification`() throws {
    let record = try #require(Stream(Stream.plot).records.first)
    #expect(record[TargetReport.timeOfDay] == 43_200)
    #expect(record[TargetReport.azimuth] == 225)
    #expect(record[TargetReport.height] == 31_000)
    #expect(record[TargetReport.east] == -8.8359375)
    #expect(record.code(TargetReport.type) == 1)
    #expect(record[TargetReport.modeA] == nil)
    #expect(record[TargetReport.isTest] == nil)
  }

  @Test func `of a tracker gives the track with its accuracies`() throws {
    let record = try #require(Stream(Stream.track).records.first)
    #expect(abs((record[SystemTrack.latitude] ?? 0) - 31.5) < 1e-5)
    #expect(record[SystemTrack.velocityNorth] == -100)
    #expect(record[SystemTrack.altitude] == 10_000)
    #expect(record.code(SystemTrack.heightSource) == 2)
    #expect(record[SystemTrack.accuracyX] == 50)
    #expect(record[SystemTrack.covariance] == 20)
    #expect(record[SystemTrack.accuracyAltitude] == 100)
    #expect(record[SystemTrack.accuracyLatitude] == nil)
  }

  @Test func `prints as a line with units, and with the octets of what is not read`() throws {
    let marker = try #require(Stream(Stream.northMarker).records.first)
    #expect(
      RecordLine.core(marker, offset: 3)
        == #"{"off":3,"len":20,"cat":34,"010/SAC":25,"010/SIC":201,"000":1,"030":43200.0,"041":4.0,"#
        + #""120/HGT":250.0,"120/LAT":34.69978094100952,"120/LON":32.89980411529541}"#)
    #expect(
      RecordLine.full(marker, offset: 3)
        == #"{"off":3,"len":20,"cat":34,"010":{"SAC":25,"SIC":201},"000":{"value":1},"030":{"s":43200.0},"#
        + #""041":{"s":4.0},"050":{"NOGO":1,"RDPC":0,"RDPR":0,"OVLRDP":0,"OVLXMT":0,"MSC":0,"TSV":0,"octets":"8080"},"#
        + #""120":{"HGT_m":250.0,"LAT_deg":34.69978094100952,"LON_deg":32.89980411529541}}"#)
  }

  @Test func `is put together from values, octet by octet as another wrote it`() throws {
    var draft = RecordDraft(.targetReports)
    try draft.set(TargetReport.height, 31_000)
    try draft.set(TargetReport.area, 25)
    try draft.set(TargetReport.identification, 201)
    try draft.set(TargetReport.timeOfDay, 43_200)
    try draft.set(TargetReport.type, 1)
    try draft.set(TargetReport.range, 12.5)
    try draft.set(TargetReport.azimuth, 225)
    try draft.set(TargetReport.trackNumber, 0xABC)
    try draft.set(TargetReport.east, -8.8359)
    try draft.set(TargetReport.north, -8.8359)
    try draft.set(TargetReport.speed, 0.3)
    try draft.set(TargetReport.heading, 45)
    #expect(DataBlock.octets(.targetReports, [draft.octets]) == octets(Stream.plot))
  }

  @Test func `is put together with extents and subfields, which bring their maps`() throws {
    var draft = RecordDraft(.systemTracks)
    try draft.set(SystemTrack.isCoasted, 1)
    try draft.set(SystemTrack.accuracyAltitude, 100)
    // FSPEC 0x01 0x05 0x01 0x04: items 080 and 500.
    #expect(draft.octets == octets("01 05 01 04  01 01 01 80  10 10"))
  }

  @Test(arguments: [-1, 256, .infinity, .nan] as [Double])
  func `refuses a value that its field cannot hold`(range: Double) {
    var draft = RecordDraft(.targetReports)
    #expect(throws: UnwritableValue.self) { try draft.set(TargetReport.range, range) }
  }

  @Test func `knows a saturated field`() {
    #expect(SystemTrack.climbRate.isSaturated(204_793.75))
    #expect(SystemTrack.climbRate.isSaturated(-204_800))
    #expect(!SystemTrack.climbRate.isSaturated(204_787.5))
  }

  @Test func `that makes no sense says why`() throws {
    func said(_ text: String) -> String? { Stream(text).records.first?.implausibility?.description }
    #expect(said(Stream.plot) == nil)
    #expect(said("300006 80 19C9") == "I048/140 is missing, which every record has")
    #expect(
      said("30000A E0 19C9 A8C000 20") == "I048/140 is 86400.0 s, later than 24 h")
    #expect(
      said(Stream.track.replacingOccurrences(of: "00599999", with: "01599999"))
        == "I062/105 is not on the Earth")
  }
}

@Suite struct `The tables` {
  @Test(arguments: Category.all.map(\.number))
  func `have every field inside its item, and none over another`(number: UInt8) throws {
    let category = try #require(Category.numbered(number))
    for (index, item) in category.items.enumerated() {
      var taken: [UInt8: Set<Int>] = [:]
      for field in item?.fields ?? [] {
        #expect(Int(field.item) == index + 1, "\(item?.name ?? "") \(field.name)")
        let size = bits(of: item?.form, part: Int(field.part))
        #expect(Int(field.bit) + Int(field.width) <= size, "\(item?.name ?? "") \(field.name)")
        let bits = Set(Int(field.bit)..<Int(field.bit) + Int(field.width))
        #expect(taken[field.part, default: []].isDisjoint(with: bits), "\(field.name)")
        taken[field.part, default: []].formUnion(bits)
      }
    }
  }

  private func bits(of form: ItemForm?, part: Int) -> Int {
    switch form {
    case .fixed(let size): Int(size) * 8
    case .extended: 7
    case .compound(let parts): bits(of: parts[part], part: 0)
    default: 0
    }
  }

  @Test func `stand in the documentation`() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
        "Docs/ASTERIX.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for category in Category.all {
      for item in category.items.compactMap({ $0 }) where !item.fields.isEmpty {
        let keys = item.fields.map { "`\($0.key)`" }.joined(separator: " ")
        let row = "| \(item.name) | \(item.title) | \(keys) |"
        #expect(text.contains(row), "\(row)")
      }
    }
  }
}
