import Foundation
import TocsinModel

/// Where a browser subscribes to Web Push, and with which key.
struct PushOffer: Hashable, Sendable, Encodable {
  var path: String
  var key: String
}

/// The public page as one whole document, with the present state already in it.
///
/// It is made from the public picture alone: nothing else could get into it.
struct PublicPage {
  let picture: PublicPicture
  let gazetteer: Gazetteer
  let words: Words
  let clock: WebClock.Reading
  let signs: Markup
  let push: PushOffer?
  private let reply: Reply
  private let time: LocalTime

  static let rowsOnTop = 6
  static let linesShown = 60

  init(
    picture: PublicPicture, gazetteer: Gazetteer, words: Words, clock: WebClock.Reading,
    signs: Markup, push: PushOffer? = nil
  ) {
    self.signs = signs
    self.push = push
    self.picture = picture
    self.gazetteer = gazetteer
    self.words = words
    self.clock = clock
    reply = Reply(picture, at: clock.now)
    time = LocalTime(picture.timeZone)
  }

  func html(_ template: Template) -> String {
    let mode = frame
    let place = picture.title[words.language]
    let head = headline
    let prefix =
      mode == .actual || head.hasPrefix(words[mode.rawValue]) ? "" : "\(words[mode.rawValue]): "
    return template.fill(
      words,
      [
        "lang": .text(words.language), "dir": .text(words.direction), "mode": .text(mode.rawValue),
        "state": .text(reply.state.rawValue), "word": .text(words[mode.rawValue]),
        "title": .text("\(prefix)\(head) · \(place)"), "icon": .text(icon(mode)),
        "place": .text(place), "languages": languages, "strips": strips,
        "nowclass": reply.rows.isEmpty ? "" : " now-listed", "now": now, "listnow": warnedNow,
        "listended": endedList, "timeline": timeline, "health": health,
        "asof": .text(asOf), "data": data, "signs": signs,
      ])
  }

  private var frame: Mode {
    if picture.mode == .replay { return .replay }
    return reply.active.contains { $0.zone.mode == .exercise } ? .exercise : .actual
  }

  private func icon(_ mode: Mode) -> String {
    guard mode == .actual else { return mode.rawValue }
    return switch reply.state {
    case .shelter, .impact, .stay: "danger"
    case .blind, .uncovered: "blind"
    default: "calm"
    }
  }

  private var languages: Markup {
    .join(
      Vocabulary.order.map { language in
        let name = PublicPage.languageNames[language] ?? language
        let current: Markup = language == words.language ? " aria-current=\"true\"" : ""
        return
          "<a href=\"?lang=\(language)\" lang=\"\(language)\" hreflang=\"\(language)\"\(current)>\(name)</a>"
      })
  }

  static let languageNames = ["en": "English", "he": "עברית", "ar": "العربية", "ru": "Русский"]

  private var strips: Markup {
    var strips: [Markup] = []
    if !picture.recorded {
      strips.append("<p class=\"strip strip-fault\">\(words["not_recorded"])</p>")
    }
    if picture.mode == .replay {
      strips.append(
        "<p class=\"strip strip-replay\">\(words["replay"]): \(picture.title[words.language]). \(words["replay_note"])</p>"
      )
    } else if frame == .exercise {
      strips.append("<p class=\"strip strip-exercise\">\(words["exercise_note"])</p>")
    }
    return .join(strips)
  }

  // MARK: The answer

  private func withMode(_ mode: Mode, _ sentence: String) -> String {
    mode == .actual ? sentence : "\(words[mode.rawValue]): \(sentence)"
  }

  private func hazard(_ row: Reply.Row) -> Gazetteer.HazardWords {
    gazetteer.hazardWords(words.language)[row.zone.hazard]
      ?? Gazetteer.HazardWords(name: row.zone.hazard, shelter: true, instruction: "")
  }

  private var headline: String {
    let sentence =
      switch reply.state {
      case .shelter, .impact, .stay, .early: order
      case .ended, .corrected: words["\(reply.state.rawValue)_in"]
      case .calm: words["calm"]
      case .blind, .uncovered: words["blind"]
      }
    return withMode(reply.mode, sentence)
  }

  /// "Take shelter now in", or the plan's own words where the danger asks for something else.
  private var order: String {
    guard let first = reply.rows.first else { return words["calm"] }
    let hazard = hazard(first)
    let key = reply.state == .impact ? "shelter" : reply.state.rawValue
    if hazard.shelter { return words["\(key)_in"] }
    if reply.state == .early { return words["early_other"] }
    return hazard.instruction.isEmpty ? words["holds"] : hazard.instruction
  }

  private func rest(_ row: Reply.Row) -> String {
    switch row.state {
    case .shelter:
      row.left.map { words.say("s", n: Int($0.rounded(.up))) } ?? words["state_shelter"]
    case .impact: hazard(row).shelter ? words["impact_now"] : words["expected_now"]
    case .stay: words.say("at_most", n: row.minutes)
    case .ended: words.say("ended_at", ["t": time.clock(row.zone.ended ?? row.zone.issued)])
    case .corrected: words.say("corrected_at", ["t": time.clock(row.zone.ended ?? row.zone.issued)])
    case .early: ""
    default: words["state_\(row.state.rawValue)"]
    }
  }

  private func sign(_ name: String, _ size: String = "") -> Markup {
    "<svg class=\"sign \(size)\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#sign-\(name)\"></use></svg>"
  }

  private var now: Markup {
    let places: Markup =
      reply.rows.isEmpty
      ? ""
      : "<ul class=\"where-rows big\">\(Markup.join(reply.rows.prefix(Self.rowsOnTop).map { "<li><span class=\"where-name\">\(name($0))</span> <span class=\"where-rest\">\(rest($0))</span></li>" }))\(more)</ul>"
    let said = sentences.enumerated().map { index, sentence -> Markup in
      index == 0 ? "<p class=\"now-say\">\(sentence)</p>" : "<p class=\"now-more\">\(sentence)</p>"
    }
    return
      "<div class=\"now-in\"><div class=\"now-head\">\(sign(reply.state.sign))<h1 id=\"headline\">\(headline)</h1></div>\(places)\(Markup.join(said))</div>"
  }

  private var more: Markup {
    let hidden = reply.rows.count - Self.rowsOnTop
    return hidden > 0
      ? "<li><a href=\"#list\">\(words.say("and_more", n: hidden))</a></li>" : ""
  }

  private var sentences: [String] {
    var said: [String] = []
    if let first = reply.rows.first,
      let warning = picture.warnings.first(where: { $0.id == first.zone.warning })
    {
      // Who stays in shelter is not told to go there again.
      let stays = reply.state == .stay && hazard(first).shelter
      let text = stays ? warning.hazardName : warning.text
      said.append(withMode(reply.mode, text[words.language]))
    }
    if reply.mode == .exercise { said.append(words["exercise_note"]) }
    switch reply.state {
    case .calm:
      said.append(
        withMode(reply.mode, words[picture.mode == .replay ? "replay_note" : "calm_note"]))
      let blind = reply.unseen.filter { $0.state == .blind }.map { $0.district[words.language] }
      if !blind.isEmpty {
        said.append(words.say("blind_some", ["places": blind.joined(separator: ", ")]))
      }
    case .blind, .uncovered: said += [words["blind_do"], words["\(reply.state.rawValue)_all"]]
    default: break
    }
    return said
  }

  // MARK: The lists

  private func name(_ row: Reply.Row) -> String { gazetteer.name(row.zone.zone, words.language) }

  private func item(_ row: Reply.Row) -> Markup {
    let state = withMode(row.zone.mode, words["state_\(row.state.rawValue)"])
    let rest = row.state == .early || row.state == .impact ? "" : rest(row)
    return
      "<li class=\"zone zone-\(row.state.rawValue)\">\(sign(row.state.sign))<span class=\"zone-name\">\(name(row))</span><span class=\"zone-state\">\(state)</span><span class=\"zone-rest\">\(rest)</span></li>"
  }

  private var warnedNow: Markup {
    guard !reply.active.isEmpty else { return "<p class=\"none\">\(words["now_none"])</p>" }
    var order: [String] = []
    var groups: [String: [Reply.Row]] = [:]
    for row in reply.active {
      let district = gazetteer.district(row.zone.zone, words.language)
      if groups[district] == nil { order.append(district) }
      groups[district, default: []].append(row)
    }
    return .join(
      order.map { district in
        let heading: Markup = district.isEmpty ? "" : "<h3>\(district)</h3>"
        let items = Markup.join((groups[district] ?? []).map(item))
        return "<div class=\"district\">\(heading)<ul class=\"zones\">\(items)</ul></div>"
      })
  }

  private var endedList: Markup {
    guard !reply.ended.isEmpty else { return "<p class=\"none\">\(words["ended_none"])</p>" }
    return "<ul class=\"zones\">\(Markup.join(reply.ended.prefix(Self.linesShown).map(item)))</ul>"
  }

  private var health: Markup {
    guard !reply.unseen.isEmpty else {
      return
        "<p class=\"eye\">\(sign("seen", "small")) \(words.say("all_covered", n: picture.health.count))</p>"
    }
    let items = reply.unseen.map { row -> Markup in
      let since: Markup =
        row.since.map { " <span class=\"dim\">\(words.say("since", ["t": time.clock($0)]))</span>" }
        ?? ""
      return
        "<li class=\"eye eye-\(row.state.rawValue)\">\(sign("blind", "small")) <span>\(row.district[words.language])</span> <strong>\(words["\(row.state.rawValue)_word"])</strong>\(since)</li>"
    }
    return "<ul class=\"eyes\">\(Markup.join(items))</ul>"
  }

  private var timeline: Markup {
    guard !picture.timeline.isEmpty else {
      return "<p class=\"none\">\(words["timeline_none"])</p>"
    }
    return
      "<ol class=\"timeline\">\(Markup.join(picture.timeline.suffix(Self.linesShown).reversed().map(line)))</ol>"
  }

  private func line(_ line: PublicPicture.Line) -> Markup {
    let told: Markup =
      if line.kind == .statement || line.zones.isEmpty {
        "<bdi>\(line.text)</bdi>"
      } else {
        "\(words[line.kind.rawValue]): \(line.zones.prefix(8).map { gazetteer.name($0, words.language) }.joined(separator: ", "))\(line.zones.count > 8 ? " …" : "")"
      }
    let when = time.day(line.time) == time.day(clock.now) ? "" : time.day(line.time) + " "
    return
      "<li class=\"line line-\(line.kind.rawValue)\"><time datetime=\"\(line.time.description)\">\(words.digit(when + time.clock(line.time)))</time><div><span class=\"line-text\">\(told)</span><span class=\"line-source\">\(words.say("source", ["source": "\u{2068}\(line.source)\u{2069}"]))</span></div></li>"
  }

  private var asOf: String {
    words.say("as_of", ["t": time.clock(clock.now)]) + " · "
      + words.say("time_in", ["zone": time.named(at: clock.now)])
  }

  // MARK: For the scripts

  private struct PageData: Encodable {
    var lang: String
    var strings: [String: String]
    var hazards: [String: Gazetteer.HazardWords]
    var picture: PublicPicture
    var names: [String: [JSONScalar]]
    var clock: WebClock.Reading
    var push: PushOffer?
  }

  private var data: Markup {
    let named =
      picture.zones.map(\.zone) + picture.warnings.flatMap(\.zones)
      + picture.timeline.flatMap(\.zones)
    let data = PageData(
      lang: words.language, strings: words.table, hazards: gazetteer.hazardWords(words.language),
      picture: picture, names: gazetteer.names(Set(named), words.language), clock: clock,
      push: push)
    return .json((try? JSONEncoder.web.encode(data)) ?? Data("{}".utf8))
  }
}
