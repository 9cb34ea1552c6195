import Foundation

/// The answers for small devices of alerts.in.ua: one letter a region, in a JSON string.
///
/// Source: the public client `alerts-in-ua` 0.4.0.
public enum RegionLetters {
  public enum State: Hashable, Sendable {
    /// No region has this number.
    case unknown
    case calm, active, partly
  }

  /// The regions of `active_air_raid_alerts_by_oblast.json`, in its fixed order.
  public static let oblasts = [
    "Автономна Республіка Крим", "Волинська область", "Вінницька область",
    "Дніпропетровська область", "Донецька область", "Житомирська область",
    "Закарпатська область", "Запорізька область", "Івано-Франківська область", "м. Київ",
    "Київська область", "Кіровоградська область", "Луганська область", "Львівська область",
    "Миколаївська область", "Одеська область", "Полтавська область", "Рівненська область",
    "м. Севастополь", "Сумська область", "Тернопільська область", "Харківська область",
    "Херсонська область", "Хмельницька область", "Черкаська область", "Чернівецька область",
    "Чернігівська область",
  ]

  /// - Parameter version: 2 tells red from yellow alerts; all of ours are red.
  public static func bytes(_ states: [State], version: Int = 1) -> [UInt8] {
    Array(("\"" + states.map { letter($0, version) }.joined() + "\"").utf8)
  }

  private static func letter(_ state: State, _ version: Int) -> String {
    switch state {
    case .unknown: " "
    case .calm: "N"
    case .active: version == 2 ? "R" : "A"
    case .partly: "P"
    }
  }

  /// Letters of either version.
  public static func read(_ bytes: [UInt8]) throws(UnreadableUkraineAlerts) -> [State] {
    let text: String = try UkraineJSON.read(bytes)
    var states: [State] = []
    for letter in text {
      switch letter {
      case " ": states.append(.unknown)
      case "N": states.append(.calm)
      case "A", "R", "Y": states.append(.active)
      case "P": states.append(.partly)
      default: throw .unreadable("'\(letter)' is none of the letters A, R, Y, P, N")
      }
    }
    return states
  }
}
