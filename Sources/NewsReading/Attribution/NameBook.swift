/// The persons whom a text names in full, by their last names; gathered before reading.
struct NameBook: Sendable {
  struct Person: Hashable, Sendable {
    var name: String
    var role: String
  }

  private var byLast: [String: Person] = [:]
  private var full: Set<String> = []
  private var organizations: Set<String> = []

  func isOrganization(_ name: String) -> Bool { organizations.contains(name) }

  func isPerson(_ name: String) -> Bool { full.contains(name) }

  /// The person of a full or last name.
  func person(_ name: String) -> Person? {
    let plain = name.hasSuffix("'s") || name.hasSuffix("’s") ? String(name.dropLast(2)) : name
    guard let last = plain.split(separator: " ").last, let person = byLast[String(last)] else {
      return nil
    }
    return plain == String(last) || plain == person.name ? person : nil
  }

  mutating func note(_ name: String, role: String) {
    let words = name.split(whereSeparator: \.isWhitespace)
    guard let last = words.last else { return }
    let key = String(last)
    full.insert(name)
    if let known = byLast[key], known.name.count >= name.count || !known.role.isEmpty {
      if known.name == name, known.role.isEmpty, !role.isEmpty {
        byLast[key] = Person(name: name, role: role)
      }
      return
    }
    byLast[key] = Person(name: name, role: role)
  }

  /// Notes names that a role or title stands before, or an age or a role stands behind.
  mutating func gather(_ tokens: [Token], reader: PhraseReader) {
    var place = 0
    while place < tokens.count {
      guard tokens[place].isCapitalized else {
        place += 1
        continue
      }
      var end = place + 1
      while end < tokens.count, end - place < 8,
        tokens[end].isCapitalized
          || (Words.nameParticles.contains(tokens[end].lower) && end + 1 < tokens.count
            && tokens[end + 1].isCapitalized)
      {
        end += 1
      }
      noteRun(place..<end, tokens, reader)
      place = end
    }
  }

  private mutating func noteRun(_ whole: Range<Int>, _ tokens: [Token], _ reader: PhraseReader) {
    let isArticle = ["the", "a", "an"].contains(tokens[whole.lowerBound].lower)
    let run = whole.lowerBound + (isArticle ? 1 : 0)..<whole.upperBound
    guard !run.isEmpty else { return }
    var start = run.lowerBound
    var isLed = false
    for place in run.dropLast() {
      let word = tokens[place].lower
      if Words.isTitle(word) || Agents.people.contains(word) {
        start = place + 1
        isLed = true
      }
    }
    let name = start..<run.upperBound
    if start == run.lowerBound, start > 0, let agent = Agents.find(tokens[start - 1].lower),
      agent.class == .person,
      tokens[start - 1].isWord, !agent.isPlural, !tokens[start - 1].isPossessive
    {
      isLed = true
    }
    if start == run.lowerBound, start > 0, tokens[start - 1].isWord,
      let agent = Agents.find(tokens[start - 1].lower), agent.class == .organization,
      !tokens[start - 1].isPossessive
    {
      organizations.insert(reader.text(name))
      return
    }
    guard !reader.looksLikeOrganization(name), name.count <= 4 else { return }
    let isFollowed = followsLikePerson(run.upperBound, tokens)
    let isOpen = (start == 0 || tokens[start - 1].kind == .mark || isLed) && !isArticle
    guard name.count >= 2 && (isLed || (isFollowed && isOpen)) else { return }
    note(reader.text(name), role: "")
  }

  /// `, 45,` or `, a farmer`.
  private func followsLikePerson(_ place: Int, _ tokens: [Token]) -> Bool {
    if place < tokens.count, let (_, form) = SayVerb.find(tokens[place].lower), form == .past {
      return true
    }
    guard place + 1 < tokens.count, tokens[place].isMark(",") else { return false }
    let next = tokens[place + 1]
    if next.isNumber, next.text.count <= 2 { return true }
    guard ["a", "an", "the", "his", "her", "who", "whose", "their", "its"].contains(next.lower)
    else { return false }
    if next.lower == "who" || next.lower == "whose" { return true }
    for word in tokens[place + 2..<min(place + 8, tokens.count)] {
      if word.kind == .mark { return false }
      if let agent = Agents.find(word.lower), agent.class == .person { return !agent.isPlural }
    }
    return false
  }
}
