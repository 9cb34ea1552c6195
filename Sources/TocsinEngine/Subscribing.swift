/// A channel whose receivers give an address of their own, as browsers do for Web Push: served at `/api/push/` and its id.
public protocol Subscribing: Channel {
  /// With which receivers tell that a message is of this channel, in base64url.
  var publicKey: String { get }
  /// Whether it is for real danger, so that pages may offer it to everybody.
  var isActual: Bool { get }

  /// Takes an address and its places, or others for one that is known.
  ///
  /// - Parameter bytes: JSON as a receiver sent it.
  func subscribe(_ bytes: [UInt8]) async throws(SubscriptionRefusal)

  /// Forgets an address; nothing of it is kept.
  func unsubscribe(_ bytes: [UInt8]) async throws(SubscriptionRefusal)
}

/// Why an address was not taken.
public enum SubscriptionRefusal: Error, Hashable, Sendable {
  /// What is wrong with it, in words.
  case unreadable(String)
  /// No more can be taken, or nothing can be kept now.
  case unavailable(String)
}
