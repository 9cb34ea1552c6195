import Foundation

/// Bars for numbers, as SVG that stands in a page: in its colors, in print, and read out as a list.
struct BarChart {
  struct Bar {
    var name: String
    var number: Int
  }

  var bars: [Bar]
  /// What a bar counts, for who cannot see it: "{name}: {n}".
  var title: String

  private static let width = 720
  private static let height = 160

  /// Upright bars over an axis of many equal steps: days, hours.
  var columns: Markup {
    let most = max(bars.map(\.number).max() ?? 1, 1)
    let step = Double(Self.width) / Double(max(bars.count, 1))
    let drawn = bars.enumerated().map { index, bar -> Markup in
      let size = Int((Double(bar.number) / Double(most) * Double(Self.height)).rounded(.up))
      let left = number(Double(index) * step)
      return
        "<rect class=\"bar\" x=\"\(left)\" y=\"\(Self.height - size + 16)\" width=\"\(number(max(step * 0.8, 0.5)))\" height=\"\(size)\"><title>\(bar.name): \(bar.number)</title></rect>"
    }
    let shown = max(1, (bars.count + 11) / 12)
    let names = bars.enumerated().filter { $0.offset % shown == 0 }.map { index, bar -> Markup in
      "<text x=\"\(number((Double(index) + 0.4) * step))\" y=\"\(Self.height + 34)\">\(bar.name)</text>"
    }
    return
      "<svg class=\"chart\" viewBox=\"0 0 \(Self.width) \(Self.height + 42)\" role=\"img\" aria-label=\"\(title)\"><text class=\"most\" x=\"2\" y=\"11\">\(most)</text><path class=\"axis\" d=\"M0 \(Double(Self.height) + 16.5)H\(Self.width)\"/>\(Markup.join(drawn))\(Markup.join(names))</svg>"
  }

  /// Named bars one below the other: zones, districts.
  var rows: Markup {
    let most = max(bars.map(\.number).max() ?? 1, 1)
    let drawn = bars.map { bar -> Markup in
      "<tr><th scope=\"row\"><bdi>\(bar.name)</bdi></th><td class=\"n\">\(bar.number)</td><td class=\"wide\"><svg class=\"row-bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"bar\" width=\"\(max(1, bar.number * 100 / most))\" height=\"10\"/></svg></td></tr>"
    }
    return
      "<table class=\"bars\"><caption class=\"hidden\">\(title)</caption>\(Markup.join(drawn))</table>"
  }

  private func number(_ value: Double) -> String { String((value * 10).rounded() / 10) }
}

extension Markup.Interpolation {
  mutating func appendInterpolation(_ number: Double) { html += String(number) }
}
