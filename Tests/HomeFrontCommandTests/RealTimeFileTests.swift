import HomeFrontCommand
import Testing

@Suite struct `The real-time file` {
  static let alert = RealTimeAlert(
    id: "134398584500000000", number: 1, title: "ירי רקטות וטילים",
    zones: ["אשקלון - דרום", "שדרות, איבים", "כפר הרי''ף וצומת ראם"],
    instruction: "היכנסו למרחב המוגן")
  static let json =
    #"{"id": "134398584500000000", "cat": "1", "title": "ירי רקטות וטילים", "#
    + #""data": ["אשקלון - דרום", "שדרות, איבים", "כפר הרי''ף וצומת ראם"], "desc": "היכנסו למרחב המוגן"}"#
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isLittleEndian ? bytes : bytes.reversed()
    }
  }

  static let forms: [[UInt8]] = [
    Array(json.utf8), mark + Array((json + "\r\n").utf8), Array(("   " + json + "\r\n").utf8),
    [0xFF, 0xFE] + utf16(json, isLittleEndian: true),
    [0xFE, 0xFF] + utf16(json, isLittleEndian: false),
    utf16(json, isLittleEndian: true), [0, 0] + Array(json.utf8) + [0, 0, 0x0D, 0x0A],
    Array(("[" + json + "]").utf8),
  ]

  @Test(arguments: forms)
  func `gives the same alert in every form it has been seen in`(bytes: [UInt8]) throws {
    #expect(try RealTimeFile(bytes).alert == Self.alert)
  }

  @Test(arguments: [
    [], mark, mark + [0x0D, 0x0A], [0xFF, 0xFE], [0, 0, 0], Array("  \r\n".utf8), Array("{}".utf8),
    Array("[]".utf8),
  ])
  func `says that nothing is on, in every form of nothing`(bytes: [UInt8]) throws {
    #expect(try RealTimeFile(bytes).alert == nil)
  }

  @Test func `is not calm when a web page comes, access is denied, or it is cut off`() {
    func fault(_ text: String) -> UnreadableFeed? {
      do throws(UnreadableFeed) {
        _ = try RealTimeFile(Array(text.utf8))
        return nil
      } catch { return error }
    }
    guard case .page = fault("<html><a href='/errorpage_adom/'>") else {
      Issue.record("a page")
      return
    }
    #expect(fault("<title>Access Denied</title>") == .accessDenied)
    guard case .notJSON = fault(String(Self.json.dropLast(20))) else {
      Issue.record("a cut file")
      return
    }
    guard case .otherShape = fault(#"{"id":"1","cat":"1"}"#) else {
      Issue.record("no data")
      return
    }
  }

  @Test func `keeps what can be read and says what could not`() throws {
    let file = try RealTimeFile(Array(#"{"id":134398584500000000,"data":["זיקים",7,""]}"#.utf8))
    #expect(file.alert?.zones == ["זיקים"])
    #expect(file.alert?.id == "134398584500000000")
    #expect(file.faults.map(\.place) == ["cat", "title", "data, name 2", "data, name 3"])
  }

  @Test(arguments: [#""""#, #"[""]"#, #"[" "]"#])
  func `names no zone where a name is blank`(data: String) throws {
    let file = try RealTimeFile(Array(#"{"id":"1","cat":"1","title":"","data":\#(data)}"#.utf8))
    #expect(file.alert?.zones == [])
  }

  @Test func `is written in the one form that all clients accept`() throws {
    let bytes = RealTimeFile(Self.alert).bytes
    #expect(bytes.starts(with: Array("   {".utf8)))
    #expect(bytes.suffix(3).elementsEqual(Array("}\r\n".utf8)))
    #expect(try RealTimeFile(bytes).alert == Self.alert)
    #expect(RealTimeFile(nil).bytes.isEmpty)
  }
}

@Suite struct `A category` {
  @Test(arguments: 1...28)
  func `of the history is read and written alike`(number: Int) throws {
    let category = try #require(AlertCategory(history: number))
    #expect(AlertCategory(history: category.historyNumber) == category)
    #expect(category.isDrill == (number > 14))
  }

  @Test func `two means one thing in the history and another in the real-time file`() {
    #expect(AlertCategory(history: 2)?.kind == .aircraft)
    #expect(AlertCategory(realTime: 2, title: "")?.kind == .unconventional)
    #expect(AlertCategory(realTime: 6, title: "")?.kind == .aircraft)
  }

  @Test func `ten is an early warning or an end by its title alone`() {
    func kind(_ title: String) -> AlertCategory.Kind? {
      AlertCategory(realTime: 10, title: title)?.kind
    }
    #expect(kind("בדקות הקרובות צפויות להתקבל התרעות באזורך") == .earlyWarning)
    #expect(kind("ירי רקטות וטילים - האירוע הסתיים") == .ended)
    #expect(kind("ירי רקטות וטילים - הארוע הסתיים") == .ended)
    #expect(kind("עדכון") == nil)
    #expect(kind("האירוע הסתיים, בדקות הקרובות צפויות התרעות") == nil)
  }

  @Test func `of a drill is never that of real danger`() {
    for kind in AlertCategory.Kind.allCases {
      let (live, drill) = (AlertCategory(kind), AlertCategory(kind, isDrill: true))
      #expect(live.historyNumber + 14 == drill.historyNumber)
      #expect(live.realTimeNumber.map { $0 + 100 } == drill.realTimeNumber)
    }
    #expect(AlertCategory(realTime: 101, title: "")?.isDrill == true)
  }
}

@Suite struct `An alert's id` {
  @Test func `is a file time of a whole second`() {
    #expect(AlertID.id(unixSeconds: 1_795_384_850) == "134398584500000000")
    #expect(AlertID.unixSeconds("134398584500000000") == 1_795_384_850)
    #expect(AlertID.unixSeconds("7") == nil)
    #expect(AlertID.unixSeconds("x") == nil)
  }
}
