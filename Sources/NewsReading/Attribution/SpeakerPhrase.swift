/// A noun phrase read as a speaker.
struct SpeakerPhrase: Hashable, Sendable {
  enum Head: Hashable, Sendable {
    /// "he", "it": stands for somebody named before.
    case pronoun(String)
    /// "the minister", "the 24-year-old": may stand for somebody named before.
    case reference(String)
    case itself
  }

  var words: String
  var kind: Draft.SpeakerKind
  var role = ""
  var head = Head.itself
  var isPlural = false
}

/// Reads noun phrases as speakers, by their head noun, titles and capitals.
struct PhraseReader {
  let tokens: [Token]
  let bytes: [UInt8]
  /// Last names of persons the text gives in full somewhere.
  let names: NameBook
  /// Whether a head noun that is not known may speak, too: behind "said" it hardly ever is a thing.
  var isLenient = false

  func text(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    let from = tokens[range.lowerBound].range.lowerBound
    return String(
      decoding: bytes[from..<tokens[range.upperBound - 1].range.upperBound], as: UTF8.self)
  }

  /// The speaker that a phrase names; `nil` when its head is nothing that speaks.
  func read(_ range: Range<Int>) -> SpeakerPhrase? {
    let range = trimmed(range)
    guard !range.isEmpty, range.count <= 30 else { return nil }
    if range.count == 1, let pronoun = pronoun(tokens[range.lowerBound]) { return pronoun }
    if let several = several(range) { return several }
    let head = headRange(range)
    guard !head.isEmpty else { return nil }
    let last = tokens[head.upperBound - 1]
    if Words.prepositions.contains(tokens[range.upperBound - 1].lower) { return nil }
    if last.isCapitalized
      || (last.isNumber && head.count > 1 && tokens[head.upperBound - 2].isCapitalized)
    {
      return properPhrase(head, whole: range)
    }
    return commonPhrase(head, whole: range)
  }

  private func pronoun(_ token: Token) -> SpeakerPhrase? {
    guard Words.pronouns.contains(token.lower) || ["both", "who"].contains(token.lower),
      token.lower != "i", token.lower != "we", token.lower != "you"
    else { return nil }
    return SpeakerPhrase(
      words: token.text, kind: .anonymous, head: .pronoun(token.lower),
      isPlural: token.lower == "they" || token.lower == "both")
  }

  /// Leaves out leading connectives and adverbs, trailing adverbs and days.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let token = tokens[low]
      let leads =
        token.kind == .mark && !token.isQuotation
        || (["who", "which", "that"].contains(token.lower) && high - low > 1)
        || [
          "and", "but", "or", "so", "yet", "meanwhile", "earlier", "later", "separately", "however",
          "still", "elsewhere", "then", "also", "now", "nevertheless", "afterwards", "even",
          "today", "yesterday",
        ].contains(token.lower)
      guard leads else { break }
      low += 1
    }
    while high > low {
      let token = tokens[high - 1]
      let adverb =
        Words.adverbs.contains(token.lower) && token.lower != "all"
        || (token.lower.hasSuffix("ly") && !token.isCapitalized
          && !["family", "assembly", "daily", "weekly", "monthly", "ally", "anomaly"].contains(
            token.lower))
      let day = Words.weekdays.contains(token.lower) && high - low > 1
      if token.kind == .mark && !token.isMark(")") || adverb {
        high -= 1
      } else if day {
        high -= 1
        if high > low,
          ["on", "late", "early", "earlier", "last", "this"].contains(tokens[high - 1].lower)
        {
          high -= 1
        }
      } else {
        break
      }
    }
    return low..<high
  }

  /// "one of the sources", "two of them", "some", "others", "the 24-year-old".
  private func several(_ range: Range<Int>) -> SpeakerPhrase? {
    let first = tokens[range.lowerBound].lower
    let indefinite = [
      "one", "two", "three", "four", "some", "many", "most", "several", "others", "another", "both",
      "neither", "none", "few", "dozens", "hundreds",
    ]
    if indefinite.contains(first), range.count == 1 || tokens[range.lowerBound + 1].lower == "of" {
      return SpeakerPhrase(
        words: text(range), kind: .anonymous, isPlural: first != "one" && first != "another")
    }
    let last = tokens[range.upperBound - 1].lower
    if last.hasSuffix("-year-old"), first == "the" {
      return SpeakerPhrase(words: text(range), kind: .anonymous, head: .reference("year-old"))
    }
    if ["accused", "injured", "deceased"].contains(last), first == "the" {
      return SpeakerPhrase(words: text(range), kind: .anonymous)
    }
    return nil
  }

  /// The phrase up to its first complement: "a spokesperson | for the army".
  func headRange(_ range: Range<Int>) -> Range<Int> {
    var place = range.lowerBound
    while place < range.upperBound {
      let token = tokens[place]
      if place > range.lowerBound {
        if token.kind == .mark { break }
        if Words.prepositions.contains(token.lower), !token.isCapitalized,
          !joinsTitle(place, in: range)
        {
          break
        }
        if ["who", "that", "which", "whose", "whom"].contains(token.lower) { break }
        if isModifier(place, in: range) { break }
        if token.lower == "and" || token.lower == "or" || token.lower == "nor",
          !joinsName(place, in: range)
        {
          break
        }
      }
      place += 1
    }
    return range.lowerBound..<place
  }

  /// "an officer quoted …", "sources familiar with …" after the noun.
  private func isModifier(_ place: Int, in range: Range<Int>) -> Bool {
    let word = tokens[place].lower
    guard !tokens[place].isCapitalized,
      Agents.find(tokens[place - 1].lower) != nil || tokens[place - 1].isCapitalized
    else {
      return false
    }
    if ["familiar", "close", "involved", "here", "there", "alike"].contains(word) { return true }
    guard word.hasSuffix("ed") || word.hasSuffix("ing") || Words.participles.contains(word) else {
      return false
    }
    // "A spokesperson speaking …" but "the British managing director".
    return place + 1 >= range.upperBound || Agents.find(tokens[place + 1].lower) == nil
  }

  /// "Bank | of | Japan Governor Taro Ueno": a title and a name follow.
  private func joinsTitle(_ place: Int, in range: Range<Int>) -> Bool {
    guard ["of", "for"].contains(tokens[place].lower),
      tokens[place - 1].isCapitalized || Agents.find(tokens[place - 1].lower) != nil
    else { return false }
    var next = place + 1
    while next + 1 < range.upperBound,
      tokens[next].isCapitalized || ["of", "the", "for", "and"].contains(tokens[next].lower)
    {
      if Agents.people.contains(tokens[next].lower) || Agents.plurals.contains(tokens[next].lower),
        tokens[next + 1].isCapitalized, next + 2 <= range.upperBound,
        Agents.people.contains(tokens[next].lower)
          || Agents.people.contains(tokens[place - 1].lower)
      {
        return true
      }
      next += 1
    }
    return false
  }

  private func joinsName(_ place: Int, in range: Range<Int>) -> Bool {
    place + 1 < range.upperBound && tokens[place - 1].isCapitalized
      && tokens[place + 1].isCapitalized
      && Agents.organizationNames.contains(tokens[range.upperBound - 1].lower)
  }

  // MARK: Common nouns

  private func commonPhrase(_ head: Range<Int>, whole: Range<Int>) -> SpeakerPhrase? {
    let noun = tokens[head.upperBound - 1].lower
    guard let agent = Agents.find(noun) else {
      return namedThing(head, whole) ?? unknown(head, whole)
    }
    let first = tokens[head.lowerBound].lower
    let words = text(whole)
    switch agent.class {
    case .document: return SpeakerPhrase(words: words, kind: .document, isPlural: agent.isPlural)
    case .organization:
      return SpeakerPhrase(words: words, kind: .organization, isPlural: agent.isPlural)
    case .person: break
    }
    if ["police", "authorities", "forces", "prosecutors", "media", "troops"].contains(noun) {
      return SpeakerPhrase(words: words, kind: .organization, isPlural: true)
    }
    let kind = personKind(noun, first: first, head, isPlural: agent.isPlural)
    let short = whole.count <= 4 && head == whole && first == "the" && !agent.isPlural
    return SpeakerPhrase(
      words: words, kind: kind, head: short ? .reference(noun) : .itself, isPlural: agent.isPlural)
  }

  private func unknown(_ head: Range<Int>, _ whole: Range<Int>) -> SpeakerPhrase? {
    let noun = tokens[head.upperBound - 1]
    guard isLenient, noun.isWord, noun.text.count > 2, !Agents.isThing(noun.lower) else {
      return nil
    }
    let isPlural = noun.lower.hasSuffix("s") && !noun.lower.hasSuffix("ss")
    let isLed =
      Words.determiners.contains(tokens[head.lowerBound].lower)
      || tokens[head.lowerBound].isPossessive
    guard isLed || isPlural else { return nil }
    return SpeakerPhrase(words: text(whole), kind: .anonymous, isPlural: isPlural)
  }

  /// "The Blue Lagoon spa": a name with a noun of any kind behind it.
  private func namedThing(_ head: Range<Int>, _ whole: Range<Int>) -> SpeakerPhrase? {
    guard head.count > 2, head.count < 7, tokens[head.lowerBound].lower == "the",
      tokens[head.upperBound - 1].isWord,
      head.dropFirst().dropLast().allSatisfy({ tokens[$0].isCapitalized })
    else { return nil }
    return SpeakerPhrase(words: text(whole), kind: .organization)
  }

  private func personKind(
    _ noun: String, first: String, _ head: Range<Int>, isPlural: Bool
  ) -> Draft.SpeakerKind {
    if Agents.spokes.contains(noun) { return .office }
    guard Agents.offices.contains(noun), !isPlural else { return .anonymous }
    let owned = head.contains { tokens[$0].isPossessive } || Words.possessives.contains(first)
    if first == "a" || first == "an" { return .anonymous }
    let former = head.contains {
      ["senior", "unnamed", "anonymous", "former"].contains(tokens[$0].lower)
    }
    return former && first != "the" && !owned ? .anonymous : .office
  }

  // MARK: Names

  private func properPhrase(_ head: Range<Int>, whole: Range<Int>) -> SpeakerPhrase? {
    var start = head.upperBound - 1
    while start > head.lowerBound, belongsToName(start - 1, in: head) { start -= 1 }
    if let titled = titled(start..<head.upperBound, head, whole) { return titled }
    let lead = head.lowerBound..<start
    let name = start..<head.upperBound
    guard let noun = lead.last.map({ tokens[$0].lower }), noun != "the" else {
      return bareName(name, head, whole)
    }
    return ledName(name, lead, noun, whole)
  }

  private func belongsToName(_ place: Int, in head: Range<Int>) -> Bool {
    let token = tokens[place]
    if token.isCapitalized {
      return !(place == head.lowerBound && Words.determiners.contains(token.lower))
    }
    if token.isNumber || token.lower == "&" { return true }
    return
      (Words.nameParticles.contains(token.lower) || ["and", "for", "of"].contains(token.lower))
      && place > head.lowerBound
      && tokens[place - 1].isCapitalized
  }

  /// "Prime Minister Anna Berg", "Lt. Col. Dan Burke", or an office alone: "the Prime Minister".
  private func titled(
    _ run: Range<Int>, _ head: Range<Int>, _ whole: Range<Int>
  ) -> SpeakerPhrase? {
    let title = run.last { place in
      let word = tokens[place].lower
      if Words.isTitle(word) { return place < run.upperBound - 1 }
      // "Judge" and "King" may be surnames, so a title needs a name after it or an office before.
      guard let agent = Agents.find(word), agent.class == .person else { return false }
      if ["dean", "mason", "hunter", "porter", "earl", "guy", "carter", "cooper", "tyler"].contains(
        word), place == head.lowerBound, run.count == 2
      {
        return false
      }
      guard Agents.people.contains(word) || word == "police" else {
        return place == head.lowerBound && run.count > 2 && !agent.isPlural
      }
      return place < run.upperBound - 1 || Agents.offices.contains(word)
    }
    guard let title, !tokens[title].isPossessive else { return nil }
    if title == run.upperBound - 1 {
      if run.count > 1, names.isPerson(text(run)) { return nil }
      let first = tokens[whole.lowerBound].lower
      let kind: Draft.SpeakerKind = first == "a" || first == "an" ? .anonymous : .office
      return SpeakerPhrase(
        words: text(whole), kind: kind,
        head: head == whole && whole.count < 4 ? .reference(tokens[title].lower) : .itself)
    }
    let name = title + 1..<run.upperBound
    if name.count == 1, Agents.organizationNames.contains(tokens[title + 1].lower) { return nil }
    if name.contains(where: { Agents.organizationNames.contains(tokens[$0].lower) }), name.count > 2
    {
      return nil
    }
    return SpeakerPhrase(
      words: text(name), kind: .named, role: role(head.lowerBound..<title + 1))
  }

  /// "army spokesman Dan Levi", "state broadcaster ERT", "the paramilitary Rapid Support Forces".
  private func ledName(
    _ name: Range<Int>, _ lead: Range<Int>, _ noun: String, _ whole: Range<Int>
  ) -> SpeakerPhrase? {
    let agent = Agents.find(noun)
    if name.count == 1, Agents.organizations.contains(tokens[name.lowerBound].lower) {
      return SpeakerPhrase(words: text(whole), kind: .organization)
    }
    if name.count == 1, tokens[name.lowerBound].isAcronym, agent?.isPlural == false {
      return SpeakerPhrase(words: text(name), kind: .organization, role: role(lead))
    }
    if agent?.class == .person, !noun.hasSuffix("'s"), agent?.isPlural == false || noun == "police"
    {
      if looksLikeOrganization(name), name.count > 1 {
        return SpeakerPhrase(words: text(whole), kind: .anonymous)
      }
      return SpeakerPhrase(words: text(name), kind: .named, role: role(lead))
    }
    if agent?.class == .organization, !noun.hasSuffix("'s") {
      return SpeakerPhrase(words: text(name), kind: .organization, role: role(lead))
    }
    if name.count >= 2, name.count <= 4, !looksLikeOrganization(name),
      tokens[lead.lowerBound].lower != "the" || noun.hasSuffix("'s")
    {
      return SpeakerPhrase(words: text(name), kind: .named, role: role(lead))
    }
    return SpeakerPhrase(words: text(whole), kind: .organization)
  }

  private func bareName(_ name: Range<Int>, _ head: Range<Int>, _ whole: Range<Int>)
    -> SpeakerPhrase?
  {
    let full = text(name)
    if names.isOrganization(full) { return SpeakerPhrase(words: text(whole), kind: .organization) }
    if let person = names.person(full) {
      return SpeakerPhrase(
        words: person.name, kind: .named,
        role: person.role.isEmpty ? affiliation(name, whole) : person.role)
    }
    if name.count > 1, name.count < 4, tokens[name.lowerBound].isPossessive,
      let person = names.person(text(name.lowerBound + 1..<name.upperBound))
    {
      return SpeakerPhrase(
        words: person.name, kind: .named, role: text(name.lowerBound..<name.lowerBound + 1))
    }
    let definite = head.lowerBound < name.lowerBound
    let first = tokens[name.lowerBound]
    if name.count == 1 {
      // A weekday, a month or "I" is nobody.
      if Words.calendar.contains(first.lower) || Words.pronouns.contains(first.lower) { return nil }
      if Words.sentenceStarters.contains(first.lower), Agents.find(first.lower) == nil {
        return nil
      }
      if let agent = Agents.find(first.lower),
        !first.isAcronym || Agents.people.contains(first.lower)
      {
        return titleCased(agent, first, whole)
      }
      return SpeakerPhrase(words: definite ? text(whole) : text(whole), kind: .organization)
    }
    if !definite, !looksLikeOrganization(name), name.count <= 4 {
      if let agent = Agents.find(tokens[name.upperBound - 1].lower),
        agent.class != .person || agent.isPlural
      {
        return commonPhrase(head, whole: whole)
      }
      return SpeakerPhrase(words: full, kind: .named, role: affiliation(name, whole))
    }
    return SpeakerPhrase(words: text(whole), kind: .organization)
  }

  /// "Police said", "Officials said" at the start of a sentence: a common noun with a capital.
  private func titleCased(
    _ agent: (class: Agents.Class, isPlural: Bool), _ token: Token, _ whole: Range<Int>
  ) -> SpeakerPhrase {
    let kind: Draft.SpeakerKind =
      switch agent.class {
      case .document: .document
      case .organization: .organization
      case .person:
        ["police", "authorities", "prosecutors", "media", "troops"].contains(token.lower)
          ? .organization : .anonymous
      }
    return SpeakerPhrase(words: text(whole), kind: kind, isPlural: agent.isPlural)
  }

  func looksLikeOrganization(_ name: Range<Int>) -> Bool {
    name.contains { Agents.organizationNames.contains(tokens[$0].lower) || tokens[$0].lower == "&" }
      || tokens[name.lowerBound..<name.upperBound].dropLast().contains {
        $0.isPossessive && $0.text.count > 3
      }
      || (name.count == 1 && tokens[name.lowerBound].isAcronym)
      || (tokens[name.upperBound - 1].isAcronym && name.count < 3)
      || tokens[name.upperBound - 1].isPossessive
  }

  /// "Marta Silva | of Banco BPI".
  private func affiliation(_ name: Range<Int>, _ whole: Range<Int>) -> String {
    let rest = name.upperBound..<whole.upperBound
    guard rest.count > 1, ["of", "from", "at", "with"].contains(tokens[rest.lowerBound].lower)
    else { return "" }
    return text(rest.lowerBound + 1..<rest.upperBound)
  }

  private func role(_ range: Range<Int>) -> String {
    let skips =
      !range.isEmpty && ["the", "a", "an"].contains(tokens[range.lowerBound].lower)
      && range.count > 1
    let low = range.lowerBound + (skips ? 1 : 0)
    var high = range.upperBound
    while high > low,
      ["mr", "mrs", "ms", "mr.", "mrs.", "ms.", "miss"].contains(tokens[high - 1].lower)
    {
      high -= 1
    }
    return text(low..<high)
  }
}
