import Foundation
import Testing
import TocsinModel
import TocsinRecord

@Suite struct `A dispatch` {
  static let languages = Dispatch.languages

  private func dispatch(_ dossier: Dossier, _ language: String) throws -> Dispatch {
    try #require(Dispatch(dossier, language: language))
  }

  @Test(arguments: languages)
  func `of 14 May 2023 rests on the record in every sentence`(language: String) throws {
    let dossier = try DayJ.dossier()
    let dispatch = try dispatch(dossier, language)
    #expect(dispatch.faults(against: dossier) == [])
    #expect(dispatch.sentences.allSatisfy { !$0.ids.isEmpty })
    let ids = Set(dispatch.sentences.flatMap(\.ids))
    // Nothing that was said is left out.
    #expect(dossier.statements.allSatisfy { ids.contains($0.id) })
    print(
      "dispatch \(language): \(dispatch.sentences.count) sentences, \(ids.count) ids, "
        + "\(dossier.findings.count { $0.status == .disputed }) disputes")
  }

  @Test(arguments: Fixture.allCases, languages)
  func `of any incident is whole in every language`(fixture: Fixture, language: String) throws {
    let dossier = try Scene(fixture: fixture.rawValue).dossier(fixture.incident)
    let dispatch = try dispatch(dossier, language)
    #expect(dispatch.faults(against: dossier) == [])
    for sentence in dispatch.sentences { check(sentence.text) }
    for sentence in dispatch.sections.flatMap(\.sentences) {
      #expect(sentence.text.hasSuffix("."), "\(sentence.text)")
    }
  }

  /// No place left open, no key in place of a phrase, nothing empty.
  private func check(_ text: String) {
    for empty in ["()", "[]", "  ", "“”", "«»", "..", " ,"] {
      #expect(!text.contains(empty), "'\(empty)' in: \(text)")
    }
    let own = Dispatch.outside(quotesOf: text)
    for trace in ["{", "}", "f.", "c.", "t.", "topic.", "title."] {
      #expect(!own.contains(trace) || Self.isName(trace, in: own), "'\(trace)' in: \(text)")
    }
  }

  /// A dot after a letter also ends initials and addresses.
  private static func isName(_ trace: String, in text: String) -> Bool {
    ["f.", "c.", "t."].contains(trace) && !text.contains(" \(trace)")
  }

  @Test(arguments: languages)
  func `says of another incident what its record says, and nothing of this one`(
    language: String
  ) throws {
    let dossier = try renamed().dossier
    let dispatch = try dispatch(dossier, language)
    #expect(dispatch.faults(against: dossier) == [])
    let text = dispatch.text
    for old in [
      "Gaza", "Netanyahu", "נתניהו", "نتنياهو", "Нетаньяху", "Shield", "PIJ", "18:33", "Zikim",
    ] {
      #expect(!text.contains(old), "\(old)")
    }
    for new in ["Avalon", "Nimue", "Excalibur"] { #expect(text.contains(new), "\(new)") }
    // Nobody was warned by a Tocsin in it.
    let before = try self.dispatch(DayJ.dossier(), language)
    #expect(dispatch.sections.map(\.kind) == before.sections.map(\.kind).filter { $0 != .warned })
  }

  /// The day with other names, places, times and numbers, and without renderings.
  private func renamed() throws -> (dossier: Dossier, scene: Scene) {
    let names = [
      "Gaza": "Avalon", "Benjamin Netanyahu": "Nimue Pendragon", "Shield and Arrow": "Excalibur",
      "Bezalel Smotrich": "Bors Ganis", "PIJ": "RTK", "Islamic Jihad": "Round Table",
      "Hamas": "Lothian", "Israel": "Camelot", "Ashkelon": "Tintagel", "IDF": "CKG",
      "2023-05-1": "2031-08-2", "T15:33": "T04:12", "T18:33": "T07:12", "Zikim": "Astolat",
    ]
    var scene = Scene()
    scene.record(.open(Record.Incident(id: "other", kind: .attack, title: "Another day")))
    for recorded in try DayJ.dossier().statements {
      var statement = recorded.statement
      statement.incident = "other"
      statement = statement.withoutRenderings
      var text = String(decoding: CanonicalJSON.bytes(statement), as: UTF8.self)
      for (old, new) in names.sorted(by: { $0.key.count > $1.key.count }) {
        text = text.replacing(old, with: new)
      }
      scene.state(try JSONDecoder().decode(Record.Statement.self, from: Data(text.utf8)))
    }
    return (try scene.dossier("other"), scene)
  }

  @Test(arguments: languages)
  func `keeps quotes in their own language where nobody translated them`(language: String) throws {
    let text = try dispatch(DayJ.dossier(), language).text
    #expect(text.contains("The operation was perfectly executed."))
  }

  @Test func `has a grammar with the same phrases and places in every language`() {
    let english = Phrases.en
    for (language, phrases) in Phrases.all {
      #expect(Set(phrases.keys) == Set(english.keys), "\(language)")
      for (key, phrase) in phrases {
        #expect(Self.places(phrase) == Self.places(english[key] ?? ""), "\(language) \(key)")
        #expect(!phrase.isEmpty, "\(language) \(key)")
      }
    }
    for attribute in Record.Attribute.allCases {
      #expect(english["topic.\(attribute.rawValue)"] != nil, "\(attribute.rawValue)")
    }
  }

  private static func places(_ phrase: String) -> Set<Substring> {
    Set(phrase.matches(of: /\{[a-z]+\}/).map(\.output))
  }

  @Test func `as of a past moment says nothing of what came later`() throws {
    let evening = Timestamp("2023-05-14T19:01:30+03:00")!
    let archive = Archive(try DayJ.entries()).asOf(evening)
    let dossier = try #require(archive.dossier(of: "2023-05-14"))
    let text = try dispatch(dossier, "en").text
    #expect(text.contains("fell to the ground"))
    #expect(!text.contains("burst in the air"))
    #expect(!text.contains("Disputed"))
  }

  @Test func `that is wrong is found by the linter`() throws {
    let dossier = try DayJ.dossier()
    let sound = try dispatch(dossier, "en")
    var bare = sound
    bare.sections[1].sentences[0].ids = []
    #expect(bare.faults(against: dossier).count == 1)
    var loaded = sound
    loaded.sections[1].sentences[0].text = "The source claimed that it fell."
    #expect(loaded.faults(against: dossier).count == 1)
    var unequal = sound
    let index = try #require(unequal.sections.firstIndex { $0.kind == .ended })
    unequal.sections[index].sentences[0].frame = "f.wrote.one"
    #expect(!unequal.faults(against: dossier).isEmpty)
    var made = sound
    made.headline.ids.append("s0000000000000000")
    #expect(made.faults(against: dossier).count == 1)
  }

  @Test(arguments: Dispatch.Format.allCases)
  func `has its ids in every form`(format: Dispatch.Format) throws {
    let dossier = try DayJ.dossier()
    let dispatch = try dispatch(dossier, "he")
    let text =
      switch format {
      case .text: dispatch.text
      case .md: dispatch.markdown
      case .html: dispatch.html
      case .json: String(decoding: CanonicalJSON.bytes(dispatch), as: UTF8.self)
      }
    #expect(dossier.statements.allSatisfy { text.contains($0.id) })
  }
}

extension Dispatch {
  fileprivate static func outside(quotesOf text: String) -> String { outsideQuotes(text) }
}

extension Record.Statement {
  /// Without any translation: names and words as they were spoken.
  var withoutRenderings: Record.Statement {
    var bare = self
    bare.speaker.name.renderings = []
    bare.speaker.role?.renderings = []
    bare.quote?.renderings = []
    bare.value.words?.renderings = []
    for index in bare.relays.indices { bare.relays[index].agent.renderings = [] }
    if case .place(var place) = bare.value.amount {
      for index in place.names.indices { place.names[index].renderings = [] }
      place.zones = nil
      bare.value.amount = .place(place)
    }
    return bare
  }
}
