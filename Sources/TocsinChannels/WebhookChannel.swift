import Crypto
import Foundation
package import Logging
import TocsinEngine
package import TocsinModel

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Posts each notice to an address, signed, and tries again until it is taken or too old.
///
/// It has its own task: a receiver that is slow holds up itself alone, and what waits for it keeps its order, so
/// that no end comes before its warning.
///
/// Source: Standard Webhooks 1.0 (`webhook-id`, `webhook-timestamp`, `webhook-signature: v1,…`).
package struct WebhookChannel: Channel {
  package let outlet: String
  private let hears: Outlet
  private let settings: WebhookSettings
  private let circuit: Circuit
  private let names: [String: Texts]
  private let logger: Logger
  private let session = URLSession(
    configuration: .ephemeral, delegate: NoRedirects(), delegateQueue: nil)

  package init(_ outlet: Outlet, _ settings: WebhookSettings, zones: [Zone], logger: Logger) {
    self.outlet = outlet.id
    hears = outlet
    self.settings = settings
    self.logger = logger
    circuit = Circuit()
    names = Dictionary(zones.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  package func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    if let refusal = hears.refusal(of: delivery) { return refusal }
    let body = settings.body.filled(delivery, names: names)
    let deadline = delivery.message.notice.issued + settings.retry
    var pause = Duration.milliseconds(250)
    while true {
      let fault = await post(body, of: delivery)
      guard let fault else {
        if circuit.close() { log("Channel reachable again", nil) }
        return .delivered
      }
      if circuit.count() { log("Channel unreachable", fault.reason) }
      let next = SystemClock().read().now + pause
      if !fault.mayPass || circuit.isOpen || next >= deadline || Task.isCancelled {
        return .failed(fault.reason + (circuit.isOpen ? " " + Circuit.words : ""))
      }
      // A random part, so that many senders do not come back together.
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
      pause = min(pause * 2, .seconds(15))
    }
  }

  private func log(_ words: Logger.Message, _ reason: String?) {
    logger.warning(words, metadata: ["channel": "\(outlet)", "reason": "\(reason ?? "")"])
  }

  private struct Fault {
    var reason: String
    /// Whether the same request may be taken later.
    var mayPass: Bool
  }

  private func post(_ body: [UInt8], of delivery: Delivery) async -> Fault? {
    var request = URLRequest(url: settings.url, timeoutInterval: settings.patience.inSeconds)
    request.httpMethod = "POST"
    request.httpBody = Data(body)
    request.setValue(settings.body.contentType, forHTTPHeaderField: "Content-Type")
    for (name, value) in settings.headers { request.setValue(value, forHTTPHeaderField: name) }
    let second = Int(SystemClock().read().now.seconds)
    for (name, value) in Self.signature(
      of: body, id: delivery.id, at: second, secret: settings.secret)
    {
      request.setValue(value, forHTTPHeaderField: name)
    }
    do {
      let (_, response) = try await session.data(for: request)
      let status = (response as? HTTPURLResponse)?.statusCode ?? 0
      if response.url != settings.url || (300..<400).contains(status) {
        return Fault(
          reason: "\(host) sends us elsewhere; redirects are not followed. Compare the address.",
          mayPass: false)
      }
      if (200..<300).contains(status) { return nil }
      // What the receiver does not want it will not want later; being busy or ill passes.
      let mayPass = status >= 500 || status == 408 || status == 429
      return Fault(reason: "\(host) answered with status \(status).", mayPass: mayPass)
    } catch {
      return Fault(
        reason: "\(host) cannot be reached (\(error.localizedDescription)).", mayPass: true)
    }
  }

  /// The address may hold a token, so only its host is ever told.
  private var host: String { settings.url.host ?? "the receiver" }

  /// - Parameter second: when it is sent; a receiver refuses what is too old to be no replay.
  package static func signature(
    of body: [UInt8], id: String, at second: Int, secret: [UInt8]?
  ) -> [(name: String, value: String)] {
    var headers = [("webhook-id", id), ("webhook-timestamp", String(second))]
    if let secret {
      let code = HMAC<SHA256>.authenticationCode(
        for: Array("\(id).\(second).".utf8) + body, using: SymmetricKey(data: secret))
      headers.append(("webhook-signature", "v1," + Data(code).base64EncodedString()))
    }
    return headers.map { (name: $0.0, value: $0.1) }
  }
}
