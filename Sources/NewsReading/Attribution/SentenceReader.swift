/// One statement of a sentence before it is made a draft.
struct Part {
  var speaker: SpeakerPhrase
  var stance: Draft.Stance
  var relays: [String]
  var time: Range<Int>?
  var verb: Int
  /// Tokens of what is said, in order.
  var pieces: [Range<Int>] = []
  /// Where what is said goes on until something ends it.
  var open: Int?
  var openShape = Attribution.Shape.clause
  /// First and last token of its attribution.
  var span: Range<Int>
}

/// Joins the attributions of one sentence to what is said in it.
struct SentenceReader {
  let tokens: [Token]
  let finder: AttributionFinder
  let reader: PhraseReader
  private(set) var parts: [Part] = []

  init(_ tokens: [Token], reader: PhraseReader, isHeadline: Bool) {
    self.tokens = tokens
    self.reader = reader
    finder = AttributionFinder(tokens, reader, isHeadline: isHeadline)
  }

  mutating func read(_ cast: inout Cast, labels: Bool) {
    if labels, readLabel(&cast) { return }
    for attribution in finder.find() { take(attribution, &cast) }
    close(at: finder.end)
    if parts.isEmpty { readColon(&cast) }
  }

  // MARK: Attributions, one after the other

  private mutating func take(_ next: Attribution, _ cast: inout Cast) {
    if next.claimsBefore { return takeBehind(next, &cast) }
    guard let speaker = next.speaker else { return takeShared(next, &cast) }
    if let last = parts.last, next.start < last.span.lowerBound, next.shape != .according {
      // The last one stands in an aside of this one.
      close(at: (last.span.lowerBound..<next.verb).last { finder.isMark($0, ",") } ?? next.verb)
      return append(next, speaker, pieces: next.content.map { [$0] } ?? [], &cast)
    }
    guard let last = parts.last, let open = last.open, next.content == nil || next.start > open
    else {
      return append(next, speaker, pieces: next.content.map { [$0] } ?? [], &cast)
    }
    if next.start <= open {
      nest(next, speaker, &cast)
    } else if next.stance != .asserts, finder.isMark(next.start - 1, ","),
      finder.lower(next.start) == "which"
    {
      // ", which Reuters could not verify"
      close(at: next.start - 1)
      append(next, speaker, pieces: [], &cast)
    } else if finder.isMark(next.start - 1, ","), ["a", "an"].contains(finder.lower(next.start)) {
      // ", a charge the ministry dismissed as …"
      close(at: next.start - 1)
      append(next, speaker, pieces: next.content.map { [$0] } ?? [], &cast)
    } else if let connector = connector(before: next.start, after: open) {
      close(at: connector)
      append(next, speaker, pieces: next.content.map { [$0] } ?? [], &cast)
    }
    // Else it is within what the last one said, and stays there.
  }

  /// "X said Y said …": Y speaks, through X. "X said it could not confirm …": X, with that stance.
  private mutating func nest(_ next: Attribution, _ speaker: SpeakerPhrase, _ cast: inout Cast) {
    let index = parts.count - 1
    if case .pronoun = speaker.head, next.shape != .according {
      if next.stance != .asserts { parts[index].stance = next.stance }
      return
    }
    let saysNothing = next.after == nil && next.content == nil && next.stance == .asserts
    guard next.content == nil, !saysNothing else { return }
    let outer = parts.removeLast()
    append(next, speaker, pieces: outer.pieces, &cast)
    guard parts.count == index + 1 else {
      parts.append(outer)
      return
    }
    parts[index].relays += [outer.speaker.words] + outer.relays
    parts[index].span = outer.span.lowerBound..<max(outer.span.upperBound, next.end)
  }

  private mutating func takeShared(_ next: Attribution, _ cast: inout Cast) {
    guard let last = parts.last else {
      guard let subject = mainSubject(before: next.start) else { return }
      return append(next, subject, pieces: [], &cast)
    }
    if let open = last.open, next.verb < open { return }
    close(at: next.start)
    let index = parts.count - 1
    if last.stance == next.stance, next.stance != .declines {
      parts[index].open = next.after
      parts[index].openShape = .participle
      parts[index].relays += next.relays.filter { !last.relays.contains($0) }
      parts[index].span = last.span.lowerBound..<next.end
    } else {
      parts.append(
        Part(
          speaker: last.speaker, stance: next.stance, relays: next.relays, time: next.time,
          verb: next.verb, open: next.after, span: next.start..<next.end))
    }
  }

  /// "…, officials said": what stands before is said.
  private mutating func takeBehind(_ next: Attribution, _ cast: inout Cast) {
    guard let speaker = next.speaker else { return }
    var from = parts.last?.span.upperBound ?? 0
    if let last = parts.last, let open = last.open, open <= next.start {
      if let connector = connector(before: next.start, after: open, anywhere: true),
        !startsSaid(open, next.start)
      {
        close(at: connector)
        from = afterConnector(connector)
      } else {
        close(at: next.start)
        return relay(through: speaker, next, &cast)
      }
    } else if next.start - from < 1 || allMarks(from..<next.start) {
      guard !parts.isEmpty else { return }
      return relay(through: speaker, next, &cast)
    }
    append(next, speaker, pieces: [from..<next.start], &cast)
  }

  private func startsSaid(_ open: Int, _ start: Int) -> Bool { start - open < 2 }

  private mutating func relay(
    through speaker: SpeakerPhrase, _ next: Attribution, _ cast: inout Cast
  ) {
    let index = parts.count - 1
    if case .pronoun = speaker.head {
      parts[index].open = next.after
      return
    }
    guard let outlet = cast.resolve(speaker), outlet.words != parts[index].speaker.words else {
      return
    }
    parts[index].relays += [outlet.words] + next.relays
    parts[index].span = parts[index].span.lowerBound..<max(parts[index].span.upperBound, next.end)
  }

  private mutating func append(
    _ next: Attribution, _ speaker: SpeakerPhrase, pieces: [Range<Int>], _ cast: inout Cast
  ) {
    guard var resolved = cast.resolve(speaker) else { return }
    if resolved.kind == .named, resolved.role.isEmpty {
      resolved.role = cast.role(of: resolved.words)
    }
    cast.note(resolved)
    var relays = next.relays
    if let citing = citation(near: next), let source = reader.read(citing) {
      relays = [resolved.words] + relays
      resolved = source
    }
    parts.append(
      Part(
        speaker: resolved, stance: next.stance, relays: relays, time: next.time, verb: next.verb,
        pieces: pieces, open: next.after, openShape: next.shape,
        span: next.start..<max(next.end, next.start + 1)))
  }

  /// "NHK, citing a ministry source, reported", "…, the institute said, citing local officials".
  private func citation(near next: Attribution) -> Range<Int>? {
    guard next.stance == .asserts else { return nil }
    for place in next.start..<min(finder.end, max(next.end + 40, next.verb))
    where ["citing", "quoting"].contains(finder.lower(place)) {
      var stop = place + 1
      while stop < finder.end, tokens[stop].kind != .mark, !tokens[stop].isQuotation,
        !["as", "that"].contains(tokens[stop].lower)
      { stop += 1 }
      return place + 1..<stop
    }
    return nil
  }

  // MARK: Where what is said ends

  private mutating func close(at place: Int) {
    guard let index = parts.indices.last, let open = parts[index].open else { return }
    parts[index].open = nil
    guard open < place else { return }
    var end = place
    if let citing = (open..<place).first(where: {
      ["citing", "quoting"].contains(finder.lower($0)) && finder.isMark($0 - 1, ",")
    }) {
      end = citing - 1
    }
    guard open < end else { return }
    if let semicolon = (open..<end).first(where: { finder.isMark($0, ";") }) { end = semicolon }
    guard open < end else { return }
    switch parts[index].openShape {
    case .clause, .participle: parts[index].pieces.append(open..<end)
    case .inverted:
      for place in open..<end where tokens[place].isQuotation {
        parts[index].pieces.append(place..<place + 1)
      }
    case .aside, .according:
      if parts[index].pieces.isEmpty || isRest(open..<end) {
        parts[index].pieces.append(open..<end)
      }
    }
  }

  /// Whether what follows an aside goes on with what is said.
  private func isRest(_ range: Range<Int>) -> Bool {
    let first = finder.lower(range.lowerBound)
    if tokens[range.lowerBound].isQuotation { return true }
    let others = [
      "but", "while", "as", "and", "who", "which", "after", "when", "in", "on", "at", "with",
      "during", "without", "though", "although", "before", "amid", "a", "an", "speaking",
      "referring", "citing", "whose", "where", "despite", "even",
    ]
    if ["but", "and", "though", "although"].contains(first),
      Words.auxiliaries.contains(finder.lower(range.lowerBound + 1))
    {
      return true
    }
    return range.count > 2 && !others.contains(first) && !first.hasSuffix("ing")
  }

  private func allMarks(_ range: Range<Int>) -> Bool {
    range.allSatisfy { tokens[$0].kind == .mark }
  }

  /// Where words that join two clauses begin: ", while", "; ", " and".
  private func connector(before start: Int, after open: Int, anywhere: Bool = false) -> Int? {
    let joins: Set<String> = ["while", "but", "and", "whereas", "although", "though", "as", "yet"]
    var place = start
    repeat {
      if place > open, finder.isMark(place - 1, ";") || finder.isMark(place - 1, "-") {
        return place - 1
      }
      if place > open, joins.contains(finder.lower(place - 1)),
        !anywhere || finder.isMark(place - 2, ",")
      {
        return finder.isMark(place - 2, ",") || finder.isMark(place - 2, ";")
          ? place - 2 : place - 1
      }
      place -= 1
    } while anywhere && place > open + 2
    // "… said it was over, and in Kyiv the mayor said …"
    if !anywhere, place + 1 > open { return shortConnector(before: start, after: open) }
    return nil
  }

  private func shortConnector(before start: Int, after open: Int) -> Int? {
    for place in stride(from: start - 2, through: max(open, start - 8), by: -1) {
      guard ["while", "but", "and", "although"].contains(finder.lower(place)),
        finder.isMark(place - 1, ",")
      else { continue }
      return finder.hasFinite(place + 1..<start) ? nil : place - 1
    }
    return nil
  }

  private func afterConnector(_ place: Int) -> Int {
    var place = place
    while place < finder.end,
      tokens[place].kind == .mark
        || ["while", "but", "and", "whereas", "although", "though", "as", "yet"].contains(
          tokens[place].lower)
    { place += 1 }
    return place
  }

  /// The subject of the sentence's first verb.
  func mainSubject(before limit: Int) -> SpeakerPhrase? {
    guard let verb = (0..<max(0, limit)).first(where: { $0 > 0 && finder.isFinite($0) }) else {
      return nil
    }
    let group = finder.groupStart(verb)
    guard group > 0 else { return nil }
    return finder.subject(before: group)?.phrase
  }

  // MARK: Labels

  /// `Army: rocket fell in open area`, `… – governor` in headlines and bullets.
  private mutating func readLabel(_ cast: inout Cast) -> Bool {
    if let colon = tokens.indices.first(where: { tokens[$0].isMark(":") }), colon > 0, colon <= 7,
      colon + 1 < tokens.count,
      let speaker = label(0..<colon)
    {
      addLabel(speaker, content: colon + 1..<finder.end, at: colon, &cast)
      return true
    }
    guard
      let mark = tokens.indices.last(where: { tokens[$0].isMark("-") || tokens[$0].isMark(":") }),
      mark > 2, finder.end - mark - 1 <= 6, mark + 1 < finder.end,
      let speaker = label(mark + 1..<finder.end)
    else { return false }
    addLabel(speaker, content: 0..<mark, at: mark, &cast)
    return true
  }

  private mutating func addLabel(
    _ speaker: SpeakerPhrase, content: Range<Int>, at mark: Int, _ cast: inout Cast
  ) {
    guard let resolved = cast.resolve(speaker) else { return }
    cast.note(resolved)
    parts.append(
      Part(
        speaker: resolved, stance: .asserts, relays: [], verb: mark, pieces: [content],
        span: mark..<mark + 1))
  }

  private func label(_ range: Range<Int>) -> SpeakerPhrase? {
    guard !finder.hasFinite(range), let phrase = reader.read(range) else { return nil }
    let last = tokens[range.upperBound - 1]
    if phrase.kind == .named {
      return reader.names.isPerson(phrase.words) || !phrase.role.isEmpty ? phrase : nil
    }
    if last.isAcronym { return phrase }
    return Agents.find(tokens[reader.headRange(range).upperBound - 1].lower) != nil
      || range.contains { Agents.organizationNames.contains(tokens[$0].lower) && range.count > 1 }
      ? phrase : nil
  }

  /// `Her message was clear: "…"`.
  private mutating func readColon(_ cast: inout Cast) {
    guard let colon = tokens.indices.first(where: { tokens[$0].isMark(":") }),
      finder.isQuotation(colon + 1)
    else { return }
    var subject = mainSubject(before: colon)
    let pronouns = ["his": "he", "her": "she", "its": "it", "their": "they"]
    if let pronoun = pronouns[finder.lower(0)] {
      subject = SpeakerPhrase(words: pronoun, kind: .anonymous, head: .pronoun(pronoun))
    } else if tokens[0].isPossessive, let owner = reader.read(0..<1) {
      subject = owner
    }
    guard let subject, let resolved = cast.resolve(subject) else { return }
    cast.note(resolved)
    parts.append(
      Part(
        speaker: resolved, stance: .asserts, relays: [], verb: colon,
        pieces: [colon + 1..<colon + 2], span: 0..<colon))
  }
}
