import Foundation
import TocsinModel

/// The 90 % ellipses of single flights at ten seconds, with the impacts, about the first radar; under them the outlines
/// of zones.
struct EllipseMap {
  private struct Drawn {
    var radar: String
    var center: Offset
    var spread: Forecast.Covariance
    var impact: Offset
  }

  private let zones: [Zone]
  private var ellipses: [Drawn] = []
  private var plane: Plane?

  static let after = 10.0
  /// Standard deviations from the middle of a 90 % ellipse to its edge.
  private static let size = (2 * log(10.0)).squareRoot()
  /// Of the square map on its picture.
  private static let (left, top, width) = (20.0, 40.0, 680.0)

  init(_ zones: [Zone]) { self.zones = zones }

  mutating func add(_ forecasts: [Forecast], _ truth: FlightTruth, radar: Radar) {
    guard truth.kind == .single, let member = truth.members.first, let impact = member.impact,
      let moment = member.firstPlot.map({ $0 + .seconds(Self.after) }),
      member.isForeseeable(at: moment),
      let forecast = forecasts.last(where: { $0.time <= moment + .milliseconds(1) }),
      !forecast.ended
    else { return }
    let plane = plane ?? Plane(around: radar.position)
    self.plane = plane
    ellipses.append(
      Drawn(
        radar: truth.radar, center: plane.offset(of: forecast.impact), spread: forecast.covariance,
        impact: plane.offset(of: impact.place)))
  }

  /// Meters from the radar to the edge: everything drawn lies on it whole.
  private var reach: Double {
    ellipses.reduce(5_000) { reach, drawn in
      let east = drawn.spread.eastEast.squareRoot() * Self.size
      let north = drawn.spread.northNorth.squareRoot() * Self.size
      return max(
        reach, abs(drawn.center.east) + east, abs(drawn.center.north) + north,
        abs(drawn.impact.east), abs(drawn.impact.north))
    } * 1.05
  }

  var svg: String {
    let reach = reach
    let scale = Self.width / 2 / reach
    let radars = Set(ellipses.map(\.radar)).sorted()
    let colors = Dictionary(
      uniqueKeysWithValues: radars.enumerated().map { ($1, Chart.Look($0).color) })
    let width = max(840, 760 + 8 * (radars.map { $0.count + 6 }.max() ?? 0))
    let height = max(740, 80 + 18 * radars.count)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" \
      font-size="13" fill="#222">
      <rect width="\(width)" height="\(height)" fill="#fff"/>
      <text x="20" y="24" font-size="16">90 % ellipses ten seconds after the first plot, and the \
      impacts (dots)</text>
      <clipPath id="map"><rect x="20" y="40" width="680" height="680"/></clipPath>
      \(outlines(reach, scale))<line x1="40" x2="\(40 + 10_000 * scale)" y1="728" y2="728" stroke="#222" \
      stroke-width="3"/>
      <text x="\(48 + 10_000 * scale)" y="733">10 km, north up</text>

      """
    for drawn in ellipses { text += Self.ellipse(drawn, scale, colors[drawn.radar] ?? "#222") }
    for drawn in ellipses {
      let impact = Self.point(drawn.impact, scale)
      text += String(
        format: "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"#222\"/>\n", impact.x, impact.y)
    }
    text += """
      <path d="M352 380h16M360 372v16" stroke="#222"/>
      <text x="368" y="394">radar</text>

      """
    for (index, radar) in radars.enumerated() {
      let row = Self.top + 16 + Double(index) * 18
      text += """
        <ellipse cx="724" cy="\(row - 4)" rx="12" ry="6" fill="\(colors[radar] ?? "")" fill-opacity="0.12" \
        stroke="\(colors[radar] ?? "")"/>
        <text x="742" y="\(row)">radar \(radar.svgText)</text>

        """
    }
    return text + "</svg>\n"
  }

  private static func point(_ offset: Offset, _ scale: Double) -> (x: Double, y: Double) {
    (
      left + width / 2 + offset.east * scale, top + width / 2 - offset.north * scale
    )
  }

  private static func ellipse(_ drawn: Drawn, _ scale: Double, _ color: String) -> String {
    let spread = drawn.spread
    let angle = 0.5 * atan2(2 * spread.eastNorth, spread.eastEast - spread.northNorth)
    let middle = (spread.eastEast + spread.northNorth) / 2
    let half =
      (pow((spread.eastEast - spread.northNorth) / 2, 2) + pow(spread.eastNorth, 2)).squareRoot()
    let center = point(drawn.center, scale)
    return String(
      format: """
        <ellipse cx="%.1f" cy="%.1f" rx="%.1f" ry="%.1f" transform="rotate(%.1f %.1f %.1f)" \
        fill="%@" fill-opacity="0.12" stroke="%@"/>

        """, center.x, center.y, (middle + half).squareRoot() * size * scale,
      max(middle - half, 0).squareRoot() * size * scale, -angle * 180 / .pi, center.x, center.y,
      color, color)
  }

  /// Of the zones that reach into the map.
  private func outlines(_ reach: Double, _ scale: Double) -> String {
    guard let plane else { return "" }
    let rings = zones.flatMap(\.area.rings).map { $0.map { plane.offset(of: $0) } }
      .filter { $0.contains { abs($0.east) <= reach && abs($0.north) <= reach } }
    guard !rings.isEmpty else { return "" }
    let path = rings.map { ring in
      let corners = ring.map { corner in
        let point = Self.point(corner, scale)
        return String(format: "%.1f %.1f", point.x, point.y)
      }
      return "M" + corners.joined(separator: "L") + "Z"
    }
    return "<path clip-path=\"url(#map)\" d=\"\(path.joined())\" fill=\"none\" stroke=\"#bbb\" "
      + "stroke-width=\"0.7\"/>\n"
  }
}
