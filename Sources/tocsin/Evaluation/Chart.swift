import Foundation

/// A plain chart as SVG: axes, a grid, lines with a legend.
struct Chart {
  var title: String
  var across: (label: String, from: Double, to: Double, marks: [Double])
  var up: (label: String, from: Double, to: Double, marks: [Double])
  /// Of the vertical axis.
  var isLogarithmic = false
  private var body = ""
  /// What its lines stand for: each entry's drawing in its place, and its words.
  private var legend: [(drawing: String, words: String)] = []

  /// A color and a mark on it, so that no two of thirty lines look alike, nor two by color alone.
  struct Look {
    let color: String
    private let mark: Int

    static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]

    init(_ index: Int) {
      color = Self.colors[index % 6]
      mark = index % 5
    }

    /// A circle, a square, a triangle, a diamond or a cross about a point.
    func mark(_ x: Double, _ y: Double) -> String {
      let path =
        switch mark {
        case 0: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
        case 1: "m-3.5-3.5h7v7h-7z"
        case 2: "m0-5l5 8.5h-10z"
        case 3: "m0-5l5 5l-5 5l-5-5z"
        default: "m-4-4l8 8m0-8l-8 8"
        }
      return String(
        format: "<path d=\"M%.1f %.1f%@\" fill=\"#fff\" stroke=\"%@\" stroke-width=\"2\"/>\n", x, y,
        path,
        color)
    }
  }

  private static let (left, top, width, height) = (64.0, 40.0, 520.0, 360.0)

  init(
    title: String, across: (label: String, from: Double, to: Double, marks: [Double]),
    up: (label: String, from: Double, to: Double, marks: [Double]), isLogarithmic: Bool = false
  ) {
    (self.title, self.across, self.up) = (title, across, up)
    self.isLogarithmic = isLogarithmic
  }

  private func x(_ value: Double) -> Double {
    Self.left + (value - across.from) / (across.to - across.from) * Self.width
  }

  private func y(_ value: Double) -> Double {
    let scale = isLogarithmic ? { log10(max($0, up.from)) } : { $0 }
    let share = (scale(value) - scale(up.from)) / (scale(up.to) - scale(up.from))
    return Self.top + (1 - share) * Self.height
  }

  private var row: Double { Self.top + 16 + Double(legend.count) * 18 }

  /// A dashed diagonal, to compare with.
  mutating func diagonal() {
    body +=
      "<line x1=\"\(x(0))\" y1=\"\(y(0))\" x2=\"\(x(1))\" y2=\"\(y(1))\" stroke=\"#888\" stroke-width=\"2\" stroke-dasharray=\"5 4\"/>\n"
  }

  /// - Parameter every: one in so many points has the line's mark.
  mutating func line(
    _ points: [(Double, Double)], name: String?, _ look: Look, dashed: Bool = false, every: Int = 1
  ) {
    let path = points.map { String(format: "%.1f,%.1f", x($0.0), y($0.1)) }
      .joined(separator: " ")
    let dash = dashed ? " stroke-dasharray=\"5 4\"" : ""
    body +=
      "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(look.color)\" stroke-width=\"2\"\(dash)/>\n"
    for (index, point) in points.enumerated() where (index + 1) % every == 0 {
      body += look.mark(x(point.0), y(point.1))
    }
    guard let name else { return }
    legend.append((Self.sample(row, look.color, dash) + look.mark(612, row - 4), name))
  }

  /// Says in the legend what dashed lines, or others, are.
  mutating func explain(_ words: String, dashed: Bool) {
    legend.append(
      (Self.sample(row, "#222", dashed ? " stroke-dasharray=\"5 4\"" : ""), words))
  }

  private static func sample(_ row: Double, _ color: String, _ dash: String) -> String {
    "<line x1=\"600\" x2=\"624\" y1=\"\(row - 4)\" y2=\"\(row - 4)\" stroke=\"\(color)\" "
      + "stroke-width=\"2\"\(dash)/>\n"
  }

  var svg: String {
    // 13 px letters are seldom wider than 8.
    let width = max(760, 640 + 8 * (legend.map(\.words.count).max() ?? 0))
    let height = max(460, Int(row) + 10)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" \
      font-size="13" fill="#222">
      <rect width="\(width)" height="\(height)" fill="#fff"/>
      <text x="\(Self.left)" y="24" font-size="16">\(title.svgText)</text>

      """
    for mark in across.marks {
      text += grid(x(mark), Self.top, x(mark), Self.top + Self.height)
      text +=
        "<text x=\"\(x(mark))\" y=\"\(Self.top + Self.height + 18)\" text-anchor=\"middle\">"
        + "\(Self.label(mark))</text>\n"
    }
    for mark in up.marks {
      text += grid(Self.left, y(mark), Self.left + Self.width, y(mark))
      text +=
        "<text x=\"\(Self.left - 8)\" y=\"\(y(mark) + 4)\" text-anchor=\"end\">"
        + "\(Self.label(mark))</text>\n"
    }
    text += """
      <text x="\(Self.left + Self.width / 2)" y="\(Self.top + Self.height + 42)" \
      text-anchor="middle">\(across.label.svgText)</text>
      <text x="16" y="\(Self.top + Self.height / 2)" text-anchor="middle" \
      transform="rotate(-90 16 \(Self.top + Self.height / 2))">\(up.label.svgText)</text>

      """
    let words = legend.enumerated().map { place, entry in
      let row = Self.top + 16 + Double(place) * 18
      return entry.drawing + "<text x=\"630\" y=\"\(row)\">\(entry.words.svgText)</text>\n"
    }
    return text + body + words.joined() + "</svg>\n"
  }

  private func grid(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" stroke=\"#ddd\"/>\n"
  }

  private static func label(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(format: "%g", value)
  }
}

extension String {
  /// As the text of an SVG element; what XML 1.0 cannot hold at all becomes U+FFFD.
  var svgText: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
