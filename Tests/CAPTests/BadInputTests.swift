import CAP
import Foundation
import Testing

@Suite struct `A document that is none` {
  private func rules(_ bytes: [UInt8]) -> [Rule] { Reading(bytes).faults.map(\.rule) }
  private func rules(_ text: String) -> [Rule] { rules(Array(text.utf8)) }

  @Test(arguments: [
    "<!DOCTYPE alert><alert/>",
    "<!DOCTYPE alert [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><alert>&x;</alert>",
    "<!DOCTYPE alert SYSTEM \"http://127.0.0.1:1/a.dtd\"><alert/>",
    "<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><alert>&b;</alert>",
  ])
  func `is refused for any DOCTYPE, unread`(text: String) {
    let reading = Reading(Array(text.utf8))
    #expect(reading.faults.map(\.rule) == [.doctype])
    #expect(reading.alert == nil)
  }

  @Test func `is refused when it is deep, large, empty or cut off`() {
    #expect(rules(String(repeating: "<a>", count: 100_000)) == [.notWellFormed])
    let deep =
      String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
    #expect(rules(deep) == [.notWellFormed])
    #expect(rules([UInt8](repeating: 0x20, count: Reading.limit + 1)) == [.tooLarge])
    #expect(rules([]) == [.empty])
    #expect(rules("   ") == [.notWellFormed])
    #expect(rules(String(Specimen.plain.dropLast(40))) == [.notWellFormed])
    #expect(rules("{\"alert\": 1}") == [.notWellFormed])
    #expect(rules("<html><body>503</body></html>") == [.notCAP])
    #expect(rules("<alert><identifier>a</identifier></alert>") == [.notCAP])
    #expect(rules("<x:alert><x:identifier/></x:alert>") == [.notWellFormed])
    #expect(rules([0, 0, 0, 0]) == [.notWellFormed])
    #expect(rules([0xFF, 0xFE]) == [.notWellFormed])
    #expect(rules("<alert>&undeclared;</alert>") == [.notWellFormed])
  }

  @Test func `is refused when its bytes are not of its encoding`() throws {
    var bytes = Array(Specimen.plain.utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "C")))
    bytes[place + 400] = 0xFF
    #expect(rules(bytes) == [.notWellFormed])
    #expect(
      rules(Specimen.plain.replacing("encoding=\"UTF-8\"", with: "encoding=\"klingon\""))
        == [.notWellFormed])
  }

  @Test func `names the line where it stops being well-formed`() throws {
    let text = Specimen.changed("</category>", "</kategory>")
    let fault = try #require(Reading(Array(text.utf8)).faults.first)
    #expect(fault.line == 13)
    #expect(fault.rule == .notWellFormed)
  }

  @Test func `lists at most a thousand faults and says how many more`() {
    let flood = Specimen.changed("<info>", String(repeating: "<bad/>", count: 200_000) + "<info>")
    let faults = Reading(Array(flood.utf8)).faults
    #expect(faults.count == 1001)
    #expect(faults.contains { $0.rule == .more && $0.text.hasPrefix("199000 more") })
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not hold up the reader with a border of a hundred thousand points`() {
    var points: [String] = []
    for step in 0..<100_000 {
      // Every side spans the whole width, so that all could meet all.
      points.append("\(Double(step) * 0.0005),\(step % 2 == 0 ? 0 : 100)")
    }
    points.append("60,0")
    points.append(points[0])
    let text = Specimen.changed(
      "<polygon>-20.0,57.4 -20.2,57.4 -20.2,57.7 -20.0,57.4",
      "<polygon>" + points.joined(separator: " "))
    let rules = Set(rules(text))
    #expect(rules.contains(.polygonUnchecked) || rules.contains(.polygonCrossing))
  }
}

@Suite struct `An encoding` {
  @Test(arguments: [String.Encoding.utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .isoLatin1])
  func `is read, whichever it is`(encoding: String.Encoding) throws {
    let name: String? =
      switch encoding {
      case .utf8: "UTF-8"
      case .isoLatin1: "ISO-8859-1"
      default: "UTF-16"
      }
    let text = Specimen.plain.replacing("UTF-8", with: name ?? "")
    let mark: [UInt8] =
      switch encoding {
      case .utf8: [0xEF, 0xBB, 0xBF]
      case .utf16LittleEndian: [0xFF, 0xFE]
      case .utf16BigEndian: [0xFE, 0xFF]
      default: []
      }
    let reading = Reading(mark + Array(try #require(text.data(using: encoding))))
    #expect(reading.faults == [])
    #expect(reading.alert?.infos.last?.instruction == "Mettez-vous à l'abri.")
  }
}
