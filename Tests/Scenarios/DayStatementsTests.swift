import Testing
import TocsinModel
import TocsinSources

@Suite struct `The statements of 14 May 2023` {
  let day: Scenario

  init() throws { day = try Scenario.find("2023-05-14") }

  private static let outlet = "The outlet of the news report"

  /// Every position of the day that the news report holds.
  static let positions: [(speaker: String, about: String, verb: String, words: String)] = [
    (outlet, "siren", "wrote", "sirens sounded in Ashkelon and communities"),
    (outlet, "ceasefire", "wrote", "on Saturday night"),
    (outlet, "ceasefire", "wrote", "a few minutes after it came into effect"),
    (outlet, "ceasefire", "wrote", "respected until now"),
    (outlet, "interception", "wrote", "no interception by Iron Dome"),
    (outlet, "operation", "wrote", "Shield and Arrow"),
    (outlet, "operation", "wrote", "\"five-day\""),
    (outlet, "operation", "wrote", "six military commanders"),
    (outlet, "operation", "wrote", "launch sites and control headquarters"),
    ("a spokesperson for Israel's army", "launch", "said", "one launch was detected from the Gaza"),
    ("a spokesperson for Israel's army", "end", "said", "fell in an open area"),
    ("security sources", "end", "said", "exploded before touching the ground"),
    ("A Gaza source", "cause", "said", "technical deficit"),
    ("A Gaza source", "ceasefire", "said", "resistance confirms its commitment to the ceasefire."),
    ("an Israeli security source", "strikes", "said", "begun targeting Hamas positions"),
    ("a senior IDF officer", "operation", "said", "the greater the [likelihood of the] event"),
    ("Benjamin Netanyahu", "operation", "said", "The operation was perfectly executed."),
    ("Bezalel Smotrich", "operation", "said", "a major ground operation is inevitable"),
    ("Bezalel Smotrich", "operation", "said", "the latest operation did send a message"),
  ]

  @Test(arguments: 0..<positions.count)
  func `hold every position with its speaker`(index: Int) {
    let position = Self.positions[index]
    let found = day.said.filter { said in
      let words = said.sentence + (said.quote?.text ?? "")
      return said.speaker.name.text == position.speaker
        && said.attribute.matter == position.about && said.verb == position.verb
        && words.contains(position.words)
    }
    #expect(found.count == 1, "\(position)")
  }

  /// Times and zone names as in the public alert log `dleshem/israel-alerts-data`.
  static let log: [(time: String, zone: String)] = [
    ("2023-05-13T22:07:41+03:00", "כיסופים"), ("2023-05-13T22:08:41+03:00", "מטווח ניר עם"),
    ("2023-05-13T22:08:41+03:00", "שדרות, איבים, ניר עם"),
    ("2023-05-13T22:08:45+03:00", "גבים, מכללת ספיר"), ("2023-05-13T22:11:49+03:00", "נירים"),
    ("2023-05-13T22:11:56+03:00", "עין השלושה"), ("2023-05-13T23:11:41+03:00", "נירים"),
    ("2023-05-13T23:11:41+03:00", "עין השלושה"),
    ("2023-05-14T18:33:04+03:00", "אזור תעשייה הדרומי אשקלון"),
    ("2023-05-14T18:33:05+03:00", "זיקים"), ("2023-05-14T18:33:06+03:00", "נתיב העשרה"),
  ]

  @Test func `hold the rows of the alert log, to the second and the letter`() {
    let rows = day.statements.filter { $0.source == "alert-log" }
    #expect(rows.map(\.said) == Self.log.map { Timestamp($0.time) })
    #expect(rows.compactMap(\.words?.quote?.text) == Self.log.map(\.zone))
    #expect(rows.allSatisfy { $0.words?.speaker.kind == .document })
  }

  @Test func `state a moment only where a document states it`() {
    for item in day.items {
      guard case .statement(let statement) = item.content, let said = statement.words
      else { continue }
      #expect((statement.said == nil) == item.isPlaced)
      #expect(statement.said == nil || statement.source == "alert-log")
      #expect(statement.said == nil || said.saidAt.precision == .second)
    }
    let printed = day.said.flatMap { said -> [String] in
      var spans = [said.saidAt, said.validAt].compactMap { $0 }
      if case .interval(let when) = said.value.amount { spans.append(when) }
      return spans.compactMap(\.printed?.text)
    }
    #expect(printed.contains("on Saturday night"))
    #expect(printed.contains("earlier on Sunday"))
  }

  @Test func `use the same four verbs for everybody`() {
    let verbs: Set = ["said", "denied", "wrote", "cannot confirm"]
    #expect(day.said.allSatisfy { verbs.contains($0.verb) })
    let loaded = ["claimed", "admitted", "insisted", "boasted", "alleged", "terrorist", "militant"]
    for said in day.said {
      #expect(!loaded.contains { said.sentence.lowercased().contains($0) })
    }
  }

  @Test func `tie the ministers' and the officer's words to the operation and to no launch`() {
    let speakers = ["Benjamin Netanyahu", "Bezalel Smotrich", "a senior IDF officer"]
    let theirs = day.said.filter { speakers.contains($0.speaker.name.text) }
    #expect(theirs.count == 4)
    #expect(theirs.allSatisfy { $0.attribute.matter == "operation" })
  }

  @Test func `keep the relays, and anonymous speakers in their literal words`() throws {
    let gaza = try #require(day.said.first { $0.attribute == .cause })
    #expect(gaza.speaker.kind == .anonymous)
    #expect(gaza.relays.map(\.agent.text) == ["Al Jazeera", "the news report"])
    let officer = try #require(day.said.first { $0.speaker.name.text == "a senior IDF officer" })
    #expect(officer.relays.map(\.agent.text) == ["i24NEWS", "the news report"])
  }

  @Test func `say that the plots are simulated, before anything else`() throws {
    let first = try #require(day.said.first)
    #expect(first.simulated == true)
    #expect(first.value.words?.text.contains("simulated") == true)
    #expect(day.simulated?["en"].contains("simulated") == true)
    for language in ["en", "he", "ar", "ru"] {
      #expect(day.simulated?.byLanguage[language]?.isEmpty == false)
      #expect(day.title.byLanguage[language]?.isEmpty == false)
    }
  }

  @Test func `give nobody authority`() {
    #expect(day.sources.allSatisfy { !$0.hasAuthority })
  }
}

extension Scenario {
  var statements: [Statement] {
    items.compactMap { item in
      if case .statement(let statement) = item.content { statement } else { nil }
    }
  }

  var said: [Record.Statement] { statements.compactMap(\.words) }

  var plots: [Plot] {
    items.flatMap { item -> [Plot] in
      if case .plots(let plots) = item.content { plots } else { [] }
    }
  }
}

extension Statement {
  var words: Record.Statement? {
    if case .said(let said) = content { said } else { nil }
  }
}
