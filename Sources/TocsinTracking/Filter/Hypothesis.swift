/// One account of what a body does: its motor still burns, or it flies free.
struct Hypothesis: Hashable, Sendable, Codable {
  var isBurning: Bool
  /// ln of its share; the shares of a bank add up to one.
  var logWeight: Double
  var estimate: Estimate
}
