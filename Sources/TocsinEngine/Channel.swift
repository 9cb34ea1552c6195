public import TocsinModel

/// A way out. It takes deliveries and says what became of each; it never calls the core.
public protocol Channel: Sendable {
  /// Its id in the plan.
  var outlet: String { get }

  /// Delivers at least once; a delivery id it has delivered before is not sounded again.
  func deliver(_ delivery: Delivery) async -> Receipt.Outcome
}
