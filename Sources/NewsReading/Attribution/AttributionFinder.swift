/// Finds the attributions of one sentence, left to right.
struct AttributionFinder {
  let tokens: [Token]
  var reader: PhraseReader
  var isHeadline = false
  /// The token after the last before the closing full stop.
  let end: Int
  private let hasQuotations: Bool

  init(_ tokens: [Token], _ reader: PhraseReader, isHeadline: Bool) {
    self.tokens = tokens
    self.reader = reader
    self.isHeadline = isHeadline
    hasQuotations = tokens.contains(where: \.isQuotation)
    var end = tokens.count
    while end > 0, tokens[end - 1].kind == .mark,
      [".", "!", "?", "..."].contains(tokens[end - 1].lower)
    { end -= 1 }
    self.end = end
  }

  func find() -> [Attribution] {
    var found: [Attribution] = []
    var place = 0
    while place < end {
      let word = tokens[place].lower
      guard Self.triggers.contains(word) || mayBeUnknownVerb(place, word) else {
        place += 1
        continue
      }
      let next =
        accordingTo(place) ?? quoted(place) ?? refusal(place) ?? silence(place)
        ?? cannotConfirm(place) ?? noComment(place) ?? walkedBack(place) ?? saying(place)
        ?? unknownVerb(place)
      if let next { found.append(next) }
      place = max(
        place + 1,
        next.map { $0.shape == .inverted || $0.shape == .according ? $0.end : $0.verb + 1 } ?? 0)
    }
    return found
  }

  /// All words at which an attribution can be found.
  private static let triggers: Set<String> = SayVerb.words.union(
    Words.set(
      """
      according quoted cited quotes cites quoting declined refused declines refuses declining refusing
      decline wouldn't won't would will does do respond responded reply replied comment commented answer
      answered return returned confirm verify corroborate authenticate determine establish say neither
      no walked took rowed walks takes taken walking rolled pulled backtracked
      """))

  private func mayBeUnknownVerb(_ place: Int, _ word: String) -> Bool {
    hasQuotations && tokens[place].isWord
      && (word.hasSuffix("ed") || Words.irregularPasts.contains(word))
  }

  func lower(_ place: Int) -> String {
    place >= 0 && place < end ? tokens[place].lower : ""
  }

  func isMark(_ place: Int, _ mark: String) -> Bool {
    place >= 0 && place < tokens.count && tokens[place].isMark(mark)
  }

  func isQuotation(_ place: Int) -> Bool {
    place >= 0 && place < end && tokens[place].isQuotation
  }

  /// Whether a quotation ends right before a token, a comma or dash between them allowed.
  func quotationEnds(before place: Int) -> Bool {
    isQuotation(place - 1)
      || ((isMark(place - 1, ",") || isMark(place - 1, "-")) && isQuotation(place - 2))
  }

  // MARK: according to

  private func accordingTo(_ place: Int) -> Attribution? {
    guard lower(place) == "according", lower(place + 1) == "to" else { return nil }
    var stop = place + 2
    while stop < end, tokens[stop].kind != .mark || isMark(stop, "("), !tokens[stop].isQuotation,
      !["as", "while", "but", "although", "after"].contains(lower(stop)) || stop == place + 2
    { stop += 1 }
    let range = place + 2..<stop
    guard !range.isEmpty, var speaker = object(range) else { return nil }
    var attribution = Attribution(shape: .according, start: place, verb: place, end: stop)
    if isMark(stop, ","), let close = asideEnd(after: stop), describes(stop + 1..<close),
      place > 2
        || isMark(close, ",")
          && ["a", "an", "the", "citing", "quoting", "who"].contains(lower(stop + 1))
    {
      speaker = with(speaker, aside: stop + 1..<close, &attribution.relays)
      attribution.end = close
    }
    attribution.speaker = speaker
    let leads =
      place == 0 || (place <= 2 && !isQuotation(place - 1) && !isMark(place - 1, ","))
      || (place > 0 && ["and", "but"].contains(lower(place - 1)))
    if leads {
      attribution.after = skipMark(attribution.end)
    } else {
      attribution.claimsBefore = true
      attribution.after =
        isMark(attribution.end, ",")
        ? attribution.end + 1 : isQuotation(attribution.end) ? attribution.end : nil
      if isMark(place - 1, ",") { attribution.start = place - 1 }
    }
    return attribution
  }

  /// "him" as a speaker.
  private func object(_ range: Range<Int>) -> SpeakerPhrase? {
    let pronouns = ["him": "he", "her": "she", "them": "they", "it": "it"]
    if range.count == 1, let pronoun = pronouns[lower(range.lowerBound)] {
      return SpeakerPhrase(words: pronoun, kind: .anonymous, head: .pronoun(pronoun))
    }
    return reader.read(range)
  }

  func skipMark(_ place: Int) -> Int {
    place < end && tokens[place].kind == .mark && [",", ":", "-"].contains(tokens[place].lower)
      ? place + 1 : place
  }

  /// Where an aside that begins at a comma ends: the next comma, quotation or the sentence's end.
  func asideEnd(after comma: Int) -> Int? {
    var place = comma + 1
    while place < end {
      if isQuotation(place) || isMark(place, ",") || isMark(place, ":") || isMark(place, ";")
        || isMark(place, "-")
      {
        break
      }
      place += 1
    }
    return place > comma + 1 ? place : nil
  }

  /// Whether an aside tells who somebody is.
  func describes(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    let first = lower(range.lowerBound)
    if [
      "who", "whose", "which", "and", "but", "as", "while", "adding", "when", "after", "in", "on",
      "at",
    ].contains(first) {
      return false
    }
    if SayVerb.find(first)?.form == .ing { return false }
    if first.hasSuffix("ed"), Agents.find(first) == nil { return false }
    let relative =
      range.first { ["who", "that", "which", "whose"].contains(lower($0)) } ?? range.upperBound
    return range.contains { Agents.find(lower($0)) != nil }
      && !hasFinite(range.lowerBound..<relative)
  }

  // MARK: quoted as saying

  private func quoted(_ place: Int) -> Attribution? {
    guard ["quoted", "cited", "quotes", "cites", "quoting"].contains(lower(place)) else {
      return nil
    }
    let group = groupStart(place)
    let passive = (group..<place).contains {
      ["was", "were", "is", "are", "been"].contains(lower($0))
    }
    guard
      let saying = (place + 1..<min(place + 16, end)).first(where: {
        lower($0) == "saying" || lower($0) == "telling"
      })
    else {
      return passive ? nil : quotedDirectly(place, group)
    }
    guard lower(saying - 1) == "as" else { return nil }
    var attribution = Attribution(shape: .clause, start: group, verb: place, end: saying + 1)
    if passive {
      guard let subject = subject(before: group) else { return nil }
      attribution.start = subject.start
      attribution.speaker = subject.phrase
      if lower(place + 1) == "by" { attribution.relays = [reader.text(place + 2..<saying - 1)] }
    } else {
      attribution.speaker = reader.read(place + 1..<saying - 1)
      guard attribution.speaker != nil else { return nil }
      if let subject = subject(before: group) {
        attribution.start = subject.start
        if let outlet = subject.phrase { attribution.relays = [outlet.words] }
      }
    }
    let complement = complement(after: saying, SayVerb.all[0])
    attribution.after = complement.after
    attribution.relays += complement.relays
    return attribution
  }

  /// "The agency quoted a witness: …".
  private func quotedDirectly(_ place: Int, _ group: Int) -> Attribution? {
    guard
      let stop = (place + 1..<min(place + 12, end)).first(where: {
        tokens[$0].kind == .mark || isQuotation($0)
      }),
      isQuotation(stop) || isQuotation(stop + 1), let speaker = reader.read(place + 1..<stop),
      let subject = subject(before: group)
    else { return nil }
    return Attribution(
      shape: .clause, start: subject.start, verb: place, end: stop, speaker: speaker,
      after: isQuotation(stop) ? stop : stop + 1, relays: subject.phrase.map { [$0.words] } ?? [])
  }

  // MARK: verbs of saying

  private func saying(_ place: Int) -> Attribution? {
    let token = tokens[place]
    guard token.isWord, let (verb, form) = SayVerb.find(token.lower) else { return nil }
    if token.isCapitalized, place > 0, !isHeadline { return nil }
    guard !isAdjective(place),
      lower(place - 1) != "to" || ["on", "this"].contains(lower(place - 2))
    else { return nil }
    let group = groupStart(place)
    let helpers = (group..<place).map(lower)
    if form != .ing, helpers.contains(where: Self.being.contains) {
      return passive(place, verb, group)
    }
    guard !helpers.contains(where: { Words.modals.contains($0) || Words.negatives.contains($0) })
    else { return nil }
    if form == .ing, !helpers.contains(where: Self.being.contains) {
      return participle(place, verb)
    }
    if let inverted = inverted(place, verb, group) { return inverted }
    return clause(place, verb, form, group)
  }

  private static let being: Set<String> = [
    "is", "are", "was", "were", "be", "been", "being", "he's", "she's", "it's", "they're", "wasn't",
    "weren't", "isn't",
  ]

  /// "the said house", "its stated aim".
  private func isAdjective(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    let before = tokens[place - 1]
    if [
      "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "no", "any", "every",
      "each", "of", "for", "with", "this",
    ].contains(before.lower) {
      return !before.isCapitalized || place > 1 || before.lower == "the"
    }
    return before.isPossessive && before.isWord
      && !["he's", "she's", "it's"].contains(before.lower)
  }

  private func clause(_ place: Int, _ verb: SayVerb, _ form: SayVerb.Form, _ group: Int)
    -> Attribution?
  {
    guard let subject = subject(before: group) ?? unknownSubject(verb, before: group) else {
      return nil
    }
    let complement = complement(after: place, verb)
    if verb.frames.contains(.nounToo), form == .present || form == .base, subject.phrase == nil {
      return nil
    }
    guard fits(place, form, group, complement, subject) else { return nil }
    var attribution = Attribution(
      shape: .clause, start: subject.start, verb: place, end: complement.after,
      speaker: subject.phrase, stance: verb.stance)
    attribution.relays = subject.relays + complement.relays
    attribution.time = subject.time ?? complement.time
    // "which first reported the talks" tells of the report and not what it says.
    if subject.isRelative, complement.kind == .object, verb.stance == .asserts { return nil }
    if verb.base == "show", let kind = subject.phrase?.kind, kind != .document { return nil }
    let isBare = complement.kind == .stop || complement.kind == .unknown
    if subject.followsThing, isBare, verb.stance == .denies { return attribution }
    switch complement.kind {
    case .unknown: return nil
    case .stop:
      guard standsAside(verb, subject, place) else { return nil }
      attribution.claimsBefore = hasContent(before: subject.start)
      attribution.shape = .aside
      if attribution.claimsBefore {
        attribution.after = isMark(complement.after, ",") ? complement.after + 1 : nil
        if isMark(subject.start - 1, ",") || isMark(subject.start - 1, "-") {
          attribution.start = subject.start - 1
        }
      }
    case .quotation:
      attribution.after = complement.after
      if quotationEnds(before: subject.start), subject.phrase != nil {
        attribution.claimsBefore = true
        attribution.shape = .aside
      }
    case .clause, .object: attribution.after = complement.after
    }
    return attribution
  }

  /// A subject whose noun is not known, before a verb that people rather than things do.
  private func unknownSubject(_ verb: SayVerb, before group: Int) -> Subject? {
    let surely: Set<String> = [
      "say", "tell", "insist", "argue", "warn", "admit", "recall", "testify", "add", "believe",
      "deny", "acknowledge", "concede",
    ]
    guard surely.contains(verb.base) else { return nil }
    var lenient = self
    lenient.reader.isLenient = true
    return lenient.subject(before: group)
  }

  /// Whether "…, X said" may stand at the end.
  private func standsAside(_ verb: SayVerb, _ subject: Subject, _ place: Int) -> Bool {
    if quotationEnds(before: subject.start) { return true }
    switch verb.base {
    case "show", "find":
      return subject.phrase.map { $0.kind == .document || $0.kind == .organization } ?? false
    case "tell":
      return lower(place + 1) != "" && !Words.clauseOpeners.contains(lower(place + 1))
        && place + 1 < end && tokens[place + 1].isWord
    default: return verb.frames.contains(.aside) && !verb.frames.contains(.rare)
    }
  }

  /// Base forms need a plural subject or a headline; "has written", not "written".
  private func fits(
    _ place: Int, _ form: SayVerb.Form, _ group: Int, _ complement: Complement, _ subject: Subject
  ) -> Bool {
    switch form {
    case .participle:
      return (group..<place).contains { ["has", "have", "had"].contains(lower($0)) }
    case .base:
      if (group..<place).contains(where: { ["do", "does", "did"].contains(lower($0)) }) {
        return true
      }
      return subject.phrase?.isPlural == true || subject.phrase?.kind == .organization
        || subject.phrase == nil
    default: return true
    }
  }

  /// Whether something that can be said stands before a token: a quotation or a whole clause.
  func hasContent(before start: Int) -> Bool {
    guard start > 0 else { return false }
    if quotationEnds(before: start) { return true }
    guard tokens[start - 1].kind == .mark,
      [",", "-", ";", "?", "!"].contains(tokens[start - 1].lower)
    else { return false }
    return start > 2
  }

  // MARK: "…," said the mayor

  private func inverted(_ place: Int, _ verb: SayVerb, _ group: Int) -> Attribution? {
    guard group == place || quotationEnds(before: group),
      verb.frames.contains(.quotation) || verb.frames.contains(.aside)
    else { return nil }
    let afterQuotation = quotationEnds(before: group)
    guard
      afterQuotation || ((isMark(group - 1, ",") || isMark(group - 1, "-")) && group > 2)
        || (place == 0 && tokens[0].lower == "said")
    else { return nil }
    var first = place + 1
    var relays: [String] = []
    if verb.frames.contains(.listener), first < end { first = listener(first, &relays) ?? first }
    let stop = nameEnd(from: first)
    guard stop > first, var speaker = reader.read(first..<stop),
      !Words.prepositions.contains(lower(first))
    else { return nil }
    if case .pronoun(let word) = speaker.head, word == "it", !afterQuotation { return nil }
    guard afterQuotation || (closes(stop) && !hasOwnSubject(group)) else { return nil }
    var attribution = Attribution(
      shape: .inverted, start: group, verb: place, end: stop, stance: verb.stance,
      claimsBefore: place > 0)
    if isMark(group - 1, ",") || isMark(group - 1, "-") { attribution.start = group - 1 }
    attribution.end = takeAsides(&speaker, from: stop, &relays)
    attribution.speaker = speaker
    attribution.relays = relays
    var rest = Complement(kind: .stop, after: attribution.end)
    let toOutlet = isMark(attribution.end, ",") && lower(attribution.end + 1) == "to"
    _ = skipAdverbials(attribution.end + (toOutlet ? 1 : 0), &rest)
    attribution.relays += rest.relays
    attribution.time = rest.time
    attribution.after = quotationAfter(attribution.end)
    return attribution
  }

  /// "The agency, UNHCR, repeated …": its subject stands before it.
  private func hasOwnSubject(_ group: Int) -> Bool { subject(before: group)?.phrase != nil }

  /// Takes ", 45, a farmer," behind a name; answers with the end.
  private func takeAsides(_ speaker: inout SpeakerPhrase, from stop: Int, _ relays: inout [String])
    -> Int
  {
    var end = stop
    for _ in 0..<3 {
      guard isMark(end, ","), let close = asideEnd(after: end), !isQuotation(end + 1) else { break }
      let inner = end + 1..<close
      let isAge = inner.count == 1 && tokens[inner.lowerBound].isNumber
      guard isAge || describes(inner) else { break }
      if !isAge { speaker = with(speaker, aside: inner, &relays) }
      end = close
    }
    return end
  }

  /// The next quotation behind an attribution, if only adverbials stand between.
  private func quotationAfter(_ place: Int) -> Int? {
    var next = place
    while next < end, next < place + 40 {
      if isQuotation(next) { return next }
      if isMark(next, ";") { return nil }
      if let (_, form) = SayVerb.find(lower(next)), form != .ing, form != .base { return nil }
      next += 1
    }
    return nil
  }

  private func nameEnd(from first: Int) -> Int {
    var place = first
    while place < end {
      let token = tokens[place]
      if token.kind == .mark, !token.isMark("&"), !token.isMark("("), !token.isMark(")") { break }
      if token.isQuotation { break }
      if place > first {
        if Words.clauseOpeners.contains(token.lower) || Words.weekdays.contains(token.lower) {
          break
        }
        if [
          "on", "during", "to", "via", "through", "by", "who", "which", "late", "early", "earlier",
          "last", "this", "outside", "inside",
        ].contains(token.lower) {
          break
        }
        if token.lower == "in" || token.lower == "at",
          isMedium(place) || Words.months.contains(lower(place + 1))
        {
          break
        }
        if Words.auxiliaries.contains(token.lower) { return first }
      }
      place += 1
    }
    return place
  }

  private func closes(_ place: Int) -> Bool {
    place >= end || tokens[place].kind == .mark || isQuotation(place)
      || Words.weekdays.contains(lower(place))
      || [
        "on", "in", "at", "as", "during", "after", "while", "late", "early", "earlier", "last",
        "this", "to", "who",
      ].contains(lower(place))
  }

  /// `"It is what it is," grumbled a farmer`: any verb between a quotation with a comma and a speaker.
  private func unknownVerb(_ place: Int) -> Attribution? {
    let token = tokens[place]
    guard token.isWord, !token.isCapitalized, SayVerb.find(token.lower) == nil else { return nil }
    guard token.lower.hasSuffix("ed") || Words.irregularPasts.contains(token.lower) else {
      return nil
    }
    let verb = SayVerb(base: token.lower, frames: [.quotation, .aside])
    if isQuotation(place - 1), tokens[place - 1].lower == Self.quotationWithComma {
      return inverted(place, verb, place)
    }
    if isMark(place - 1, ","), isQuotation(place - 2) { return inverted(place, verb, place) }
    let group = groupStart(place)
    guard let subject = subject(before: group), let phrase = subject.phrase,
      closes(place + 1) || isMark(place + 1, "."), isQuotation(subject.start - 1),
      tokens[subject.start - 1].lower == Self.quotationWithComma
    else { return nil }
    return Attribution(
      shape: .aside, start: subject.start, verb: place, end: place + 1, speaker: phrase,
      claimsBefore: true,
      after: quotationAfter(place + 1))
  }

  static let quotationWithComma = "“,”"

  // MARK: "…, adding that …"; "was confirmed by …"

  private func participle(_ place: Int, _ verb: SayVerb) -> Attribution? {
    let complement = complement(after: place, verb)
    guard complement.kind != .unknown, complement.kind != .stop else { return nil }
    let plain = [
      "say", "add", "claim", "argue", "warn", "note", "insist", "stress", "explain", "allege",
      "tell", "assert",
    ].contains(verb.base)
    let opener = lower(complement.after)
    guard
      plain || complement.kind != .clause || lower(complement.after - 1) == "that"
        || ["he", "she", "it", "they", "there", "we"].contains(opener)
    else { return nil }
    var attribution = Attribution(
      shape: .participle, start: place, verb: place, end: complement.after, stance: verb.stance)
    attribution.after = complement.after
    attribution.relays = complement.relays
    attribution.time = complement.time
    let before = tokens[max(0, place - 1)]
    if place == 0 { return nil }
    if before.isMark(",") || before.isMark("-") || before.isQuotation
      || ["by", "and", "but", "also", "while", "before"].contains(before.lower)
      || before.lower.hasSuffix("ly")
    {
      attribution.start = place - 1
      return attribution
    }
    guard let with = (max(0, place - 10)..<place).last(where: { lower($0) == "with" }),
      let speaker = reader.read(with + 1..<place)
    else { return nil }
    attribution.shape = .clause
    attribution.start = with
    attribution.speaker = speaker
    return attribution
  }

  private func passive(_ place: Int, _ verb: SayVerb, _ group: Int) -> Attribution? {
    let speaks =
      verb.frames.contains(.object) || verb.frames.contains(.label) || verb.base == "tell"
      || verb.frames.contains(.person)
    guard speaks, let by = (place + 1..<min(place + 8, end)).first(where: { lower($0) == "by" })
    else { return nil }
    guard
      !(place + 1..<by).contains(where: { tokens[$0].kind == .mark || isQuotation($0) })
        || by == place + 1
    else { return nil }
    let stop = nameEnd(from: by + 1)
    guard let speaker = reader.read(by + 1..<stop) else { return nil }
    if case .pronoun = speaker.head { return nil }
    let start = boundary(before: group)
    var attribution = Attribution(
      shape: .clause, start: start, verb: place, end: stop, speaker: speaker, stance: verb.stance)
    let follow = lower(stop)
    if verb.base == "tell" || follow == "that" {
      attribution.after = follow == "that" ? stop + 1 : stop
    } else {
      attribution.content = reader.trimmed(start..<group)
    }
    return attribution
  }
}
