import CAP
import TocsinModel

/// What the messages of a CAP feed say, as statements for the core.
///
/// It reads leniently and reports each fault; what warns is decided strictly: status Actual, scope Public, text and
/// codes that agree, a speaker with authority, and a signature where a key is known. A message replaces or ends only
/// messages of its own sender.
struct CAPReader {
  struct Settings: Hashable, Sendable {
    /// The id of the source in the plan.
    var source: String
    /// Who may warn, by the messages' `sender`; empty: whoever the feed carries.
    var senders: [String: VerifyingKey?] = [:]
    /// Hazards of the plan by event or event code.
    var hazards: [String: String] = [:]
    /// The hazard of what nothing else names.
    var hazard: String?
  }

  let settings: Settings
  private let map: CAPZones
  /// Hazards of the plan by id and by English name, in small letters.
  private let known: [String: String]
  /// Messages that were told; a feed shows the same ones again and again.
  private var told: Set<String> = []

  init(_ settings: Settings, plan: Plan) {
    self.settings = settings
    map = CAPZones(plan.zones)
    known = Dictionary(
      plan.hazards.flatMap { [($0.id.lowercased(), $0.id), ($0.name["en"].lowercased(), $0.id)] },
      uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter bytes: the message as it came, over which its signature is.
  mutating func read(_ reading: Reading, _ bytes: [UInt8], at now: Timestamp) -> FeedNews {
    guard let alert = reading.alert else {
      let fault = reading.faults.first.map { "\($0)" } ?? "it is no CAP message"
      return FeedNews(faults: ["A message cannot be read: \(fault)"])
    }
    let id = alert.reference.description
    guard !told.contains(id) else { return FeedNews() }
    var news = FeedNews(faults: told(reading.faults, of: alert))
    // A message without a valid signature may yet come again with one.
    if let fault = forged(alert, bytes) {
      news.faults.append(fault)
      return news
    }
    // Forgetting them does no harm: the core knows what it was told.
    if told.count > 20_000 { told.removeAll() }
    told.insert(id)
    if let reason = held(alert) {
      news.faults.append(
        "Message \(alert.identifier) of \(alert.sender) was not sounded: \(reason). Decide on it.")
      return news
    }
    guard alert.status == .actual else { return news }
    let announced = announcements(alert, reading.faults, at: now)
    news.faults += announced.faults
    news.statements += announced.announcements.map {
      Statement(source: settings.source, said: Timestamp(alert.sent), content: .announcement($0))
    }
    return news
  }

  /// Of one message; a message of faults alone shall not fill the journal.
  private static let faultsTold = 20

  private func told(_ faults: [Fault], of alert: Alert) -> [String] {
    let errors = faults.filter(\.isError)
    let more = errors.count - Self.faultsTold
    return errors.prefix(Self.faultsTold).map { "Message \(alert.identifier): \($0)" }
      + (more > 0
        ? ["Message \(alert.identifier): \(more) more; 'tocsin cap check' lists them."] : [])
  }

  private func forged(_ alert: Alert, _ bytes: [UInt8]) -> String? {
    guard case .some(.some(let key)) = settings.senders[alert.sender] else { return nil }
    do {
      try key.verify(bytes)
      return nil
    } catch {
      return
        "Message \(alert.identifier) says that it is of \(alert.sender), and is not signed by their key "
        + "(\(error)): nothing of it was taken."
    }
  }

  /// Why a person must decide, not we.
  private func held(_ alert: Alert) -> String? {
    if alert.status == nil { return "its status is missing or unknown" }
    if alert.status == .actual, alert.scope != .public { return "its scope is not Public" }
    return CAPDoubt.contradiction(in: alert)
  }

  // MARK: What it says

  /// One for each stage and hazard that the message speaks of.
  private func announcements(
    _ alert: Alert, _ wrong: [Fault], at now: Timestamp
  ) -> (announcements: [Announcement], faults: [String]) {
    guard alert.kind == .alert || alert.kind == .update || alert.kind == .cancel else {
      return ([], alert.kind == nil ? ["Message \(alert.identifier) has no known type."] : [])
    }
    // Whoever may warn may not end what another warned.
    let foreign = alert.references.filter { $0.sender != alert.sender }
    var faults = foreign.map {
      "Message \(alert.identifier) of \(alert.sender) refers to a message of \($0.sender), which it cannot "
        + "replace or end: what that warned goes on. Decide on it."
    }
    let replaces = alert.references.filter { $0.sender == alert.sender }.map(\.description)
    let bystander = isBystander(alert) ? alert.infos.first?.senderName ?? alert.sender : nil
    if alert.kind == .cancel {
      let message = Announcement.Message(id: alert.reference.description, replaces: replaces)
      guard !replaces.isEmpty || foreign.isEmpty else { return ([], faults) }
      return (
        [
          Announcement(
            stage: .ended, hazard: hazard(of: alert.infos), places: [], id: alert.identifier,
            message: message, bystander: bystander)
        ], faults
      )
    }
    var gaps = wrong.filter { $0.isError && $0.path.contains("/area") }.map(\.path)
    var parts: [Part: Said] = [:]
    for info in alert.infos {
      let expires = info.expires.map(Timestamp.init)
      if let expires, expires <= now { continue }
      // The same in another language may have an event that only its own language knows.
      let same = alert.infos.filter { $0.isTranslation(of: info) }
      let part = Part(stage: stage(of: info), hazard: hazard(of: same))
      for area in info.areas {
        let meant = map.meant(by: area)
        let unknown = meant.unknown.map { String($0.prefix(80)) }
        gaps += unknown
        let nowhere = String(area.description.prefix(80))
        for name in unknown.isEmpty && meant.zones.isEmpty ? [nowhere] : unknown {
          faults.append(
            "Message \(alert.identifier) names '\(name)', where the plan has no zone: nobody was warned for it."
          )
        }
        parts[part, default: Said()].add(meant.zones, area.description, expires)
      }
    }
    let warned = Set(parts.filter { $0.key.stage != .ended }.flatMap(\.value.zones))
    // A shape far away may be one whose axes were swapped.
    let isElsewhere = warned.isEmpty && parts.keys.contains { $0.stage != .ended }
    if isElsewhere { gaps.append("no zone of the plan") }
    let message = Announcement.Message(
      id: alert.reference.description, replaces: replaces, zones: warned.sorted(),
      gap: gaps.isEmpty ? nil : "not all of its places are known (\(gaps.listed))")
    let announcements = parts.sorted { $0.key < $1.key }.map { part, said in
      Announcement(
        stage: part.stage, hazard: part.hazard, places: said.places, id: alert.identifier,
        zones: said.zones.sorted(), expires: said.expires, message: message, bystander: bystander)
    }
    return (announcements, faults)
  }

  private func isBystander(_ alert: Alert) -> Bool {
    !settings.senders.isEmpty && settings.senders[alert.sender] == nil
  }

  private struct Part: Hashable, Comparable {
    var stage: Stage
    var hazard: String
    static func < (left: Part, right: Part) -> Bool {
      (left.stage.rawValue, left.hazard) < (right.stage.rawValue, right.hazard)
    }
  }

  /// The same in several languages is said once.
  private struct Said {
    var zones: Set<String> = []
    var places: [String] = []
    var expires: Timestamp?

    mutating func add(_ more: Set<String>, _ place: String, _ until: Timestamp?) {
      zones.formUnion(more)
      if !places.contains(place) { places.append(place) }
      if let until { expires = max(expires ?? until, until) }
    }
  }

  /// "Take shelter" is what calls for action at once; everything less is an early warning.
  private func stage(of info: Info) -> Stage {
    if info.responses.contains(.allClear) || info.urgency == .past { return .ended }
    let acts: Set<Info.Response> = [.shelter, .evacuate]
    if !acts.isDisjoint(with: info.responses) { return .shelter }
    let isGrave = info.severity == .extreme || info.severity == .severe
    return info.urgency == .immediate && isGrave && info.certainty != .unlikely ? .shelter : .early
  }

  /// By the configuration, else by the plan's own names, else by the category.
  private func hazard(of infos: [Info]) -> String {
    for word in infos.flatMap({ [$0.event] + $0.eventCodes.map(\.value) }) {
      if let hazard = settings.hazards[word] ?? known[word.lowercased()] { return hazard }
    }
    // "Warning" is the name of the general hazard, and stands in most events.
    let names = known.filter { $0.value != "general" }
    for event in infos.map({ $0.event.lowercased() }) {
      if let name = names.keys.sorted().first(where: event.contains), let hazard = names[name] {
        return hazard
      }
    }
    if let hazard = settings.hazard { return hazard }
    let byCategory: [Info.Category: String] = [
      .geological: "earthquake", .meteorological: "storm", .fire: "fire", .cbrne: "chemical",
    ]
    return infos.flatMap(\.categories).compactMap { byCategory[$0] }.compactMap { known[$0] }.first
      ?? "general"
  }
}

extension [String] {
  /// At most five of them, each once.
  fileprivate var listed: String {
    let all = Set(self).sorted()
    return all.prefix(5).joined(separator: ", ")
      + (all.count > 5 ? " and \(all.count - 5) more" : "")
  }
}

extension Info {
  /// Whether both say the same thing of the same areas, be it in two languages.
  fileprivate func isTranslation(of other: Info) -> Bool {
    func shapes(_ info: Info) -> [[Polygon]] { info.areas.map(\.polygons) }
    func discs(_ info: Info) -> [[Circle]] { info.areas.map(\.circles) }
    func codes(_ info: Info) -> [[NamedValue]] { info.areas.map(\.geocodes) }
    return responses == other.responses && urgency == other.urgency && severity == other.severity
      && certainty == other.certainty && shapes(self) == shapes(other)
      && discs(self) == discs(other) && codes(self) == codes(other)
  }
}
