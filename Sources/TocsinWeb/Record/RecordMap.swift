import Foundation
import TocsinModel

/// The zones that an incident names, drawn without any tiles; it shows nothing finer than a zone.
struct RecordMap {
  private let named: [Zone]
  private let around: [Zone]
  private let language: String
  private let box: (west: Double, south: Double, east: Double, north: Double)
  private static let width = 800.0

  init?(_ named: [Zone], all: [String: Zone], _ language: String) {
    let corners = named.flatMap(\.area.rings).flatMap { $0 }
    guard let west = corners.map(\.longitude).min(), let east = corners.map(\.longitude).max(),
      let south = corners.map(\.latitude).min(), let north = corners.map(\.latitude).max()
    else { return nil }
    let pad = max(0.02, (east - west) * 0.1)
    let box = (west: west - pad, south: south - pad, east: east + pad, north: north + pad)
    self.named = named
    self.language = language
    self.box = box
    let ids = Set(named.map(\.id))
    around = all.values.filter { zone in
      !ids.contains(zone.id) && zone.label.longitude > box.west && zone.label.longitude < box.east
        && zone.label.latitude > box.south && zone.label.latitude < box.north
    }.sorted { $0.id < $1.id }
  }

  /// One degree of longitude is shorter than one of latitude.
  private var stretch: Double { cos((box.south + box.north) / 2 * .pi / 180) }
  private var scale: Double { Self.width / ((box.east - box.west) * stretch) }
  private var height: Double { (box.north - box.south) * scale }

  private func point(_ position: Position) -> (x: Int, y: Int) {
    (
      Int((position.longitude - box.west) * stretch * scale),
      Int((box.north - position.latitude) * scale)
    )
  }

  var svg: Markup {
    let quiet = around.map { zone -> Markup in "<path class=\"z\" d=\"\(path(zone))\"/>" }
    let loud = named.map { zone -> Markup in
      "<path class=\"z-named\" data-zone=\"\(zone.id)\" d=\"\(path(zone))\"><title>\(zone.name[language])</title></path>"
    }
    let labels = named.map { zone -> Markup in
      let place = point(zone.label)
      return
        "<text data-zone=\"\(zone.id)\" x=\"\(place.x)\" y=\"\(place.y)\">\(zone.name[language])</text>"
    }
    return
      "<svg class=\"record-map\" viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" role=\"img\"><title>\(named.map { $0.name[language] }.joined(separator: ", "))</title>\(Markup.join(quiet))\(Markup.join(loud))\(Markup.join(labels))</svg>"
  }

  private func path(_ zone: Zone) -> String {
    zone.area.rings.map { ring in
      ring.enumerated().map { index, corner in
        let place = point(corner)
        return "\(index == 0 ? "M" : "L")\(place.x) \(place.y)"
      }.joined() + "Z"
    }.joined()
  }
}
