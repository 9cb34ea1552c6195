import TocsinModel

extension Outlet {
  /// What becomes of a delivery of a mode that this channel does not hear; `nil`: it hears it.
  func refusal(of delivery: Delivery) -> Receipt.Outcome? {
    hears(delivery.message.mode)
      ? nil : .failed("the channel '\(id)' does not hear \(delivery.message.mode.rawValue)s")
  }
}
