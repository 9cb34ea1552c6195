import Foundation

/// One zone as the lists of the Home Front Command and of Tzofar have it.
public struct ListedZone: Hashable, Sendable {
  /// The number that the lists know it by.
  public var number: Int
  /// By `he`, `en`, `ar`, `ru`.
  public var names: [String: String]
  public var area: Int
  public var areaNames: [String: String]
  public var shelterSeconds: Int
  public var latitude: Double
  public var longitude: Double

  public init(
    number: Int, names: [String: String], area: Int, areaNames: [String: String],
    shelterSeconds: Int, latitude: Double, longitude: Double
  ) {
    self.number = number
    self.names = names
    self.area = area
    self.areaNames = areaNames
    self.shelterSeconds = shelterSeconds
    self.latitude = latitude
    self.longitude = longitude
  }

  func name(_ language: String) -> String { names[language] ?? names["he"] ?? names["en"] ?? "" }
  func areaName(_ language: String) -> String {
    areaNames[language] ?? areaNames["he"] ?? areaNames["en"] ?? ""
  }
}

/// The lists that clients load once, to know zones by name.
public struct ZoneLists: Hashable, Sendable {
  public var zones: [ListedZone]

  public init(_ zones: [ListedZone]) { self.zones = zones }

  /// `GetDistricts.aspx?lang=`.
  public func districts(_ language: String) -> [UInt8] {
    JSONBytes.of(zones.map { District($0, language, mix: nil) })
  }

  /// `GetCitiesMix.aspx?lang=` and `/districts/cities_heb.json`.
  public func citiesMix(_ language: String) -> [UInt8] {
    JSONBytes.of(
      zones.map {
        District(
          $0, language, mix: "\($0.name(language)) | <span>\($0.areaName(language))</span>")
      })
  }

  // Named as the format names them.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct District: Encodable {
    var label: String
    var value: String
    var id: String
    var areaid: Int
    var areaname: String?
    var mixname: String?
    var label_he: String
    var migun_time: Int

    init(_ zone: ListedZone, _ language: String, mix: String?) {
      label = zone.name(language)
      value = String(zone.number)
      id = String(zone.number)
      areaid = zone.area
      areaname = mix == nil ? zone.areaName(language) : nil
      mixname = mix
      label_he = zone.name("he")
      migun_time = zone.shelterSeconds
    }
  }

  /// `GetAlarmInstructions.aspx?lang=`: how long each zone has to shelter.
  public func instructions(_ language: String) -> [UInt8] {
    JSONBytes.of(["notes": zones.map { Note($0, language) }])
  }

  // Named as the format names them.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct Note: Encodable {
    var code: String
    var area_id: Int
    var zone_name: String
    var heb_name: String
    var area_name: String
    var areaname: String
    var time_notes: String
    var mode = ""
    var colorCode = ""

    init(_ zone: ListedZone, _ language: String) {
      code = String(zone.number)
      area_id = zone.area
      zone_name = zone.areaName(language)
      heb_name = zone.name("he")
      area_name = zone.name(language)
      areaname = zone.name(language)
      time_notes = String(zone.shelterSeconds)
    }
  }

  /// `/static/cities.json` of Tzofar. One client reads fields by their place, so their order is the format.
  public var tzofar: [UInt8] {
    let languages = ["he", "en", "ru", "ar", "es"]
    let cities = zones.map { zone in
      let names = languages.map { "\"\($0)\":\(Self.quoted(zone.name($0)))" }
      return
        "\(Self.quoted(zone.name("he"))):{\"id\":\(zone.number),\(names.joined(separator: ",")),"
        + "\"area\":\(zone.area),\"countdown\":\(Self.countdown(zone.shelterSeconds)),"
        + "\"lat\":\(zone.latitude),\"lng\":\(zone.longitude)}"
    }
    var areas: [Int: String] = [:]
    for zone in zones {
      let names = languages.map { "\"\($0)\":\(Self.quoted(zone.areaName($0)))" }
      areas[zone.area] = "\"\(zone.area)\":{\(names.joined(separator: ","))}"
    }
    let listed = areas.sorted { $0.key < $1.key }.map(\.value)
    return Array(
      "{\"cities\":{\(cities.joined(separator: ","))},\"areas\":{\(listed.joined(separator: ","))}}"
        .utf8)
  }

  /// The longest of the times that the format has which is no longer than the zone's.
  static func countdown(_ seconds: Int) -> Int {
    [180, 90, 60, 45, 30, 15].first { $0 <= seconds } ?? 0
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: JSONBytes.of(text), as: UTF8.self)
  }

  // MARK: Texts and categories

  /// One instruction in the four languages of `alertsTranslation.json`.
  public struct Translation: Hashable, Sendable {
    public var category: AlertCategory
    /// By `he`, `en`, `ru`, `ar`.
    public var titles: [String: String]
    public var instructions: [String: String]

    public init(
      category: AlertCategory, titles: [String: String], instructions: [String: String]
    ) {
      self.category = category
      self.titles = titles
      self.instructions = instructions
    }
  }

  public static func translations(_ translations: [Translation]) -> [UInt8] {
    JSONBytes.of(translations.map(TranslationRow.init))
  }

  private struct TranslationRow: Encodable {
    var heb, eng, rus, arb: String
    var hebTitle, engTitle, rusTitle, arbTitle: String
    var catId: Int
    var matrixCatId: Int
    var updateType = "-"

    init(_ row: Translation) {
      heb = row.instructions["he"] ?? ""
      eng = row.instructions["en"] ?? heb
      rus = row.instructions["ru"] ?? eng
      arb = row.instructions["ar"] ?? eng
      hebTitle = row.titles["he"] ?? row.category.title
      engTitle = row.titles["en"] ?? hebTitle
      rusTitle = row.titles["ru"] ?? engTitle
      arbTitle = row.titles["ar"] ?? engTitle
      catId = row.category.historyNumber
      matrixCatId = row.category.realTimeNumber ?? 0
    }
  }

  /// `/alerts/alertCategories.json`: the history's numbers 1 to 28 with their names.
  public static var categories: [UInt8] {
    let names = [
      "missilealert", "uav", "nonconventional", "warning", "memorialday1", "memorialday2",
      "earthquakealert1", "earthquakealert2", "cbrne", "terrorattack", "tsunami", "hazmat",
      "update", "flash",
    ]
    let all = names + names.map { $0 + "drill" }
    return JSONBytes.of(
      all.enumerated().map { index, name in
        CategoryRow(
          id: index + 1, cat: name,
          matrixId: AlertCategory(history: index + 1)?.realTimeNumber ?? 0, priority: index + 1)
      })
  }

  private struct CategoryRow: Encodable {
    var id: Int
    var cat: String
    var matrixId: Int
    var priority: Int
  }
}
