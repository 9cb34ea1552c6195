/// Refusals, silence, what cannot be confirmed, what is taken back.
extension AttributionFinder {
  private static let requests = Words.set(
    "request requests questions question calls call emails email e-mails e-mail messages message inquiries enquiries comment queries query"
  )
  private static let confirming = Words.set(
    "confirm verify corroborate authenticate determine establish say")
  private static let walkable = Words.set(
    "claim claims statement remark remarks comment comments words report message accusation warning allegation assertion announcement earlier it that estimate figure"
  )

  private static let speaking = Words.set(
    "comment say answer discuss confirm give name identify elaborate disclose reveal provide speak talk specify respond reply address release detail clarify rule"
  )

  /// "declined to comment", "refused to say whether …", "would not discuss …".
  func refusal(_ place: Int) -> Attribution? {
    let word = lower(place)
    if ["declined", "refused", "declines", "refuses", "declining", "refusing", "decline"].contains(
      word)
    {
      if lower(place - 1) == "who", ["to"].contains(lower(place + 1)),
        ["be"].contains(lower(place + 2))
      {
        return nil
      }
      if lower(place + 1) == "to" {
        guard
          Self.speaking.contains(lower(place + 2))
            || (lower(place + 2) == "be"
              && ["drawn", "interviewed", "questioned"].contains(lower(place + 3)))
        else { return nil }
        return answerless(place, spoken: place + 2, infinitive: place + 1)
      }
      let objects = ["comment", "requests", "request", "interview", "interviews", "comments"]
      guard (place + 1..<min(place + 5, end)).contains(where: { objects.contains(lower($0)) })
      else { return nil }
      return silent(place, content: nil)
    }
    let negated =
      ["wouldn't", "won't"].contains(word)
      || (["would", "will", "does", "do"].contains(word) && lower(place + 1) == "not")
    let isNeither =
      word == "would" && ["neither", "nobody", "none"].contains(lower(boundary(before: place)))
    guard negated || isNeither else { return nil }
    var verb = word.hasSuffix("n't") || isNeither ? place + 1 : place + 2
    if lower(verb) == "immediately" || lower(verb) == "be" { verb += 1 }
    guard
      [
        "say", "comment", "discuss", "confirm", "elaborate", "identify", "name", "disclose",
        "reveal", "specify", "commenting", "drawn",
      ].contains(lower(verb))
    else { return nil }
    if ["does", "do"].contains(word), lower(verb) != "comment" && lower(verb) != "discuss" {
      return nil
    }
    return answerless(place, spoken: verb, infinitive: verb, verbIndex: verb)
  }

  /// Content of a refusal: what it is about.
  private func answerless(_ place: Int, spoken: Int, infinitive: Int, verbIndex: Int? = nil)
    -> Attribution?
  {
    let plain = [
      "comment", "say", "speak", "talk", "elaborate", "respond", "reply", "discuss", "commenting",
      "drawn",
    ].contains(lower(spoken))
    var start = plain ? spoken + 1 : infinitive
    while plain,
      ["on", "about", "to", "further", "immediately", "publicly", "directly"].contains(lower(start))
        || (start < end && tokens[start].isMark(","))
    {
      if tokens[start].isMark(",") { return silent(place, content: nil, verb: verbIndex ?? place) }
      start += 1
    }
    if lower(spoken) == "confirm", lower(spoken + 1) == "or" || lower(spoken + 1) == "nor" {
      start = spoken + 3
    }
    return silent(place, content: start < end ? start : nil, verb: verbIndex ?? place)
  }

  private func silent(
    _ place: Int, content: Int?, stance: Draft.Stance = .declines, verb: Int? = nil
  ) -> Attribution? {
    let group = groupStart(place)
    if lower(place).hasSuffix("ing"), isMark(group - 1, ",") || isQuotation(group - 1) {
      return Attribution(
        shape: .participle, start: group - 1, verb: place, end: content ?? place + 1,
        stance: stance, after: content)
    }
    guard let subject = subject(before: group) else { return nil }
    return Attribution(
      shape: .clause, start: subject.start, verb: max(place, verb ?? place),
      end: content ?? place + 1,
      speaker: subject.phrase, stance: stance, after: content, relays: subject.relays)
  }

  /// "did not respond to a request for comment", "has yet to comment", "neither … responded".
  func silence(_ place: Int) -> Attribution? {
    let word = lower(place)
    let verbs = [
      "respond", "responded", "reply", "replied", "comment", "commented", "answer", "answered",
      "return", "returned",
    ]
    guard verbs.contains(word) else { return nil }
    let group = groupStart(place)
    let helpers = (group..<place).map(lower)
    var begin = group
    var negated = helpers.contains { Words.negatives.contains($0) }
    if lower(place - 1) == "to", lower(place - 2) == "yet" || lower(place - 2) == "failed" {
      negated = true
      begin = groupStart(place - 2)
    }
    guard let subject = subject(before: begin) else { return nil }
    var phrase = subject.phrase
    if let words = phrase?.words, words.lowercased().hasPrefix("neither ") {
      negated = true
      phrase?.words = String(words.dropFirst(8))
    }
    guard negated, !helpers.contains(where: { ["could", "would", "can"].contains($0) }),
      asksNothingElse(place)
    else { return nil }
    var content: Int?
    if word.hasPrefix("comment"), ["on", "about"].contains(lower(place + 1)) {
      content = place + 2
    }
    return Attribution(
      shape: .clause, start: subject.start, verb: place, end: content ?? end, speaker: phrase,
      stance: .declines, after: content)
  }

  private func asksNothingElse(_ place: Int) -> Bool {
    let word = lower(place)
    if word.hasPrefix("comment") { return true }
    let asked = Self.requests
    let isAsked = (place + 1..<max(place + 1, min(place + 9, end))).contains {
      asked.contains(lower($0))
    }
    return isAsked || (place + 1 >= end && !word.hasPrefix("return"))
  }

  /// "could not confirm", "was unable to verify", "could not be verified by X".
  func cannotConfirm(_ place: Int) -> Attribution? {
    let verbs = Self.confirming
    guard verbs.contains(lower(place)) else { return nil }
    var begin = place
    while begin > 0,
      lower(begin - 1).hasSuffix("ly") || ["yet", "also", "be"].contains(lower(begin - 1))
    { begin -= 1 }
    let one = lower(begin - 1)
    let two = lower(begin - 2)
    var start: Int?
    if ["couldn't", "cannot", "can't"].contains(one) { start = begin - 1 }
    if one == "not", two == "could" || two == "can" { start = begin - 2 }
    if ["yet", "immediately", "independently"].contains(one), two == "not",
      lower(begin - 3) == "could"
    {
      start = begin - 3
    }
    if one == "to", two == "unable" { start = begin - 2 }
    if one == "to", two == "able", lower(begin - 3) == "not" || lower(begin - 4) == "not" {
      start = begin - 3
    }
    if one == "to", two == "position",
      (max(0, begin - 7)..<begin).contains(where: { lower($0) == "not" })
    {
      start = (max(0, begin - 7)..<begin).first { lower($0) == "not" }
    }
    if one == "neither", two == "could" || two == "can" { start = begin - 2 }
    guard let start else { return nil }
    let group = groupStart(start)
    guard let subject = subject(before: group) else { return nil }
    var content: Int? = place + 1 < end ? place + 1 : nil
    if lower(place + 1) == "nor" || lower(place + 1) == "or" {
      content = place + 3 < end ? place + 3 : nil
    }
    if let first = content, isMark(first, ",") { content = nil }
    return Attribution(
      shape: .clause, start: subject.start, verb: place, end: content ?? place + 1,
      speaker: subject.phrase, stance: .cannotConfirm, after: content, relays: subject.relays)
  }

  /// "had no comment", "there was no immediate comment from X", "neither confirmed nor denied".
  func noComment(_ place: Int) -> Attribution? {
    if lower(place) == "neither", ["confirmed", "confirm"].contains(lower(place + 1)),
      lower(place + 2) == "nor"
    {
      let group = groupStart(place)
      guard let subject = subject(before: group) else { return nil }
      let able = (group..<place).contains { ["could", "can"].contains(lower($0)) }
      let content = place + 4 < end ? place + 4 : nil
      return Attribution(
        shape: .clause, start: subject.start, verb: place + 3, end: content ?? end,
        speaker: subject.phrase,
        stance: able ? .cannotConfirm : .declines, after: content)
    }
    guard lower(place) == "no" else { return nil }
    var noun = place + 1
    while [
      "immediate", "official", "further", "public", "initial", "direct", "formal", "additional",
    ].contains(lower(noun)) { noun += 1 }
    guard
      ["comment", "word", "response", "reaction", "reply", "comments", "statement"].contains(
        lower(noun))
    else { return nil }
    if lower(noun + 1) == "from" {
      let stop = nameStop(from: noun + 2)
      guard let speaker = reader.read(noun + 2..<stop) else { return nil }
      let start = max(0, place - 2)
      return Attribution(
        shape: .clause, start: start, verb: noun, end: stop, speaker: speaker, stance: .declines)
    }
    guard ["had", "has", "have", "offered", "gave", "made", "issued"].contains(lower(place - 1)),
      let subject = subject(before: groupStart(place - 1))
    else { return nil }
    let content = ["on", "about"].contains(lower(noun + 1)) ? noun + 2 : nil
    return Attribution(
      shape: .clause, start: subject.start, verb: noun, end: content ?? noun + 1,
      speaker: subject.phrase,
      stance: .declines, after: content)
  }

  private func nameStop(from first: Int) -> Int {
    var place = first
    while place < end, tokens[place].kind != .mark, !isQuotation(place),
      !["on", "about", "when", "as", "regarding"].contains(lower(place))
    { place += 1 }
    return place
  }

  /// "walked back", "took back", "backtracked on" a statement.
  func walkedBack(_ place: Int) -> Attribution? {
    let word = lower(place)
    var content = place + 1
    switch word {
    case "walked", "took", "rowed", "walks", "takes", "taken", "walking", "rolled", "pulled":
      guard
        let back = (place + 1..<max(place + 1, min(place + 8, end))).first(where: {
          lower($0) == "back"
        })
      else { return nil }
      let said = Self.walkable
      guard (place + 1..<min(place + 12, end)).contains(where: { said.contains(lower($0)) }) else {
        return nil
      }
      if back == place + 1 {
        content = ["from", "on"].contains(lower(back + 1)) ? back + 2 : back + 1
      }
    case "backtracked":
      content = lower(place + 1) == "on" || lower(place + 1) == "from" ? place + 2 : place + 1
    default: return nil
    }
    return silent(place, content: content < end ? content : nil, stance: .retracts)
  }
}
