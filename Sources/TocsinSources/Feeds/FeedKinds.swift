package import Foundation
import HomeFrontCommand
package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// `kind: home-front-command`: the Home Front Command's files, or those of a server in its form.
package struct HomeFrontKind: SourceKind {
  package static let word = "home-front-command"
  package static let planKind = Source.Kind.feed
  private var settings: HomeFrontFeed.Settings

  package var description: String {
    "Home Front Command feed at \(settings.realTime.absoluteString), every \(settings.interval.inSeconds) s"
  }

  package init(_ fields: inout YAMLFields) {
    settings = HomeFrontFeed.Settings(
      id: "", realTime: fields.webAddress("url") ?? URL(filePath: "/"),
      history: fields.optionalWebAddress("history"))
    settings.interval = fields.interval(settings.interval)
    settings.historyInterval =
      fields.optionalDuration("history_interval") ?? settings.historyInterval
    settings.earlyHazard = fields.optionalText("early_hazard") ?? settings.earlyHazard
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    var settings = settings
    settings.id = source.id
    return HomeFrontFeed(
      settings, everywhere: outside.plan.zones.map { $0.name["he"] }, inbox: outside.inbox,
      clock: SystemClock(), logger: outside.logger)
  }
}

/// `kind: ukraine-alerts`: the list of alerts.in.ua, or of a server in its form.
package struct UkraineKind: SourceKind {
  package static let word = "ukraine-alerts"
  package static let planKind = Source.Kind.feed
  private var settings: UkraineFeed.Settings

  package var description: String {
    "Ukrainian alerts at \(settings.url.absoluteString), every \(settings.interval.inSeconds) s"
  }

  package init(_ fields: inout YAMLFields) {
    settings = UkraineFeed.Settings(id: "", url: fields.webAddress("url") ?? URL(filePath: "/"))
    settings.interval = fields.interval(settings.interval)
    if let file = fields.optionalText("token_file") {
      settings.token = (try? String(contentsOfFile: file, encoding: .utf8))?.trimmed
      if settings.token?.isEmpty ?? true {
        fields.fault("token_file", "names '\(file)', which cannot be read or is empty")
      }
    }
  }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? {
    var settings = settings
    settings.id = source.id
    return UkraineFeed(
      settings, inbox: outside.inbox, clock: SystemClock(), logger: outside.logger)
  }
}

extension YAMLFields {
  /// An address of the web: `https://…`, or `http://…`.
  package mutating func webAddress(_ key: String) -> URL? {
    guard let text = text(key) else { return nil }
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""),
      url.host?.isEmpty == false
    else {
      fault(key, "is '\(text)'; write an address as https://example.org/alerts.json")
      return nil
    }
    return url
  }

  package mutating func optionalWebAddress(_ key: String) -> URL? {
    // Asked for in any case, so that a key with a slip of the pen is compared with it.
    node(key) == nil ? nil : webAddress(key)
  }

  /// How often a feed is asked.
  fileprivate mutating func interval(_ usual: Duration) -> Duration {
    let interval = optionalDuration("interval") ?? usual
    if interval < .milliseconds(100) || interval > .seconds(300) {
      fault("interval", "is not from 100 ms to 5 min")
    }
    return interval
  }
}
