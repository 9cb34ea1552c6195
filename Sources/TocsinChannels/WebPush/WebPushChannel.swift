import Foundation
import Logging
import TocsinEngine
import TocsinModel

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Tells browsers of their places by their push services, so that a page need not be open.
///
/// A delivery counts as delivered once every push service has taken its messages; whether a phone has shown one,
/// nobody tells us. A browser that its service no longer knows is forgotten.
///
/// Source: RFC 8030 (Web Push), RFC 8291 (encryption), RFC 8292 (who we are).
struct WebPushChannel: Subscribing {
  let outlet: String
  private let hears: Outlet
  private let identity: PushIdentity
  private let store: PushStore
  private let services: PushServices
  private let names: [String: Texts]
  private let circuit = Circuit()
  private let logger: Logger
  private let session: URLSession

  /// Messages on their way at once.
  private static let width = 64
  /// How often what a push service could not take is tried again.
  private static let tries = 3

  init(
    _ outlet: Outlet, _ identity: PushIdentity, store: PushStore, services: PushServices,
    patience: Duration, zones: [Zone], logger: Logger
  ) {
    self.outlet = outlet.id
    hears = outlet
    self.identity = identity
    self.store = store
    self.services = services
    self.logger = logger
    names = Dictionary(zones.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = Self.width
    configuration.timeoutIntervalForRequest = patience.inSeconds
    session = URLSession(
      configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
  }

  var publicKey: String { identity.publicKey }
  var isActual: Bool { hears.actual }

  // MARK: Subscriptions

  func subscribe(_ bytes: [UInt8]) async throws(SubscriptionRefusal) {
    let subscription: PushSubscription
    do {
      subscription = try PushSubscription(bytes)
      guard PushEncryption.canRead(with: subscription.key) else { throw PushSubscription.noKey }
    } catch {
      throw .unreadable("\(error). Nothing was kept.")
    }
    guard services.allow(subscription.endpoint) else {
      throw .unreadable(
        "'endpoint' is at \(subscription.endpoint.host ?? ""), which is no push service that is known here. "
          + "Nothing was kept.")
    }
    let unknown = subscription.zones.filter { names[$0] == nil }
    guard unknown.isEmpty else {
      throw .unreadable(
        "'zones' names \(unknown.prefix(5).joined(separator: ", ")), which is no zone here. Nothing was kept."
      )
    }
    do {
      try await store.keep(subscription)
    } catch is PushStore.Full {
      throw .unavailable("\(PushStore.limit) browsers are subscribed, and no more are taken.")
    } catch {
      logger.error("Subscription not kept", metadata: ["reason": "\(error)"])
      throw .unavailable("Subscriptions cannot be kept now; try again later.")
    }
  }

  func unsubscribe(_ bytes: [UInt8]) async throws(SubscriptionRefusal) {
    struct Body: Decodable { var endpoint: String }
    guard bytes.count <= PushSubscription.limit,
      let body = try? JSONDecoder().decode(Body.self, from: Data(bytes))
    else { throw .unreadable("The body is not {\"endpoint\": …}.") }
    do {
      try await store.forget([body.endpoint])
    } catch {
      logger.error("Subscription not removed", metadata: ["reason": "\(error)"])
      throw .unavailable("Subscriptions cannot be changed now; try again later.")
    }
  }

  // MARK: Deliveries

  func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    if let refusal = hears.refusal(of: delivery) { return refusal }
    var open: [PushSubscription]
    do {
      open = try await store.subscriptions(to: delivery.message.notice.rows.map(\.zone))
    } catch {
      return .failed("the subscriptions cannot be read (\(error))")
    }
    let all = open.count
    var reasons: [String: Int] = [:]
    var pause = Duration.milliseconds(250)
    for attempt in 1...Self.tries {
      let outcomes = await push(delivery, to: open)
      await forget(outcomes.filter { $0.outcome == .gone }.map(\.subscription))
      reasons = [:]
      open = []
      for case (let subscription, .failed(let reason, let mayPass)) in outcomes {
        reasons[reason, default: 0] += 1
        if mayPass { open.append(subscription) }
      }
      if open.isEmpty || attempt == Self.tries || circuit.isOpen || Task.isCancelled { break }
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
      pause = pause * 2
    }
    return settle(reasons, of: all)
  }

  private func settle(_ reasons: [String: Int], of all: Int) -> Receipt.Outcome {
    guard !reasons.isEmpty else {
      if all > 0, circuit.close() { log("Push services reachable again", nil) }
      return .delivered
    }
    let failed = reasons.values.reduce(0, +)
    let words =
      "\(failed) of \(all) browsers were not told: "
      + reasons.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    if failed == all, circuit.count() { log("Push services unreachable", words) }
    return .failed(words + (circuit.isOpen ? ". \(Circuit.words)" : ""))
  }

  private enum Outcome: Hashable, Sendable {
    case taken
    /// The browser has gone, or withdrawn.
    case gone
    case failed(String, mayPass: Bool)
  }

  private func push(
    _ delivery: Delivery, to subscriptions: [PushSubscription]
  ) async -> [(subscription: PushSubscription, outcome: Outcome)] {
    typealias Done = (subscription: PushSubscription, outcome: Outcome)
    return await withTaskGroup(of: Done.self) { group in
      var outcomes: [Done] = []
      outcomes.reserveCapacity(subscriptions.count)
      for (index, subscription) in subscriptions.enumerated() {
        if index >= Self.width, let done = await group.next() { outcomes.append(done) }
        group.addTask {
          (subscription: subscription, outcome: await push(delivery, to: subscription))
        }
      }
      for await done in group { outcomes.append(done) }
      return outcomes
    }
  }

  private func push(_ delivery: Delivery, to subscription: PushSubscription) async -> Outcome {
    let now = SystemClock().read().now
    guard
      let message = PushMessage(
        delivery, zones: subscription.zones, language: subscription.language, names: names, at: now)
    else { return .failed("it came too late to tell", mayPass: false) }
    let host = subscription.endpoint.host ?? ""
    do {
      var request = URLRequest(url: subscription.endpoint)
      request.httpMethod = "POST"
      request.httpBody = Data(
        try PushEncryption.encrypt(
          message.text, for: subscription.key, secret: subscription.secret))
      request.setValue("aes128gcm", forHTTPHeaderField: "Content-Encoding")
      request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
      request.setValue(String(message.lasts), forHTTPHeaderField: "TTL")
      request.setValue(message.urgency, forHTTPHeaderField: "Urgency")
      request.setValue(message.topic, forHTTPHeaderField: "Topic")
      request.setValue(
        try identity.authorization(for: subscription.endpoint, at: now),
        forHTTPHeaderField: "Authorization")
      let (_, response) = try await session.data(for: request)
      switch (response as? HTTPURLResponse)?.statusCode ?? 0 {
      case 200..<300: return .taken
      case 404, 410: return .gone
      case let status:
        return .failed(
          "\(host) answered \(status)", mayPass: status >= 500 || status == 408 || status == 429)
      }
    } catch {
      return .failed("\(host) cannot be reached", mayPass: true)
    }
  }

  private func forget(_ gone: [PushSubscription]) async {
    guard !gone.isEmpty else { return }
    do {
      try await store.forget(gone.map(\.endpoint.absoluteString))
    } catch {
      logger.error("Subscription not removed", metadata: ["reason": "\(error)"])
    }
  }

  private func log(_ words: Logger.Message, _ reason: String?) {
    logger.warning(words, metadata: ["channel": "\(outlet)", "reason": "\(reason ?? "")"])
  }
}
