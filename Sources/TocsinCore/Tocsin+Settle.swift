import TocsinModel
import TocsinTracking

extension Tocsin {
  /// A delivery is open until its receipt says that it arrived.
  mutating func settle(_ receipt: Receipt, _ answer: inout Answer) {
    guard openDeliveries[receipt.delivery] != nil else {
      return answer.refuse(
        .unknownDelivery, receipt.delivery,
        "Channel '\(receipt.outlet)' confirmed the delivery '\(receipt.delivery)', which is not open. "
          + "If something sounded there, nobody here decided it.")
    }
    switch receipt.outcome {
    case .delivered: openDeliveries[receipt.delivery] = nil
    case .failed(let reason): openDeliveries[receipt.delivery]?.failure = reason
    }
  }

  /// Puts a plan in force. Warnings go on; tracks do unless the ground or what the radars measure has changed.
  mutating func adopt(_ plan: Plan, _ answer: inout Answer) {
    let before = self.plan
    guard plan != before else { return }
    atlas = Atlas(plan, after: atlas)
    if plan.radars.map(\.asTracked) != before.radars.map(\.asTracked)
      || plan.groundHeight != before.groundHeight || plan.heightGrid != before.heightGrid
    {
      tracker = Tracker(
        radars: plan.radars,
        settings: .init(
          groundHeight: plan.groundHeight, heightGrid: plan.heightGrid, met: tracker.settings.met))
      threats = [:]
    }
    blind = [:]
    for source in plan.sources where source.heartbeat != nil { lastHeard[source.id] = answer.time }
  }
}

extension Radar {
  /// Without what says nothing about its plots: `shares` is for counting witnesses.
  fileprivate var asTracked: Radar {
    var radar = self
    radar.shares = []
    return radar
  }
}
