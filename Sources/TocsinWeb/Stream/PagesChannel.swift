import Foundation
public import TocsinEngine
public import TocsinModel

/// The channel "pages": every notice goes to every open page at once, ahead of the next picture.
///
/// Takes all modes: pages say themselves, unmistakably, what is an exercise and what is the past.
/// A delivery that comes twice changes nothing: a page keeps one state for a warning and a zone.
public struct PagesChannel: Channel {
  public let outlet = Outlet.pages.id
  let broadcast: Broadcast
  let showcase: Showcase

  public func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    let notice = delivery.message.notice
    let name = showcase.gazetteer.hazards[notice.hazard]?.name ?? Texts(notice.hazard)
    let clock = showcase.clock.read()
    let told = PublicNotice(
      delivery.message, hazardName: name, now: clock.now, rate: clock.rate)
    do {
      broadcast.publish(
        StreamEvent.Kind(told.kind), try JSONEncoder.web.encode(told),
        zones: Set(notice.rows.map(\.zone)))
      return .delivered
    } catch {
      return .failed("The notice could not be written as JSON: \(error.localizedDescription)")
    }
  }
}
