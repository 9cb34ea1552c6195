import TocsinModel

/// The effects of one event, in the order they were decided.
struct Answer {
  let event: Event
  private(set) var effects: [Effect] = []
  private var deliveries = 0

  init(to event: Event) { self.event = event }

  var time: Timestamp { event.time }

  /// One delivery for each channel, named by the event and its place: the same in every replay.
  mutating func deliver(_ notice: Notice, mode: Mode, to outlets: [String]) {
    for outlet in outlets {
      deliveries += 1
      effects.append(
        .deliver(
          Delivery(
            id: "\(event.number)-\(deliveries)", outlet: outlet,
            message: Delivery.Message(notice, mode: mode))))
    }
  }

  mutating func refuse(_ reason: Refusal.Reason, _ subject: String, _ text: String, count: Int = 1)
  {
    effects.append(.refuse(Refusal(reason, subject: subject, text: text, count: count)))
  }

  mutating func wake(at moment: Timestamp) { effects.append(.wake(at: moment)) }
}
