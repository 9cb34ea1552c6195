import Foundation
package import TocsinConfiguration
package import TocsinEngine
package import TocsinModel

/// How a webhook is sent.
package struct WebhookSettings: Hashable, Sendable {
  var url: URL
  /// The key of the signature; `nil`: not signed, for receivers that know no signature.
  var secret: [UInt8]?
  var headers: [String: String]
  var body: WebhookBody
  /// How long after its issue a notice is still tried.
  var retry: Duration
  /// How long one answer may take.
  var patience: Duration
}

/// `kind: webhook` with `url:`.
package struct WebhookKind: ChannelKind {
  package static let word = "webhook"
  private let settings: WebhookSettings

  /// The address may hold a token: its host alone is told.
  package var description: String {
    "webhook to \(settings.url.host ?? ""), \(settings.secret == nil ? "not signed" : "signed"), "
      + "tried for \(Int(settings.retry.inSeconds)) s"
  }

  package init(_ fields: inout YAMLFields, folder: String) {
    let url = Self.address(&fields) ?? URL(filePath: "/")
    let template = fields.optionalText("body")
    settings = WebhookSettings(
      url: url, secret: Self.secret(&fields, folder), headers: Self.headers(&fields),
      body: WebhookBody(
        template: template, language: fields.optionalText("language") ?? "en",
        contentType: fields.optionalText("content_type")
          ?? (template == nil ? "application/json" : "text/plain; charset=utf-8")),
      retry: fields.optionalDuration("retry") ?? .seconds(120),
      patience: fields.optionalDuration("patience") ?? .seconds(5))
    if settings.retry > .seconds(600) {
      fields.fault("retry", "is more than 10 min: a warning that late misleads")
    }
    Self.check(template, &fields)
  }

  package func channel(for outlet: Outlet, with outside: ChannelOutside) -> any Channel {
    WebhookChannel(outlet, settings, zones: outside.plan.zones, logger: outside.logger)
  }

  private static func address(_ fields: inout YAMLFields) -> URL? {
    guard let text = fields.text("url") else { return nil }
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""),
      url.host?.isEmpty == false
    else {
      fields.fault("url", "is no address; write it as https://example.org/hook")
      return nil
    }
    return url
  }

  /// In a file, so that nobody reads it who may read the configuration.
  private static func secret(_ fields: inout YAMLFields, _ folder: String) -> [UInt8]? {
    guard let name = fields.optionalText("secret_file") else { return nil }
    let path = name.hasPrefix("/") ? name : folder + "/" + name
    let text = (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, text.utf8.count >= 16 else {
      fields.fault(
        "secret_file", "names '\(path)', which cannot be read or holds fewer than 16 bytes")
      return nil
    }
    // Standard Webhooks writes keys as whsec_ and base64.
    if text.hasPrefix("whsec_"), let key = Data(base64Encoded: String(text.dropFirst(6))) {
      return Array(key)
    }
    return Array(text.utf8)
  }

  private static func headers(_ fields: inout YAMLFields) -> [String: String] {
    var headers: [String: String] = [:]
    for line in fields.has("headers") ? fields.list("headers") : [] {
      let parts = line.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if parts.count == 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && !$0.isNewline } }) {
        headers[parts[0]] = parts[1]
      } else {
        fields.fault("headers", "has '\(line)'; write ['Name: value']")
      }
    }
    _ = fields.node("headers")
    return headers
  }

  private static func check(_ template: String?, _ fields: inout YAMLFields) {
    for match in (template ?? "").matches(of: /\{([a-z]+)\}/)
    where !WebhookBody.gaps.contains(String(match.1)) {
      fields.fault(
        "body", "has the gap {\(match.1)}; it can be: \(WebhookBody.gaps.joined(separator: ", "))")
    }
  }
}
