import Foundation

/// `/v1/alerts/active.json` of alerts.in.ua: every alert that is on.
///
/// Source: the public client `alerts-in-ua` 0.4.0; no official document is known.
public struct ActiveAlerts: Hashable, Sendable {
  public var alerts: [RegionAlert]
  /// When the service last changed anything: `2026/03/01 16:33:10 +0000`.
  public var updated: String?
  public var disclaimer: String?
  /// Entries that could not be read; each costs itself and no other.
  public var faults: [UkraineFault] = []

  public init(_ alerts: [RegionAlert], updated: String?, disclaimer: String? = nil) {
    self.alerts = alerts
    self.updated = updated
    self.disclaimer = disclaimer
  }

  public init(_ bytes: [UInt8]) throws(UnreadableUkraineAlerts) {
    let file: File = try UkraineJSON.read(bytes)
    alerts = []
    updated = file.meta?.last_updated_at
    disclaimer = file.disclaimer
    for (index, entry) in file.alerts.enumerated() {
      do throws(UkraineFault) {
        alerts.append(try RegionAlert(try entry.get(index + 1), index + 1))
      } catch {
        faults.append(error)
      }
    }
  }

  public var bytes: [UInt8] {
    UkraineJSON.write(
      File(
        alerts: alerts.map { .value(Row($0)) },
        meta: .init(last_updated_at: updated, type: "full"), disclaimer: disclaimer))
  }

  /// `2026/03/01 16:33:10 +0000` as RFC 3339, `2026-03-01T16:33:10+00:00`; `nil` for another form.
  public static func rfc3339(ofUpdate text: String) -> String? {
    let parts = text.split(separator: " ")
    guard parts.count == 3, parts[2].count == 5 else { return nil }
    let day = parts[0].replacingOccurrences(of: "/", with: "-")
    return "\(day)T\(parts[1])\(parts[2].prefix(3)):\(parts[2].suffix(2))"
  }

  // Named as the format names them.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct File: Codable {
    var alerts: [Lenient<Row>]
    var meta: Meta?
    var disclaimer: String?

    struct Meta: Codable {
      var last_updated_at: String?
      var type: String?
    }
  }

  // Named as the format names them.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  fileprivate struct Row: Codable {
    var id: Int?
    var location_title: String?
    var location_type: String?
    var started_at: String?
    var finished_at: String?
    var updated_at: String?
    var alert_type: String?
    var location_uid: TextOrNumber?
    var location_oblast: String?
    var location_oblast_uid: TextOrNumber?
    var alert_level: String?
    var threats: [String]?

    init(_ alert: RegionAlert) {
      id = alert.id
      location_title = alert.title
      location_type = alert.size?.rawValue
      started_at = alert.started
      finished_at = alert.finished
      updated_at = alert.updated
      alert_type = alert.kind.inUA
      location_uid = TextOrNumber(text: alert.region)
      location_oblast = alert.title
      location_oblast_uid = TextOrNumber(text: alert.region, isNumber: true)
      alert_level = "red"
      threats = []
    }
  }
}

extension RegionAlert {
  fileprivate init(_ row: ActiveAlerts.Row, _ number: Int) throws(UkraineFault) {
    guard let title = row.location_title, !title.isEmpty else {
      throw UkraineFault(place: "alert \(number), location_title", text: "is missing; left out")
    }
    guard let word = row.alert_type else {
      throw UkraineFault(place: "alert \(number), alert_type", text: "is missing; left out")
    }
    self.init(
      id: row.id, region: row.location_uid?.text ?? "", title: title,
      size: row.location_type.flatMap { Size(rawValue: $0) }, kind: Kind(word),
      started: row.started_at, finished: row.finished_at, updated: row.updated_at)
  }
}
