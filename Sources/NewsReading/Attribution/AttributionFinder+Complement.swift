extension AttributionFinder {
  private static let wins = Words.set(
    "life lives victim victims title titles gold silver bronze medal wicket wickets win victory crown trophy place seat seats goal asylum benefit benefits compensation refund prize point points scalp third first second fourth pole"
  )
  private static let deniable = Words.set(
    "claim claims allegation allegations accusation accusations report reports suggestion suggestions charge charges rumor rumors rumour rumours criticism notion idea assertion assertions account accounts version statement figure figures findings finding conclusion insinuations narrative"
  )
  private static let retractable = Words.set(
    "claim claims statement statements report reports remark remarks comment comments allegation allegations accusation story article confession testimony assertion post tweet announcement message figure figures account tally toll"
  )

  /// What follows a verb, its listener and adverbials passed over.
  func complement(after verb: Int, _ say: SayVerb) -> Complement {
    var complement = Complement(kind: .unknown, after: verb + 1)
    var place = verb + 1
    let object = place
    if say.base == "point" {
      guard lower(place) == "out" || lower(place) == "to" else { return complement }
      place += 1
    }
    if say.frames.contains(.listener), let next = listener(place, &complement.relays) {
      place = next
    }
    place = skipAdverbials(place, &complement)
    complement.after = place
    complement.kind = kind(at: &place, say, verb: verb, object: object)
    complement.after = place
    return complement
  }

  private func kind(at place: inout Int, _ say: SayVerb, verb: Int, object: Int) -> Complement.Kind
  {
    guard place < end else { return .stop }
    let word = lower(place)
    let frames = say.frames
    if isQuotation(place) { return quotationKind(at: &place, say, object) }
    if isMark(place, ":") {
      place += 1
      return isQuotation(place)
        ? .quotation : place < end && frames.contains(.clause) ? .clause : .stop
    }
    if say.base == "tell", place == object, Words.clauseOpeners.contains(word) || word == "by" {
      return .unknown
    }
    if say.base == "tell", place == object, !isQuotation(place),
      !["that", "of", "how"].contains(word)
    {
      return isMark(place, ",") ? .stop : .unknown
    }
    if isMark(place, ",") {
      if isQuotation(place + 1) {
        place += 1
        return .quotation
      }
      return .stop
    }
    if tokens[place].kind == .mark {
      return isMark(place, "$") || isMark(place, "£") || isMark(place, "€") ? .object : .stop
    }
    if frames.contains(.label) { return label(at: &place, say, verb) }
    if word == "that", frames.contains(.clause), !isMark(place + 1, ",") || true {
      place += 1
      return .clause
    }
    if frames.contains(.rare) { return looksLikeClause(place) ? .clause : .unknown }
    if ["how", "why", "what", "where", "when", "whether", "who", "which", "if"].contains(word),
      frames.contains(.clause)
    {
      if word == "when" || word == "where" || word == "who" || word == "which" {
        return hasFinite(place + 1..<min(place + 6, end))
          && ["explain", "describe", "tell", "recall", "reveal"].contains(say.base)
          ? .clause : .stop
      }
      return .clause
    }
    if word == "as", say.base != "say" || true { return .stop }
    if word == "to", frames.contains(.infinitive) { return .object }
    if word == "to", frames.contains(.listener), place > object {
      place = object
      return .object
    }
    if say.prepositions.contains(word) {
      place +=
        word == "of" || word == "about" || word == "for" || word == "on" || word == "to" ? 1 : 0
      return .object
    }
    if frames.contains(.person), say.base != "advise" { return personKind(at: place, say) }
    return bareKind(at: place, say, verb)
  }

  /// `called it "a disgrace"`: a quotation as the object itself.
  private func quotationKind(at place: inout Int, _ say: SayVerb, _ object: Int) -> Complement.Kind
  {
    if say.frames.contains(.quotation) || say.frames.contains(.clause)
      || say.frames.contains(.object) || say.frames.contains(.person)
    {
      return .quotation
    }
    return say.frames.contains(.label) ? .quotation : .unknown
  }

  private func personKind(at place: Int, _ say: SayVerb) -> Complement.Kind {
    if say.base == "accuse" {
      return (place..<min(place + 25, end)).contains { lower($0) == "of" } ? .object : .unknown
    }
    if say.base == "warn" || say.base == "caution", looksLikeClause(place) { return .clause }
    return Words.clauseOpeners.contains(lower(place)) ? .stop : .object
  }

  private func bareKind(at place: Int, _ say: SayVerb, _ verb: Int) -> Complement.Kind {
    if refusesObject(place, say, verb) { return .unknown }
    let word = lower(place)
    if Words.clauseOpeners.contains(word) || word == "and" || word == "who" || word == "or" {
      return .stop
    }
    if isHeadline, ["fear", "believe", "suspect", "warn", "confirm"].contains(say.base),
      !Words.prepositions.contains(word)
    {
      return .clause
    }
    if say.frames.contains(.clause) {
      if looksLikeClause(place) { return .clause }
      if say.base == "say" || say.base == "tell" {
        return isHeadline || !Words.prepositions.contains(word) ? .clause : .stop
      }
    }
    if say.frames.contains(.object) || say.frames.contains(.ingComplement) {
      if Words.prepositions.contains(word) { return .stop }
      return .object
    }
    if say.frames.contains(.nounToo), word == "responsibility" { return .object }
    return .unknown
  }

  /// Objects that make a verb of saying another verb: "claimed two lives", "said goodbye".
  private func refusesObject(_ place: Int, _ say: SayVerb, _ verb: Int) -> Bool {
    let word = lower(place)
    let next = lower(place + 1)
    switch say.base {
    case "say":
      return [
        "goodbye", "hello", "farewell", "prayers", "thanks", "so", "grace", "mass", "nothing",
        "little", "yes", "cheese",
      ].contains(word) || (word == "a" && next == "prayer")
    case "tell":
      return ["apart", "off", "tales", "lies", "stories", "jokes", "time"].contains(word)
        || Words.determiners.contains(word)
          && ["story", "stories", "truth", "tale", "time", "difference", "joke", "lie", "lies"]
            .contains(next)
    case "claim":
      let stops = Self.wins
      if word == "responsibility" || word == "victory" { return word == "victory" }
      return !looksLikeClause(place) && true
        || (place..<min(place + 4, end)).contains { stops.contains(lower($0)) }
    case "confirm", "report":
      return ["dead", "missing"].contains(word)
        || say.base == "report" && ["for", "to", "back"].contains(word)
    case "deny":
      return [
        "entry", "access", "bail", "permission", "visas", "bond", "parole", "asylum", "them", "him",
        "her", "us", "me",
      ].contains(word) || (word == "a" && next == "visa")
    case "admit":
      return ["to", "patients", "him", "her", "them"].contains(word)
        && !(word == "to" && next.hasSuffix("ing"))
    case "add", "note", "observe", "maintain", "stress", "point", "find", "show", "state",
      "conclude", "repeat", "declare", "recall", "suggest", "indicate", "estimate":
      return false
    case "believe": return word == "in"
    case "rule": return word == "out"
    default: return false
    }
  }

  // MARK: "described it as …", "rejected the claim"

  private func label(at place: inout Int, _ say: SayVerb, _ verb: Int) -> Complement.Kind {
    let word = lower(place)
    let reach = place..<min(place + 16, end)
    let hasAs = reach.contains { lower($0) == "as" }
    let stop = reach.first { isMark($0, ",") || isMark($0, ";") } ?? reach.upperBound
    let quotes = (place..<stop).contains { isQuotation($0) }
    switch say.base {
    case "describe" where quotes || ["seeing", "hearing", "how"].contains(word): return .object
    case "describe", "label", "brand", "deem":
      return hasAs || (quotes && say.base != "describe") ? .object : .unknown
    case "call":
      if say.prepositions.contains(word) {
        guard isSpoken(verb) else { return .unknown }
        place += 1
        return .object
      }
      if word == "off" || word == "up" || word == "in" || word == "out" { return .unknown }
      if quotes { return .object }
      let isPronoun = ["it", "him", "her", "them", "this", "that"].contains(word)
      if isPronoun, place + 1 < end, !Words.prepositions.contains(lower(place + 1)) {
        return .object
      }
      return secondArticle(after: place) ? .object : .unknown
    case "reject", "dismiss", "refute", "dispute", "rebut":
      let denied = Self.deniable
      if reach.contains(where: { denied.contains(lower($0)) }) { return .object }
      return ["that", "this", "it", "them"].contains(word) && (hasAs || quotes) || hasAs && quotes
        ? .object : .unknown
    case "retract", "withdraw", "correct":
      let said = Self.retractable
      return reach.contains { said.contains(lower($0)) } ? .object : .unknown
    case "slam", "blast", "denounce", "decry", "condemn", "criticize", "criticise", "praise",
      "hail", "welcome":
      return Words.clauseOpeners.contains(word) ? .stop : .object
    default: return .object
    }
  }

  private func isSpoken(_ verb: Int) -> Bool { verb > 0 }

  /// "called the ruling a disgrace": an article without a preposition before it.
  private func secondArticle(after place: Int) -> Bool {
    for next in place + 1..<min(place + 8, end) where ["a", "an"].contains(lower(next)) {
      return next > place + 1 && !Words.prepositions.contains(lower(next - 1))
        && tokens[next - 1].kind != .mark
    }
    return false
  }

  /// Whether a subject and a verb in a tense follow.
  func looksLikeClause(_ place: Int) -> Bool {
    let word = lower(place)
    if [
      "he", "she", "it", "they", "we", "there", "i", "you", "he's", "she's", "it's", "they're",
      "there's", "nobody", "no-one", "nothing",
    ].contains(word) {
      return true
    }
    var next = place + 1
    while next < min(place + 26, end) {
      if tokens[next].isMark(";") || tokens[next].isMark(":")
        || Words.subordinators.contains(lower(next))
      {
        return false
      }
      if isFinite(next), !["who", "which", "that"].contains(lower(next - 1)),
        !isRelativeVerb(next, from: place)
      {
        return true
      }
      next += 1
    }
    return false
  }

  /// A verb of a relative clause within the object: "a report which said".
  private func isRelativeVerb(_ place: Int, from start: Int) -> Bool {
    guard
      let opener = (max(start, place - 4)..<place).last(where: {
        ["who", "which", "that"].contains(lower($0))
      })
    else { return false }
    return !hasFinite(opener + 1..<place)
  }

  /// "… spoke with Radio Nord": the outlet of what follows.
  func spokenTo() -> String? {
    for place in 0..<max(0, end - 2)
    where ["spoke", "speaking", "talked", "interview", "interviewed", "appeared", "appearing"]
      .contains(lower(place))
    {
      guard ["with", "to", "on", "by"].contains(lower(place + 1)) else { continue }
      var stop = place + 2
      while stop < end,
        tokens[stop].isCapitalized || tokens[stop].isNumber || lower(stop) == "the"
          || Words.outletWords.contains(lower(stop))
      { stop += 1 }
      let range = place + 2..<stop
      if !range.isEmpty, isOutlet(range) { return reader.text(range) }
    }
    return nil
  }

  // MARK: Listeners and adverbials

  /// The token after a listener ("told | Reuters | that"); outlets are noted.
  func listener(_ start: Int, _ relays: inout [String]) -> Int? {
    guard start < end, tokens[start].isWord else { return nil }
    let first = lower(start)
    if ["that", "of", "against", "about", "to", "how", "why", "what", "on", "in", "at"].contains(
      first)
    {
      return nil
    }
    if Words.clauseOpeners.contains(first) { return nil }
    if ["him", "them", "us", "me", "it", "you"].contains(first) { return start + 1 }
    var stop = start
    while stop < end,
      tokens[stop].isWord || isMark(stop, "&") || tokens[stop].isNumber && stop > start
    {
      if stop > start {
        if endsListener(stop, from: start) { break }
        if isFinite(stop) {
          return tokens[start].isCapitalized && stop - start > 1
            ? backedListener(start, stop, &relays)
            : Words.audiences.contains(first) ? start + 1 : nil
        }
      }
      stop += 1
    }
    guard stop > start else { return nil }
    if isOutlet(start..<stop) { relays.append(reader.text(start..<stop)) }
    return stop
  }

  /// "told Reuters Israel had …": the last capital belongs to the clause.
  private func backedListener(_ start: Int, _ verb: Int, _ relays: inout [String]) -> Int? {
    let stop = start + 1
    if isOutlet(start..<stop) { relays.append(reader.text(start..<stop)) }
    return stop
  }

  private func endsListener(_ place: Int, from start: Int) -> Bool {
    let word = lower(place)
    if [
      "that", "how", "why", "what", "whether", "who", "to", "of", "by", "it", "he", "she", "they",
      "there", "we", "if", "about", "against", "via", "from", "after", "during", "as", "when",
      "while", "and", "but", "with", "outside", "not",
    ].contains(word) {
      return true
    }
    let inName = tokens[place].isCapitalized && tokens[place - 1].isCapitalized
    if Words.weekdays.contains(word) && !(inName && word == "today")
      || ["late", "early", "earlier", "on", "in", "at", "over", "through"].contains(word)
    {
      return true
    }
    if Words.determiners.contains(word) { return true }
    if word.hasSuffix("ly"), !["daily", "weekly", "assembly"].contains(word) { return true }
    // "Channel 9" is a name whole, and its number ends it as a rule.
    let before = tokens[place - 1]
    let isPast =
      before.isNumber
      || (before.isCapitalized && !tokens[place].isCapitalized && !tokens[place].isNumber)
    if isPast,
      lower(start) != "the" || !Words.outletWords.contains(word)
    {
      let reach = place..<min(place + 3, end)
      return !reach.contains { Words.outletWords.contains(lower($0)) && tokens[$0].isWord }
        && !Words.nameParticles.contains(word)
    }
    return false
  }

  /// Whether a listener is a way to readers and not an audience or a person.
  func isOutlet(_ range: Range<Int>) -> Bool {
    let words = range.map { lower($0) }
    guard !words.isEmpty, !words.contains(where: Words.audiences.contains) else { return false }
    let text = reader.text(range)
    if reader.names.person(text) != nil || words.contains(where: Words.isTitle) { return false }
    if range.contains(where: { tokens[$0].isCapitalized && lower($0) != "the" }) {
      return !range.contains {
        Agents.people.contains(lower($0)) && tokens[$0].isCapitalized
          && !Words.outletWords.contains(lower($0))
      }
    }
    return Words.outletWords.contains(words[words.count - 1])
  }

  /// Passes over days, media and other adverbials between a verb and what is said.
  func skipAdverbials(_ start: Int, _ complement: inout Complement) -> Int {
    var place = start
    for _ in 0..<8 {
      if let next = timeEnd(from: place) {
        complement.time = complement.time ?? place..<next
        place = next
      } else if let next = mediumEnd(from: place, &complement.relays) ?? simpleAdverb(place)
        ?? detour(place) ?? placeEnd(place, &complement.relays)
      {
        place = next
      } else {
        break
      }
    }
    return place
  }

  private func simpleAdverb(_ place: Int) -> Int? {
    let word = lower(place)
    guard !word.isEmpty, tokens[place].isWord else { return nil }
    if [
      "again", "back", "too", "also", "simply", "only", "then", "however", "instead", "here",
      "on-air",
    ].contains(word) {
      return place + 1
    }
    if word == "there", lower(place + 1) == "that" { return place + 1 }
    return word.hasSuffix("ly") && !tokens[place].isCapitalized
      && ![
        "family", "only", "nearly", "early", "roughly", "assembly", "exactly", "barely", "hardly",
        "italy", "elderly", "mostly",
      ].contains(word) ? place + 1 : nil
  }

  /// ", without giving details, that": an interruption before what is said.
  private func detour(_ place: Int) -> Int? {
    guard isMark(place, ","), !isQuotation(place + 1) else { return nil }
    guard
      let close = (place + 2..<max(place + 2, min(place + 14, end))).first(where: {
        isMark($0, ",")
      })
    else { return nil }
    let follow = lower(close + 1)
    return follow == "that"
      || (isQuotation(close + 1)
        && ["however", "without", "in", "referring", "speaking"].contains(lower(place + 1)))
      ? (isQuotation(close + 1) ? close + 1 : close + 1) : nil
  }

  /// "late on Sunday", "May 3", "earlier", "last week", "at 6 p.m.".
  func timeEnd(from start: Int) -> Int? {
    var place = start
    while [
      "on", "late", "early", "earlier", "last", "this", "later", "in", "at", "around", "shortly",
      "before", "after",
    ].contains(lower(place)), place - start < 3 { place += 1 }
    let word = lower(place)
    if Words.weekdays.contains(word) {
      place += 1
      if ["morning", "afternoon", "evening", "night"].contains(lower(place)) { place += 1 }
      return place
    }
    if Words.months.contains(word), tokens[place].isCapitalized {
      return place + 1 < end && tokens[place + 1].isNumber ? place + 2 : place + 1
    }
    if place < end, tokens[place].isNumber, Words.months.contains(lower(place + 1)),
      tokens[place + 1].isCapitalized
    {
      return place + 2
    }
    if place > start, ["week", "month", "year", "night"].contains(word) { return place + 1 }
    if place == start + 1, lower(start) == "in", place < end, tokens[place].isNumber,
      tokens[place].text.count == 4
    {
      return place + 1
    }
    if ["noon", "midnight", "dawn", "dusk", "midday"].contains(word), place > start {
      return place + 1
    }
    if place < end, tokens[place].isNumber || word.first?.isNumber == true,
      Words.clock.contains(lower(place + 1))
    {
      return place + 2
    }
    if place - start == 1, ["earlier", "later"].contains(lower(start)),
      lower(place) == "that" || isMark(place, ",")
    {
      return place
    }
    return nil
  }

  /// Whether "in a statement" and the like begins here.
  func isMedium(_ place: Int) -> Bool { mediumNoun(from: place) != nil }

  private func mediumNoun(from place: Int) -> Int? {
    guard ["in", "at", "on", "during", "by", "via", "through", "to", "from"].contains(lower(place))
    else { return nil }
    var next = place + 1
    while next < min(place + 9, end), tokens[next].isWord {
      if Words.media.contains(lower(next)) {
        while next + 1 < end, Words.media.contains(lower(next + 1)) { next += 1 }
        return next
      }
      if isFinite(next) || ["that", "the"].contains(lower(next)) && next > place + 1 { return nil }
      if Words.prepositions.contains(lower(next)) { return nil }
      next += 1
    }
    return nil
  }

  private func mediumEnd(from start: Int, _ relays: inout [String]) -> Int? {
    guard let noun = mediumNoun(from: start) else { return platformEnd(from: start, &relays) }
    var place = noun + 1
    if isMark(noun, "-") { return nil }
    for _ in 0..<4 {
      if [
        "posted", "published", "released", "sent", "issued", "carried", "shared", "aired",
        "broadcast", "emailed", "made", "given", "distributed",
      ].contains(lower(place)) {
        place += 1
      }
      if let next = timeEnd(from: place) { place = next }
      guard ["to", "with", "on", "by", "in", "for", "from", "at"].contains(lower(place)) else {
        break
      }
      let next = outletEnd(from: place + 1)
      if next > place + 1 {
        let range = place + 1..<next
        if isPlatform(range) || (isOutlet(range) && !["in", "from", "at"].contains(lower(place))) {
          relays.append(reader.text(range))
        }
        place = next
      } else {
        break
      }
    }
    return place
  }

  /// "on Telegram", "via X", "to Reuters".
  private func platformEnd(from start: Int, _ relays: inout [String]) -> Int? {
    guard ["on", "via", "to", "through"].contains(lower(start)) else { return nil }
    let stop = outletEnd(from: start + 1)
    guard stop > start + 1,
      (start + 1..<stop).contains(where: { tokens[$0].isCapitalized }) || stop > start + 2
    else { return nil }
    let range = start + 1..<stop
    if isPlatform(range)
      || (isOutlet(range)
        && (lower(start) == "to" || range.contains { Words.outletWords.contains(lower($0)) }))
    {
      relays.append(reader.text(range))
      return stop
    }
    return nil
  }

  private func isPlatform(_ range: Range<Int>) -> Bool {
    Words.platforms.contains(lower(range.upperBound - 1))
  }

  private func outletEnd(from start: Int) -> Int {
    var place = start
    while place < end, tokens[place].isWord {
      let word = lower(place)
      let fits =
        tokens[place].isCapitalized && !Words.weekdays.contains(word)
        || Words.outletWords.contains(word)
        || (place == start
          && [
            "the", "a", "an", "state", "local", "public", "his", "her", "its", "messaging",
            "social",
          ].contains(word))
        || ["app", "state", "local", "media", "platform"].contains(word) && place > start
      guard fits else { break }
      place += 1
    }
    return place > start && lower(place - 1) == "the" ? start : place
  }

  /// "said in Kyiv that", "said at his home:" – a place, when what is said surely follows.
  private func placeEnd(_ start: Int, _ relays: inout [String]) -> Int? {
    guard start < end, Words.prepositions.contains(lower(start)),
      !["of", "to", "about", "against", "for"].contains(lower(start))
        || ["to", "for"].contains(lower(start))
          && ["reporters", "journalists", "lawmakers", "parliament", "parts"].contains(
            lower(start + 1))
        || lower(start) == "of"
    else { return nil }
    let isTopic = lower(start) == "of"
    var place = start + 1
    while place < min(start + 14, end) {
      if lower(place) == "that" || isMark(place, ":") || isQuotation(place)
        || isMark(place, ",") && (!isTopic || isQuotation(place + 1))
      {
        return place
      }
      if tokens[place].kind == .mark || isFinite(place) || Words.pronouns.contains(lower(place)) {
        return ["reporters", "journalists"].contains(lower(start + 1)) ? start + 2 : nil
      }
      place += 1
    }
    return place >= end && !isTopic ? end : nil
  }
}
