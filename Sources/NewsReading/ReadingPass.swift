/// One pass over one text.
struct ReadingPass {
  private(set) var reading: Reading
  private let options: NewsReader
  private var names = NameBook()
  private var cast = Cast()
  /// The person whom the sentence before is about, for a quotation that stands alone behind it.
  private var subject: SpeakerPhrase?
  private var lastParagraph = -1
  /// Whether a quotation may go on with the last draft.
  private var mayContinue = false
  private var pending: Draft?
  /// The outlet to which the sentence before says somebody spoke.
  private var spokenTo: String?

  init(_ plain: PlainText, _ options: NewsReader) {
    reading = Reading(text: plain.bytes, faults: plain.faults)
    self.options = options
  }

  mutating func run() {
    let paragraphs = Paragraph.all(of: reading.text)
    let tokenizer = Tokenizer(bytes: reading.text)
    for paragraph in paragraphs {
      let tokens = tokenizer.tokens(in: paragraph.range)
      names.gather(tokens, reader: PhraseReader(tokens: tokens, bytes: reading.text, names: names))
    }
    var continues = false
    for index in paragraphs.indices {
      let tokens = tokenizer.tokens(in: paragraphs[index].range)
      let next = index + 1 < paragraphs.count ? paragraphs[index + 1].range.lowerBound : nil
      continues = read(paragraphs[index], tokens, nextStart: next, continues: continues, index)
    }
  }

  /// Reads a paragraph; answers whether its last quotation goes on in the next.
  private mutating func read(
    _ paragraph: Paragraph, _ tokens: [Token], nextStart: Int?, continues: Bool, _ index: Int
  ) -> Bool {
    let scanner = QuotationScanner(tokens)
    var quotations = scanner.quotations
    if continues, let first = quotations.first, first.tokens.lowerBound == 0 {
      quotations[0].continues = true
    }
    let ends = SentenceEnds(tokens, quotations)
    let firstSentence = reading.sentences.count
    noteSentences(tokens, ends)
    noteFaults(scanner, tokens, ends, firstSentence)
    let goesOn = quotations.last?.isOpen == true && nextStart.map(opensQuotation) == true
    if let open = quotations.last, open.isOpen, !goesOn {
      reading.faults.append(
        .unclosedQuotation(
          sentence: reading.sentences.count, words: String(reading.words(open.inner).prefix(30))))
    }
    readUnits(paragraph, tokens, quotations, ends, firstSentence, index)
    return goesOn
  }

  private func opensQuotation(_ place: Int) -> Bool {
    let scalar = Tokenizer.scalar(of: reading.text, at: place).0
    return ["\"", "“", "„", "«", "'", "‘"].contains(scalar)
  }

  private mutating func noteSentences(_ tokens: [Token], _ ends: SentenceEnds) {
    var start = 0
    for end in ends.ends {
      reading.sentences.append(tokens[start].range.lowerBound..<tokens[end - 1].range.upperBound)
      start = end
    }
  }

  private mutating func noteFaults(
    _ scanner: QuotationScanner, _ tokens: [Token], _ ends: SentenceEnds, _ first: Int
  ) {
    let odd = scanner.strays.map { ($0, true) } + scanner.unclosed.map { ($0, false) }
    var sentence = 0
    for (place, isStray) in odd.sorted(by: { $0.0 < $1.0 }) {
      while sentence + 1 < ends.ends.count, ends.ends[sentence] <= place { sentence += 1 }
      if isStray {
        reading.faults.append(.strayMark(sentence: first + sentence + 1, mark: tokens[place].text))
      } else {
        let last = tokens[min(place + 5, tokens.count - 1)].range.upperBound
        let words = reading.words(tokens[place].range.lowerBound..<last)
        reading.faults.append(
          .unclosedQuotation(sentence: first + sentence + 1, words: String(words.prefix(30))))
      }
    }
  }

  /// Reads the stretches that no quotation spans, one after the other.
  private mutating func readUnits(
    _ paragraph: Paragraph, _ tokens: [Token], _ quotations: [Quotation], _ ends: SentenceEnds,
    _ firstSentence: Int, _ index: Int
  ) {
    var start = 0
    var sentence = firstSentence
    var unitSentence = firstSentence
    var nextQuotation = 0
    for (end, inside) in zip(ends.ends, ends.isInside) {
      defer { sentence += 1 }
      if inside { continue }
      while nextQuotation < quotations.count, quotations[nextQuotation].tokens.lowerBound < start {
        nextQuotation += 1
      }
      var last = nextQuotation
      while last < quotations.count, quotations[last].tokens.lowerBound < end { last += 1 }
      let unit = Unit(
        tokens[start..<end], Array(quotations[nextQuotation..<last]), first: start,
        isHeadline: paragraph.isHeadline, isBullet: paragraph.isBullet, bytes: reading.text)
      read(unit, sentences: unitSentence...sentence, index)
      start = end
      nextQuotation = last
      unitSentence = sentence + 1
    }
  }

  private mutating func read(_ unit: Unit, sentences: ClosedRange<Int>, _ index: Int) {
    defer { lastParagraph = index }
    if unit.tokens.count > Paragraph.longestSentence {
      reading.faults.append(
        .longSentence(sentence: sentences.lowerBound + 1, words: unit.tokens.count))
    }
    var foundAny = false
    for piece in unit.pieces() {
      if piece.isOnlyQuotation {
        foundAny = takeLoneQuotation(piece, sentences, index) || foundAny
        continue
      }
      let reader = PhraseReader(tokens: piece.tokens, bytes: reading.text, names: names)
      var sentence = SentenceReader(
        piece.tokens, reader: reader, isHeadline: piece.isHeadline || piece.isBullet)
      sentence.read(&cast, labels: piece.isHeadline || piece.isBullet)
      for part in sentence.parts { foundAny = add(part, piece, sentences) || foundAny }
      noteSubject(sentence, piece)
      mayContinue = !sentence.parts.isEmpty
    }
    if !foundAny, options.narrates { narrate(unit, sentences) }
  }

  private mutating func noteSubject(_ sentence: SentenceReader, _ unit: Unit) {
    guard sentence.parts.isEmpty else {
      subject = nil
      spokenTo = nil
      return
    }
    spokenTo = sentence.finder.spokenTo()
    guard let main = sentence.mainSubject(before: sentence.finder.end),
      let resolved = cast.resolve(main)
    else {
      subject = nil
      return
    }
    let isPerson = [.named, .office, .anonymous].contains(resolved.kind) && !resolved.isPlural
    if isPerson { cast.note(resolved) }
    subject = isPerson ? resolved : nil
  }

  /// A quotation without attribution goes on with the last speaker's, or speaks for the person before it.
  private mutating func takeLoneQuotation(_ unit: Unit, _ sentences: ClosedRange<Int>, _ index: Int)
    -> Bool
  {
    let quote = unit.quotes(in: [unit.tokens.indices]).joined(separator: " … ")
    guard !quote.isEmpty else { return false }
    if mayContinue, let last = reading.drafts.indices.last,
      reading.drafts[last].stance == .asserts || reading.drafts[last].direct
        || lastParagraph == index
    {
      let before = reading.drafts[last].quote
      reading.drafts[last].quote = before.isEmpty ? quote : before + " … " + quote
      reading.drafts[last].range = reading.drafts[last].range.lowerBound..<unit.range.upperBound
      return true
    }
    if mayContinue, var draft = pending {
      draft.quote = quote
      reading.drafts.append(draft)
      return true
    }
    guard let subject, lastParagraph == index else { return false }
    reading.drafts.append(
      Draft(
        sentence: sentences.lowerBound + 1, range: unit.range, speaker: subject.words,
        kind: subject.kind,
        role: subject.role, relays: [], stance: .asserts, verb: "", quote: quote, content: "",
        attribute: Topic.attribute(of: quote)))
    mayContinue = true
    return true
  }

  private mutating func add(_ part: Part, _ unit: Unit, _ sentences: ClosedRange<Int>) -> Bool {
    let quotes = unit.quotes(in: part.pieces)
    let content = part.pieces.compactMap(unit.content).joined(separator: " … ")
    let first = min(part.span.lowerBound, part.pieces.first?.lowerBound ?? part.span.lowerBound)
    let last = max(part.span.upperBound, part.pieces.last?.upperBound ?? 0)
    let range = unit.bytes(first..<max(last, first + 1))
    let quote = quotes.joined(separator: " … ")
    var relays: [String] = []
    for relay in part.relays where !relays.contains(relay) && relay != part.speaker.words {
      relays.append(relay)
    }
    if relays.isEmpty, let spokenTo { relays = [spokenTo] }
    let draft = Draft(
      sentence: sentence(of: range.lowerBound, sentences), range: range,
      speaker: part.speaker.words,
      kind: part.speaker.kind, role: part.speaker.role, relays: relays,
      stance: Stances.judge(part.stance, content),
      verb: unit.tokens[part.verb].text, quote: quote, content: content,
      time: part.time.map { PrintedTime(unit.text($0), published: options.published) },
      attribute: Topic.attribute(of: content + " " + quote))
    guard !quote.isEmpty || !content.isEmpty || part.stance != .asserts else {
      pending = draft
      return false
    }
    reading.drafts.append(draft)
    return true
  }

  private func sentence(of byte: Int, _ sentences: ClosedRange<Int>) -> Int {
    (sentences.first { reading.sentences[$0].upperBound > byte } ?? sentences.lowerBound) + 1
  }

  /// The text's own voice: a whole sentence that nobody else is said to have said.
  private mutating func narrate(_ unit: Unit, _ sentences: ClosedRange<Int>) {
    guard unit.tokens.count(where: \.isWord) > 1 else { return }
    let content = reading.words(unit.range)
    reading.drafts.append(
      Draft(
        sentence: sentences.lowerBound + 1, range: unit.range,
        speaker: options.outlet ?? "the report",
        kind: .outlet, role: "", relays: [], stance: .asserts, verb: "", quote: "",
        content: content,
        attribute: Topic.attribute(of: content)))
    mayContinue = false
  }
}
