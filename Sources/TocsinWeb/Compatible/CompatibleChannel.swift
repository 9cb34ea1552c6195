import TocsinCore
public import TocsinEngine
public import TocsinModel

/// The channel "compatible": what clients of other authorities' feeds read on our port.
///
/// They poll, so a delivery is done once the answers hold it. Real danger alone: to these clients everything
/// they read is danger.
public struct CompatibleChannel: Channel {
  public let outlet = Outlet.compatible.id
  let showcase: Showcase

  public func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    switch delivery.message {
    case .actual: await shown(delivery)
    case .exercise, .replay:
      .failed("Exercises and replays are never shown to clients that cannot tell them from danger.")
    }
  }

  /// The engine hands out just before it shows the picture, which the answers are made of.
  private func shown(_ delivery: Delivery) async -> Receipt.Outcome {
    let entry = Int(delivery.id.prefix { $0 != "-" }) ?? 0
    for _ in 0..<200 {
      if let view = showcase.view, view.tocsin.number >= entry { return .delivered }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return .failed("The engine has not shown entry \(entry) for 2 s; the answers are older.")
  }
}
