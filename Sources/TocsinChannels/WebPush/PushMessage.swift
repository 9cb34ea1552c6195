import Foundation
package import TocsinModel

/// What a browser is told about its places, and how long that is worth telling.
package struct PushMessage: Hashable, Sendable {
  /// JSON.
  package var text: [UInt8]
  /// After this a push service lets it go; seconds.
  package var lasts: Int
  /// RFC 8030, section 5.3: `high` reaches a phone that sleeps.
  package var urgency: String
  /// A later message of the same warning takes the place of one not delivered yet (RFC 8030, section 5.4).
  package var topic: String

  private struct Body: Encodable {
    var mode: Mode
    var kind: Notice.Kind
    var stage: Stage
    var warning: String
    var issued: Timestamp
    var expires: Timestamp
    var language: String
    var text: String
    var places: [Place]

    struct Place: Encodable {
      var zone: String
      var name: String
      var seconds: Double?
    }
  }

  /// A call to take shelter that comes later than this helps nobody.
  static let shelterLasts = Duration.seconds(120)
  /// An end, or a call to be ready, is worth knowing a little longer.
  static let longest = Duration.seconds(900)

  /// - Returns: `nil` if none of the zones is told anything, or it is too old to tell.
  package init?(
    _ delivery: Delivery, zones: [String], language: String, names: [String: Texts],
    at now: Timestamp
  ) {
    let notice = delivery.message.notice
    let mine = Set(zones)
    let rows = notice.rows.filter { mine.contains($0.zone) }
    guard let expires = rows.map(\.expires).max() else { return nil }
    // An end is told after what it ends has run out too.
    let isEnd = notice.stage == .ended
    let longest = notice.stage == .shelter ? Self.shelterLasts : Self.longest
    let until = isEnd ? notice.issued + longest : min(expires, notice.issued + longest)
    lasts = Int((until - now).inSeconds)
    guard lasts > 0 else { return nil }
    urgency = isEnd ? "normal" : "high"
    topic = String(Array("\(delivery.outlet) \(notice.warning)".utf8).base64URL.suffix(32))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var body = Body(
      mode: delivery.message.mode, kind: notice.kind, stage: notice.stage,
      warning: notice.warning, issued: notice.issued, expires: until.milliseconds,
      language: language, text: notice.texts[language],
      places: rows.map {
        .init(zone: $0.zone, name: names[$0.zone]?[language] ?? $0.zone, seconds: $0.seconds)
      })
    text = (try? Array(encoder.encode(body))) ?? []
    while text.count > PushEncryption.limit, !body.places.isEmpty {
      body.places.removeLast()
      text = (try? Array(encoder.encode(body))) ?? []
    }
  }
}
