/// The subject of a verb of saying.
struct Subject {
  /// `nil`: the subject of a verb before it.
  var phrase: SpeakerPhrase?
  var start: Int
  var relays: [String] = []
  var time: Range<Int>?
  var isRelative = false
  /// ", a charge the ministry dismissed": what is said stands before it.
  var followsThing = false
}

extension AttributionFinder {
  /// The first token of a verb with its helpers and adverbs: "has | also | said".
  func groupStart(_ verb: Int) -> Int {
    var start = verb
    while start > 0 {
      let word = lower(start - 1)
      if isHelper(word, at: start - 1) {
        start -= 1
      } else if let earlier = timeStart(endingAt: start) ?? mediumStart(endingAt: start),
        earlier > 0
      {
        start = earlier
      } else {
        break
      }
    }
    return start
  }

  private func isHelper(_ word: String, at place: Int) -> Bool {
    if Words.auxiliaries.contains(word) { return true }
    if Words.adverbs.contains(word), word != "all", word != "both", word != "today", !(place == 0) {
      return true
    }
    return word.hasSuffix("ly") && !tokens[place].isCapitalized
      && ![
        "family", "assembly", "daily", "weekly", "monthly", "ally", "italy", "july", "bully",
        "anomaly",
      ].contains(word)
  }

  /// "on Sunday", "late Monday", "Tuesday" before a token.
  private func timeStart(endingAt place: Int) -> Int? {
    guard place > 1, tokens[place - 1].isWord else { return nil }
    var start = place - 1
    if tokens[start].isNumber || (tokens[start].kind == .number),
      Words.months.contains(lower(start - 1))
    {
      start -= 1
    }
    if ["morning", "evening", "night", "afternoon"].contains(lower(start)),
      Words.weekdays.contains(lower(start - 1))
    {
      start -= 1
    }
    guard Words.weekdays.contains(lower(start)) || Words.months.contains(lower(start)),
      tokens[start].isCapitalized || Words.weekdays.contains(lower(start))
    else { return nil }
    while start > 1, ["on", "late", "early", "earlier", "last", "this"].contains(lower(start - 1)) {
      start -= 1
    }
    return start
  }

  /// "in a statement" before a token.
  private func mediumStart(endingAt place: Int) -> Int? {
    guard place > 2, Words.media.contains(lower(place - 1)) else { return nil }
    for start in stride(from: place - 2, through: max(1, place - 6), by: -1) {
      if ["in", "at", "on", "during"].contains(lower(start)), isMedium(start) { return start }
      if tokens[start].kind != .word { return nil }
    }
    return nil
  }

  func subject(before group: Int) -> Subject? {
    guard group > 0 else { return nil }
    let last = tokens[group - 1]
    if last.isMark(",") || last.isMark("-") || last.isMark(")") {
      return interruptedSubject(group - 1)
    }
    if last.isQuotation || last.kind == .mark { return nil }
    if ["and", "but", "or", "then", "yet"].contains(last.lower) {
      return Subject(start: isMark(group - 2, ",") ? group - 2 : group - 1)
    }
    if last.lower == "who" || last.lower == "which" { return relativeSubject(group - 1) }
    let start = boundary(before: group)
    return plainSubject(start..<group)
  }

  private func plainSubject(_ range: Range<Int>) -> Subject? {
    var range = range
    var relays: [String] = []
    if let cut = relayCut(in: range, &relays) { range = range.lowerBound..<cut }
    if let cut = saidThing(range) {
      return Subject(
        phrase: reader.read(cut..<range.upperBound), start: range.lowerBound, relays: relays,
        followsThing: true)
    }
    let head = reader.headRange(reader.trimmed(range))
    guard !hasFinite(head) else { return nil }
    if let phrase = reader.read(range) {
      return Subject(phrase: phrase, start: range.lowerBound, relays: relays)
    }
    // "In Tokyo officials said": a phrase of place first.
    guard Words.prepositions.contains(lower(range.lowerBound)) else { return nil }
    for start in range.dropFirst(2)
    where Words.determiners.contains(lower(start)) || Agents.find(lower(start)) != nil
      || tokens[start].isCapitalized
    {
      if Words.prepositions.contains(lower(start - 1))
        || Words.determiners.contains(lower(start - 1))
      {
        continue
      }
      if let phrase = reader.read(start..<range.upperBound) {
        return Subject(phrase: phrase, start: start)
      }
    }
    return nil
  }

  /// ", a charge | the ministry dismissed": where the subject begins.
  private func saidThing(_ range: Range<Int>) -> Int? {
    let nouns: Set<String> = [
      "charge", "claim", "accusation", "allegation", "suggestion", "statement", "figure", "move",
      "version", "report", "view", "comment",
    ]
    guard range.count > 2, ["a", "an"].contains(lower(range.lowerBound)) else { return nil }
    for place in range.lowerBound + 1..<min(range.lowerBound + 4, range.upperBound - 1)
    where nouns.contains(lower(place)) {
      let next = tokens[place + 1]
      return next.isCapitalized || Words.determiners.contains(next.lower)
        || Agents.find(next.lower)?.isPlural == true ? place + 1 : nil
    }
    return nil
  }

  /// "X, who said": the noun before the comma.
  private func relativeSubject(_ place: Int) -> Subject? {
    let end = isMark(place - 1, ",") ? place - 1 : place
    guard end > 0 else { return nil }
    let start = boundary(before: end)
    guard let phrase = plainSubject(start..<end)?.phrase ?? lastPhrase(before: end, from: start)
    else { return nil }
    return Subject(phrase: phrase, start: place - (end < place ? 1 : 0), isRelative: true)
  }

  /// "X, the mayor, said", "X, who was there, said", "X (Y) said".
  private func interruptedSubject(_ close: Int) -> Subject? {
    let isParenthesis = isMark(close, ")")
    var tries = 0
    var open = close - 1
    while open > 0, close - open < 45, tries < 6 {
      let opens = isParenthesis ? isMark(open, "(") : isMark(open, tokens[close].lower)
      guard opens else {
        open -= 1
        continue
      }
      tries += 1
      if let subject = subject(upTo: open, aside: open + 1..<close) {
        return widened(subject, close: close) ?? subject
      }
      open -= 1
    }
    return nil
  }

  /// "A resident, Serhiy, 52, said": where a bare name was found, the words before it may describe it.
  private func widened(_ subject: Subject, close: Int) -> Subject? {
    guard let name = subject.phrase, name.kind == .organization || name.kind == .named,
      name.role.isEmpty, isMark(subject.start - 1, ","),
      tokens[subject.start].isCapitalized,
      let wider = self.subject(upTo: subject.start - 1, aside: subject.start..<close),
      wider.phrase?.words.hasPrefix(name.words) == true
    else { return nil }
    return wider
  }

  /// The noun phrase right before a token: "to meet | the Monetary Fund |, which said".
  private func lastPhrase(before end: Int, from limit: Int) -> SpeakerPhrase? {
    for start in stride(from: end - 1, through: max(limit, end - 8), by: -1)
    where Words.determiners.contains(lower(start)) {
      return reader.read(start..<end)
    }
    return nil
  }

  private func subject(upTo open: Int, aside: Range<Int>) -> Subject? {
    guard !aside.isEmpty, interrupts(aside) else { return nil }
    if ["and", "but"].contains(lower(open - 1)) { return Subject(start: open - 1) }
    if isMark(open - 1, ")"), let subject = interruptedSubject(open - 1) { return subject }
    let start = boundary(before: open)
    guard start < open, let plain = plainSubject(start..<open), var phrase = plain.phrase else {
      return nil
    }
    var relays = plain.relays
    phrase = with(phrase, aside: aside, &relays)
    return Subject(phrase: phrase, start: plain.start, relays: relays)
  }

  /// Whether words between commas only interrupt: a description, a place, a relative clause.
  private func interrupts(_ range: Range<Int>) -> Bool {
    let token = tokens[range.lowerBound]
    let word = token.lower
    if [
      "who", "which", "whose", "whom", "also", "however", "too", "not", "now", "then", "aged",
      "speaking", "for", "in", "on", "at", "as", "when", "while", "after", "during", "asked",
      "himself", "herself", "itself", "like", "with", "from", "by", "once", "formerly", "himself",
      "meanwhile", "though", "one", "both", "among", "including", "citing", "quoting", "without",
      "whose", "his", "her", "its", "their", "the", "a", "an",
    ].contains(word) {
      return
        !(["the", "a", "an", "his", "her", "its", "their"].contains(word) && hasFinite(range)
        && !range.contains { ["who", "which", "that", "whose"].contains(lower($0)) })
    }
    if token.isNumber || token.isCapitalized {
      return !hasFinite(range) || range.contains { lower($0) == "who" }
    }
    if word.hasSuffix("ing") || word.hasSuffix("ed") || word.hasSuffix("ly") { return true }
    return range.contains { Agents.find(lower($0)) != nil } && !hasFinite(range)
  }

  /// Where the noun phrase that ends before a token begins.
  func boundary(before end: Int) -> Int {
    var place = end
    while place > 0, end - place < 40 {
      let token = tokens[place - 1]
      if token.isMark(")"), let open = (max(0, place - 12)..<place).last(where: { isMark($0, "(") })
      {
        place = open
        continue
      }
      if token.isMark(","), let start = listedName(place - 1, end) {
        place = start
        continue
      }
      if token.kind == .mark, !token.isMark("&"), !token.isMark("'"), !token.isMark("’") {
        return place
      }
      if token.isQuotation { return place }
      if Words.clauseOpeners.contains(token.lower), !isRelative(place - 1) || token.lower != "that"
      {
        return place
      }
      if token.lower == "and" || token.lower == "or", hasFinite(clauseBefore(place - 1)) {
        return place
      }
      if let (verb, form) = SayVerb.find(token.lower), form == .past || form == .present,
        !verb.frames.contains(.nounToo), isFinite(place - 1),
        !["who", "which", "that"].contains(lower(place - 2))
      {
        return place
      }
      if isFinite(place - 1) {
        guard
          let relative = (max(0, place - 14)..<place).last(where: {
            ["who", "which", "that"].contains(lower($0))
          }), relative < place - 1 || ["who", "which"].contains(lower(relative))
        else { return place }
        guard relative > 0, !isMark(relative - 1, ",") else { return place }
        place = relative
        continue
      }
      place -= 1
    }
    return place
  }

  /// "the Department for Environment, Food and Rural Affairs": where the name begins before a comma.
  private func listedName(_ comma: Int, _ end: Int) -> Int? {
    guard comma > 2, comma + 1 < end, tokens[comma - 1].isCapitalized,
      tokens[comma + 1].isCapitalized
    else { return nil }
    let rest = comma + 1..<min(end, comma + 8)
    guard rest.contains(where: { lower($0) == "and" }) else { return nil }
    let reach = max(0, comma - 7)..<comma
    guard let joint = reach.last(where: { ["for", "of"].contains(lower($0)) }), joint > 0,
      Agents.organizationNames.contains(lower(joint - 1)),
      (joint + 1..<comma).allSatisfy({
        tokens[$0].isCapitalized || tokens[$0].kind == .mark || lower($0) == "the"
      })
    else { return nil }
    return joint
  }

  /// "that" as in "the company that runs it": a verb follows.
  private func isRelative(_ place: Int) -> Bool {
    guard place > 0, tokens[place - 1].isWord, SayVerb.find(lower(place - 1)) == nil else {
      return false
    }
    return isFinite(place + 1)
      || lower(place + 1).hasSuffix("s") && Agents.find(lower(place - 1)) != nil
  }

  private func clauseBefore(_ place: Int) -> Range<Int> {
    var start = place
    while start > 0, place - start < 30, tokens[start - 1].kind != .mark,
      !Words.clauseOpeners.contains(lower(start - 1)) || lower(start - 1) == "that"
    { start -= 1 }
    return start..<place
  }

  func hasFinite(_ range: Range<Int>) -> Bool { range.contains(where: isFinite) }

  /// Whether a token looks like a verb in a tense.
  func isFinite(_ place: Int) -> Bool {
    guard place >= 0, place < end, tokens[place].isWord else { return false }
    let word = tokens[place].lower
    let before = lower(place - 1)
    if Words.auxiliaries.contains(word) {
      return !["be", "been", "being", "having"].contains(word) && before != "to"
    }
    if tokens[place].isCapitalized, !isHeadline || place == 0 { return false }
    if Words.prepositions.contains(before)
      || Words.determiners.contains(before) && before != "that" && before != "this"
      || before == "to"
    {
      return false
    }
    if Words.irregularPasts.contains(word) { return true }
    if let (verb, form) = SayVerb.find(word),
      form == .past || (form == .present && !verb.frames.contains(.nounToo))
    {
      return true
    }
    if Words.presents.contains(word) {
      return place > 0 && Agents.find(before) != nil || ["is", "are", "has", "have"].contains(word)
        || tokens[max(0, place - 1)].isCapitalized
    }
    return word.count > 4 && word.hasSuffix("ed") && !isModifying(place)
  }

  /// "wounded people", "a man accused of …": a participle beside its noun and no verb.
  private func isModifying(_ place: Int) -> Bool {
    let next = lower(place + 1)
    if ["by", "of"].contains(next) { return true }
    let before = lower(place - 1)
    if place > 0, tokens[place - 1].isPossessive, Agents.find(next) != nil { return true }
    if before.hasSuffix("ly"), place > 1 { return Words.determiners.contains(lower(place - 2)) }
    return place == 0 || tokens[place - 1].kind == .mark && !isMark(place - 1, "%")
  }

  // MARK: Asides

  /// A speaker with what an aside adds: role, name, or through whom.
  func with(_ phrase: SpeakerPhrase, aside: Range<Int>, _ relays: inout [String]) -> SpeakerPhrase {
    var phrase = phrase
    var range = aside
    if tokens[range.lowerBound].isNumber { range = range.lowerBound + 1..<range.upperBound }
    while !range.isEmpty, tokens[range.lowerBound].kind == .mark {
      range = range.lowerBound + 1..<range.upperBound
    }
    guard !range.isEmpty else { return phrase }
    var cutRelays: [String] = []
    if let cut = relayCut(in: range, &cutRelays) {
      relays += cutRelays
      range = range.lowerBound..<cut
      guard !range.isEmpty else { return phrase }
    }
    let first = lower(range.lowerBound)
    if Words.prepositions.contains(first)
      || ["who", "which", "whose", "when", "while", "as"].contains(first) || first.hasSuffix("ing")
    {
      return phrase
    }
    let named = range.lowerBound..<(range.first { isMark($0, ",") } ?? range.upperBound)
    let other = reader.read(named)
    let isPerson =
      phrase.kind == .organization && aside.lowerBound > 1
      && tokens[aside.lowerBound - 2].isCapitalized && !tokens[aside.lowerBound - 2].isAcronym
      && !phrase.words.contains(" ") && ["a", "an"].contains(first)
      && other.map { $0.kind == .anonymous || $0.kind == .office } == true
    if isPerson { phrase.kind = .named }
    if phrase.kind == .named {
      if range.contains(where: { Agents.find(lower($0)) != nil }) {
        let text = reader.text(reader.trimmed(range))
        if isPerson || phrase.role.isEmpty
          || range.contains(where: { Agents.find(lower($0))?.class == .person })
          || Words.isTitle(phrase.role.lowercased())
        {
          phrase.role = text
        }
      }
    } else if let other, isProper(other, named) {
      let isThing = phrase.kind == .organization || phrase.kind == .document
      let role = phrase.words
      phrase = other
      phrase.kind =
        isThing && other.role.isEmpty
        ? .organization
        : other.kind == .organization && !tokens[named.lowerBound].isAcronym && named.count == 1
          ? .named : other.kind
      phrase.role = role
    }
    return phrase
  }

  /// Whether an aside is a name and not a place: "the operator, Aegean Lines," and not "a hospital in Lviv, Ukraine,".
  private func isProper(_ other: SpeakerPhrase, _ range: Range<Int>) -> Bool {
    guard tokens[range.lowerBound].isCapitalized,
      other.kind == .named || other.kind == .organization, range.count <= 6
    else { return false }
    let before = range.lowerBound - 2
    guard before >= 0 else { return false }
    return !(tokens[before].isCapitalized && other.kind == .organization)
      && !(range.count == 1 && Words.prepositions.contains(lower(before - 1)))
  }

  /// "quoted by Radio X", "speaking to Radio X": the outlet, and where the phrase before it ends.
  private func relayCut(in range: Range<Int>, _ relays: inout [String]) -> Int? {
    for place in range {
      let word = lower(place)
      let next = lower(place + 1)
      let isRelay =
        ["quoted", "cited", "interviewed", "reached"].contains(word) && next == "by"
        || ["speaking", "talking", "spoke"].contains(word) && ["to", "with", "on"].contains(next)
      guard isRelay else { continue }
      let outlet = place + 2..<range.upperBound
      var stop = outlet.lowerBound
      while stop < outlet.upperBound,
        tokens[stop].isCapitalized || lower(stop) == "the"
          || Words.outletWords.contains(lower(stop))
      { stop += 1 }
      if stop > outlet.lowerBound, isOutlet(outlet.lowerBound..<stop) {
        relays.append(reader.text(outlet.lowerBound..<stop))
      }
      return place
    }
    return nil
  }
}
