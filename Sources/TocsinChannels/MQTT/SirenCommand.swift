package import TocsinModel

/// What a siren is told. It is never retained: a siren that was away must not sound what is over.
package struct SirenCommand: Hashable, Sendable, Encodable {
  /// The same whenever the command comes again; a siren does it once.
  package var id: String
  package var action: Action
  /// When the relay is on, from the beginning; after the last step it is off. Nothing for a stop.
  package var pattern: [Step]?
  package var mode: Mode
  package var stage: Stage
  package var warning: String
  package var issued: Timestamp
  /// A siren that reads it later does nothing.
  package var until: Timestamp

  package enum Action: String, Hashable, Sendable, Encodable { case sound, stop }

  package struct Step: Hashable, Sendable, Encodable {
    var on: Bool
    var seconds: Double
  }

  /// - Returns: `nil` for an order of nothing.
  init?(
    _ order: SirenOrder, _ delivery: Delivery, siren: String, stale: Duration
  ) {
    let notice = delivery.message.notice
    switch order {
    case .nothing: return nil
    case .sound(let pattern, _):
      action = .sound
      self.pattern = pattern.steps.map { Step(on: $0.isOn, seconds: $0.span.inSeconds) }
    case .stop: action = .stop
    }
    id = "\(delivery.id)-\(siren)"
    mode = delivery.message.mode
    stage = notice.stage
    warning = notice.warning
    issued = notice.issued
    until = (notice.issued + stale).milliseconds
  }
}
