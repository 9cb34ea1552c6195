import Foundation

/// `/api/v3/alerts` and `/api/v3/alerts/{id}` of ukrainealarm: regions, each with the alerts that are on.
///
/// Source: the public client `uasiren` 0.0.1; no official document is known.
public struct RegionStates: Hashable, Sendable {
  public var regions: [Region]
  public var faults: [UkraineFault] = []

  public struct Region: Hashable, Sendable {
    public var id: String
    /// `State`, `District`, `Community`.
    public var type: String
    public var name: String
    public var englishName: String?
    public var updated: String?
    public var alerts: [RegionAlert]

    public init(
      id: String, type: String = "State", name: String, englishName: String? = nil,
      updated: String? = nil, alerts: [RegionAlert]
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.englishName = englishName
      self.updated = updated
      self.alerts = alerts
    }
  }

  public init(_ regions: [Region]) { self.regions = regions }

  public init(_ bytes: [UInt8]) throws(UnreadableUkraineAlerts) {
    let rows: [Lenient<Row>] = try UkraineJSON.read(bytes)
    regions = []
    for (index, row) in rows.enumerated() {
      do throws(UkraineFault) {
        regions.append(try Region(try row.get(index + 1), index + 1, &faults))
      } catch {
        faults.append(error)
      }
    }
  }

  public var bytes: [UInt8] { UkraineJSON.write(regions.map(Row.init)) }

  fileprivate struct Row: Codable {
    var regionId: TextOrNumber
    var regionType: String?
    var regionName: String?
    var regionEngName: String?
    var lastUpdate: String?
    var activeAlerts: [Lenient<Alert>]?

    struct Alert: Codable {
      var regionId: TextOrNumber?
      var regionType: String?
      var type: String
      var lastUpdate: String?
    }

    init(_ region: Region) {
      regionId = TextOrNumber(text: region.id)
      regionType = region.type
      regionName = region.name
      regionEngName = region.englishName
      lastUpdate = region.updated
      activeAlerts = region.alerts.map { alert in
        .value(
          Alert(
            regionId: TextOrNumber(text: alert.region), regionType: region.type,
            type: alert.kind.alarm, lastUpdate: alert.started))
      }
    }
  }
}

extension RegionStates.Region {
  fileprivate init(
    _ row: RegionStates.Row, _ number: Int, _ faults: inout [UkraineFault]
  ) throws(UkraineFault) {
    guard let name = row.regionName, !name.isEmpty else {
      throw UkraineFault(place: "region \(number), regionName", text: "is missing; left out")
    }
    var alerts: [RegionAlert] = []
    for (index, entry) in (row.activeAlerts ?? []).enumerated() {
      do throws(UkraineFault) {
        let alert = try entry.get(index + 1)
        alerts.append(
          RegionAlert(
            region: alert.regionId?.text ?? row.regionId.text, title: name,
            kind: RegionAlert.Kind(alert.type), started: alert.lastUpdate))
      } catch {
        faults.append(UkraineFault(place: "region \(number), \(error.place)", text: error.text))
      }
    }
    self.init(
      id: row.regionId.text, type: row.regionType ?? "", name: name,
      englishName: row.regionEngName, updated: row.lastUpdate, alerts: alerts)
  }
}

/// `/api/v3/regions`: the regions of one level, without any below.
public struct RegionList: Hashable, Sendable {
  public var regions: [RegionStates.Region]

  public init(_ regions: [RegionStates.Region]) { self.regions = regions }

  public var bytes: [UInt8] {
    UkraineJSON.write(
      File(
        states: regions.map {
          Row(regionId: $0.id, regionName: $0.name, regionType: $0.type, regionChildIds: [])
        }))
  }

  private struct File: Encodable { var states: [Row] }

  private struct Row: Encodable {
    var regionId: String
    var regionName: String
    var regionType: String
    var regionChildIds: [String]
  }
}
