import Testing
import TocsinModel
import TocsinSources

private func zone(_ id: String, _ name: Texts) -> Zone {
  Zone(
    id: id, name: name, area: Area(polygons: []), label: Position(latitude: 31, longitude: 34))
}

private let names = ZoneNames([
  zone("1", ["he": "כפר חב'ד", "en": "Kfar Habad"]),
  zone("2", ["he": "ביר הדאג'", "en": "Bir Hadaj"]),
  zone("3", ["he": "אשדוד - א,ב,ד,ה", "en": "Ashdod - A, B"]), zone("4", ["he": "שדרות, איבים"]),
  zone("5", ["he": "ניר עם", "ru": "Нир-Ам"]), zone("6", ["he": "בית חג\"י"]),
  zone("7", ["he": "כפר מצר", "en": "Kafr Misr"]), zone("8", ["he": "מסר", "en": "Kafr Misr"]),
  zone("9", ["he": "גת"]), zone("10", ["he": "ג'ת"]),
])

@Suite struct `A name as a feed writes it` {
  @Test(
    arguments: [
      ("כפר חב'ד", ["1"]), ("כפר חב''ד", ["1"]), ("כפר חב\"ד", ["1"]), ("כפר חב״ד", ["1"]),
      ("כפר חב׳ד", ["1"]), ("כפר חב’ד", ["1"]), ("  כפר   חב'ד ", ["1"]),
      ("\u{200F}כפר\u{A0}חב'ד\u{200E}", ["1"]), ("'ביר הדאג", ["2"]), ("ביר הדאג''", ["2"]),
      ("בית חג''י", ["6"]), ("בית חג'י", ["6"]), ("אשדוד - א,ב,ד,ה", ["3"]),
      ("אשדוד – א, ב, ד, ה", ["3"]),
      ("kfar HABAD", ["1"]), ("НИР-АМ", ["5"]), ("גת", ["9"]), ("ג'ת", ["10"]),
      ("שדרות, איבים, ניר עם", ["4", "5"]), ("ניר עם,כפר חב''ד", ["5", "1"]),
      ("אשדוד", []), ("כפר חבד", []), ("", []), (",", []), (", ,", []), ("'", []),
      ("Nowhere, Elsewhere", []),
    ] as [(String, [String])])
  func `is joined to its zones and to no other`(name: String, zones: [String]) throws {
    #expect(try names.zones(named: name) == zones)
  }

  @Test func `tells its unknown parts`() {
    let match = names.match("ניר עם, מקום אחר")
    #expect(match.zones == ["5"] && match.unknown == ["מקום אחר"] && !match.isWhole)
    #expect(names.match("א, ב").unknown == ["א, ב"])
  }

  @Test func `that several zones have is told and not guessed`() {
    let refusal = #expect(throws: AmbiguousName.self) { try names.zones(named: "Kafr Misr") }
    #expect(refusal == AmbiguousName(name: "Kafr Misr", zones: ["7", "8"]))
    let match = names.match("Kfar Habad, Kafr Misr")
    #expect(match.zones == ["1"] && match.ambiguous.map(\.zones) == [["7", "8"]])
  }

  @Test(.enabled(if: SharedData.has("zones/cities.json")))
  func `finds every real zone, also where alerts write two apostrophes`() throws {
    let zones = try ZoneFile.read(SharedData.path("zones")).zones
    let names = ZoneNames(zones)
    for zone in zones { #expect(try names.zones(named: zone.name["he"]) == [zone.id]) }
    let doubled = """
      בני עי'ש, גבעת כ'ח, גבעת ניל'י, דוב'ב, יד רמב'ם, ייט'ב, כפר ביל'ו, כפר הרא'ה, כפר הרי'ף וצומת ראם, \
      כפר חב'ד, כפר מל'ל, כרם מהר'ל, מצפה אבי'ב, מרכז מיר'ב, נווה אטי'ב, ניר ח'ן, נתיב הל'ה, עין הנצי'ב, \
      פעמי תש'ז, תלמי ביל'ו
      """.split(separator: ", ").map { String($0).replacing("'", with: "''") }
    #expect(doubled.count == 20)
    for name in doubled { #expect(try names.zones(named: name).count == 1, "\(name)") }
  }
}
