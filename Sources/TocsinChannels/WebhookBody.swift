import Foundation
import TocsinModel

/// What is posted: a text with gaps, or, without one, the notice as JSON.
package struct WebhookBody: Hashable, Sendable {
  /// With `{kind}`, `{stage}`, `{hazard}`, `{warning}`, `{mode}`, `{seconds}`, `{text}` and `{zones}`.
  var template: String?
  /// Of `{text}` and `{zones}`.
  var language: String
  var contentType: String

  static let gaps = ["kind", "stage", "hazard", "warning", "mode", "seconds", "text", "zones"]

  func filled(_ delivery: Delivery, names: [String: Texts]) -> [UInt8] {
    guard var text = template else { return Self.json(delivery) }
    let notice = delivery.message.notice
    let soonest = notice.rows.compactMap(\.seconds).min()
    let values = [
      "kind": notice.kind.rawValue, "stage": notice.stage.rawValue, "hazard": notice.hazard,
      "warning": notice.warning, "mode": delivery.message.mode.rawValue,
      "seconds": soonest.map { String(Int($0.rounded())) } ?? "", "text": notice.texts[language],
      "zones": notice.rows.map { names[$0.zone]?[language] ?? $0.zone }.joined(separator: ", "),
    ]
    for gap in Self.gaps {
      text = text.replacingOccurrences(of: "{\(gap)}", with: escaped(values[gap] ?? ""))
    }
    return Array(text.utf8)
  }

  /// As the kind of content needs it, so that no name can break out of its place.
  private func escaped(_ text: String) -> String {
    if contentType.hasPrefix("application/json") {
      let quoted = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
      return String((quoted ?? "\"\"").dropFirst().dropLast())
    }
    if contentType.hasPrefix("application/x-www-form-urlencoded") {
      var plain = CharacterSet.alphanumerics
      plain.insert(charactersIn: "-._~")
      return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
    return text
  }

  private static func json(_ delivery: Delivery) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let post = Post(
      delivery: delivery.id, mode: delivery.message.mode, notice: delivery.message.notice)
    return (try? encoder.encode(post)).map(Array.init) ?? []
  }

  private struct Post: Encodable {
    var delivery: String
    var mode: Mode
    var notice: Notice
  }
}
