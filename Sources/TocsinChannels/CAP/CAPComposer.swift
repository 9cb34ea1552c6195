import CAP
import TocsinModel

/// Makes CAP messages of notices.
struct CAPComposer: Sendable {
  let settings: CAPSettings
  private let hazards: [String: Hazard]
  private let zones: [String: Zone]
  private let outlines: [String: [Polygon]]
  private let title: Texts

  init(_ settings: CAPSettings, plan: Plan) {
    self.settings = settings
    title = plan.title
    hazards = Dictionary(plan.hazards.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    zones = Dictionary(plan.zones.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    outlines = zones.mapValues { $0.area.outlines }
  }

  /// - Parameters:
  ///   - delivery: its id becomes part of the message's, so that it is known again.
  ///   - chain: what was said before; it takes the new message.
  func message(
    _ notice: Notice, delivery: String, isExercise: Bool, _ chain: inout CAPChain
  ) -> Alert {
    let sent = Moment(notice.issued)
    let before = chain
    chain.take(notice)
    let references = before.references(at: sent)
    let kind: Alert.Kind =
      if references.isEmpty {
        .alert  // Also where the messages before were lost: there is nothing to refer to.
      } else if notice.kind == .correction, chain.isOver {
        .cancel
      } else {
        .update
      }
    var alert = Alert(
      identifier: Self.identifier(settings.prefix, sent, delivery), sender: settings.sender,
      sent: sent, status: isExercise ? .exercise : .actual, kind: kind, source: "Tocsin",
      note: note(notice, isExercise), references: references, incidents: [notice.warning])
    let languages = notice.texts.byLanguage.keys.sorted { Self.order($0) < Self.order($1) }
    alert.infos = languages.flatMap { infos(notice, chain, $0, sent, isExercise) }
    chain.add(alert)
    return alert
  }

  /// `prefix.1684082114.12.1`: its own moment, then the event and the place in it, numbers as an object
  /// identifier wants them.
  static func identifier(_ prefix: String, _ sent: Moment, _ delivery: String) -> String {
    let number = delivery.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "." }
    return "\(prefix).\(sent.seconds).\(number.joined())"
  }

  /// English first: a reader that knows one info alone takes the first.
  private static func order(_ language: String) -> String { language == "en" ? "" : language }

  private func note(_ notice: Notice, _ isExercise: Bool) -> String? {
    let parts = [
      isExercise ? "EXERCISE \(notice.warning): people train; nothing is coming." : nil,
      notice.kind == .correction ? notice.texts["en"] : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// In one language: what is in force, by stage and end; then what ends with this notice.
  private func infos(
    _ notice: Notice, _ chain: CAPChain, _ language: String, _ sent: Moment, _ isExercise: Bool
  ) -> [Info] {
    struct Group: Hashable {
      var stage: Stage
      var expires: Moment
      var onset: Moment?
    }
    let groups = Dictionary(grouping: chain.zones.keys) { zone -> Group? in
      chain.zones[zone].map { Group(stage: $0.stage, expires: $0.expires, onset: $0.onset) }
    }
    let active = groups.sorted { first, second in
      guard let one = first.key, let two = second.key else { return false }
      return (two.stage, two.expires, first.value.min() ?? "")
        < (one.stage, one.expires, second.value.min() ?? "")
    }
    var infos: [Info] = []
    for case (let group?, let zones) in active where group.expires.seconds > sent.seconds {
      let isNew = notice.stage == group.stage && notice.rows.contains { zones.contains($0.zone) }
      let texts =
        isNew ? notice.texts : hazards[chain.hazard]?.text(of: .warning, stage: group.stage)
      var info = info(
        texts ?? notice.texts, chain, zones.sorted(), language, group.expires, isExercise)
      info.responses = [group.stage == .early ? .prepare : settings.words(chain.hazard).response]
      info.urgency = group.stage == .early ? .expected : .immediate
      info.severity = group.stage == .early ? .severe : .extreme
      info.certainty = .likely
      info.onset = group.onset
      infos.append(info)
    }
    guard notice.stage == .ended else { return infos }
    return infos + [ending(notice, chain, language, sent, isExercise)]
  }

  /// How long it is shown that something is over.
  private static let endingShown = 3600

  private func ending(
    _ notice: Notice, _ chain: CAPChain, _ language: String, _ sent: Moment, _ isExercise: Bool
  ) -> Info {
    var info = info(
      notice.texts, chain, notice.rows.map(\.zone), language,
      Moment(seconds: sent.seconds + Self.endingShown), isExercise)
    // Where another warning is in force nobody may be told that all is clear.
    let isStillWarned = notice.rows.contains { !($0.stillUnder ?? []).isEmpty }
    info.responses = [isStillWarned ? .monitor : .allClear]
    info.urgency = .past
    info.severity = .minor
    info.certainty = .observed
    return info
  }

  private func info(
    _ texts: Texts, _ chain: CAPChain, _ zones: [String], _ language: String, _ expires: Moment,
    _ isExercise: Bool
  ) -> Info {
    let text = texts[language]
    let words = (isExercise ? Self.exercise[language] + ": " : "") + text
    let names = zones.map { self.zones[$0]?.name[language] ?? $0 }
    var info = Info(
      language: language, categories: [settings.words(chain.hazard).category],
      event: hazards[chain.hazard]?.name[language] ?? chain.hazard, urgency: nil, severity: nil,
      certainty: nil, eventCodes: [NamedValue(CAPChain.Words.hazard, chain.hazard)],
      expires: expires, senderName: (settings.name ?? title)[language],
      headline: String(words.prefix(140)),
      description: "\(words) \(names.joined(separator: "; ")).", instruction: text,
      web: settings.address + "/", contact: settings.contact)
    info.parameters = zones.compactMap { zone in
      let seconds = chain.zones[zone]?.shelterSeconds ?? self.zones[zone]?.shelterSeconds
      return seconds.map { NamedValue(CAPChain.Words.shelterSeconds + zone, String($0)) }
    }
    info.areas = zip(zones, names).map { zone, name in
      Area(
        description: name.isEmpty ? zone : name, polygons: outlines[zone] ?? [],
        geocodes: [NamedValue(CAPChain.Words.zone, zone)])
    }
    return info
  }

  private static let exercise: Texts = [
    "en": "EXERCISE", "he": "תרגיל", "ar": "تمرين", "ru": "УЧЕНИЕ", "fr": "EXERCICE",
  ]
}
