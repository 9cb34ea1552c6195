import NewsReading
import Testing

@Suite struct `Who said what` {
  private func drafts(_ body: String) -> [Draft] {
    NewsReader().read("Headline here\n\n" + body).drafts
  }

  /// Speaker, stance, quote and content of the only draft.
  private func only(_ body: String) -> [String] {
    let drafts = drafts(body)
    guard drafts.count == 1 else { return drafts.map { "\($0)" } }
    return [drafts[0].speaker, drafts[0].stance.rawValue, drafts[0].quote, drafts[0].content]
  }

  @Test(arguments: [
    "The minister came from the said house by the river.",
    "All went according to plan, and according to schedule.",
    "The flood claimed two lives and three homes.",
    "Operation \"Quiet Sea\" began, and the so-called \"Butcher\" was arrested.",
    "She could not be told apart from her sister, and the rule of thumb says little.",
    "He is said to have fled; needless to say, nobody saw him go.",
    "The striker claimed his third title and added two goals.",
    "It was not immediately clear how many were missing.",
  ])
  func `is nobody where nothing is said`(sentence: String) {
    #expect(drafts(sentence).isEmpty)
  }

  @Test func `keeps a split quotation whole, with its own commas and stops`() {
    #expect(
      only("“We ran,” said Ana Berg, a nurse. “Nobody looked back.”")
        == ["Ana Berg", "asserts", "We ran, … Nobody looked back.", ""])
  }

  @Test func `is one statement over paragraphs`() {
    #expect(
      only("Ana Berg, a nurse, said: \"We ran.\n\n\"Nobody looked back.\"")
        == ["Ana Berg", "asserts", "We ran. … Nobody looked back.", ""])
  }

  @Test func `joins what is said and added`() {
    #expect(
      only("The mayor said the dam held and added that nobody was hurt.")
        == ["The mayor", "asserts", "", "the dam held … nobody was hurt"])
  }

  @Test func `gives a pronoun its name`() {
    let drafts = drafts("Ana Berg, a nurse, said she ran. She added that it was dark.")
    #expect(drafts.map(\.speaker) == ["Ana Berg", "Ana Berg"])
    #expect(drafts.map(\.role) == ["a nurse", "a nurse"])
  }

  @Test func `names an outlet as relay and reporters not`() {
    #expect(drafts("An officer told Radio Nord that it was over.").first?.relays == ["Radio Nord"])
    #expect(drafts("An officer told reporters that it was over.").first?.relays == [])
    #expect(
      drafts("An officer quoted by Radio Nord said it was over.").first?.relays == ["Radio Nord"])
  }

  @Test(arguments: [
    ("An officer told Channel 9 that the road was shut.", "Channel 9", "the road was shut"),
    ("An officer told Radio 4 the suspect had fled.", "Radio 4", "the suspect had fled"),
    ("An officer told Channel 12 News the road was shut.", "Channel 12 News", "the road was shut"),
  ])
  func `names an outlet with its number`(body: String, outlet: String, content: String) {
    let draft = drafts(body).first
    #expect(draft?.relays == [outlet] && draft?.content == content)
  }

  @Test func `keeps the chain of those who passed it on, the nearest to the speaker first`() {
    let drafts = drafts("A source told Reuters that officials said the ship had sunk.")
    #expect(drafts.map(\.speaker) == ["officials"])
    #expect(drafts.first?.relays == ["A source", "Reuters"])
  }

  @Test(arguments: [
    ("The army denied any role.", Draft.Stance.denies),
    ("The ministry rejected the allegation.", .denies),
    ("Reuters could not confirm the report.", .cannotConfirm),
    ("The army said it could not confirm the report.", .cannotConfirm),
    ("The company declined to comment.", .declines),
    ("The company did not respond to a request for comment.", .declines),
    ("Police would not say who was held.", .declines),
    ("The agency retracted its report.", .retracts),
    ("The minister walked back his remarks.", .retracts),
    ("The army said the wall stood.", .asserts),
  ])
  func `has a stance`(sentence: String, stance: Draft.Stance) {
    #expect(drafts(sentence).map(\.stance) == [stance])
  }

  @Test(arguments: [
    ("'We ran,' said Ana Berg.", "We ran,"),
    ("‘The boys’ house is gone,’ said Ana Berg.", "The boys’ house is gone,"),
    ("'The residents' homes are gone,' said Ana Berg.", "The residents' homes are gone,"),
    ("« We ran », said Ana Berg.", "We ran"),
    ("„We ran“, said Ana Berg.", "We ran"),
    ("“He said ‘run’ and we ran,” said Ana Berg.", "He said ‘run’ and we ran,"),
    ("\"We\u{200F} ran,\" said Ana Berg.", "We\u{200F} ran,"),
  ])
  func `is quoted byte for byte in any marks`(sentence: String, quote: String) {
    #expect(drafts(sentence).map(\.quote) == [quote])
  }

  @Test func `tells when, as printed and as a day`() throws {
    let reader = NewsReader(published: CivilDay(iso: "2023-05-14"))
    let draft = try #require(
      reader.read("Head\n\nThe mayor said late on Friday that the dam held.").drafts.first)
    #expect(draft.time?.printed == "late on Friday")
    #expect(draft.time?.precision == .part)
    #expect(draft.time?.day == "2023-05-12")
  }

  @Test func `is the outlet with the narrator on, for what nobody else said`() {
    let text = "Dam holds\n\nIt rained all night. The mayor said the dam held."
    let drafts = NewsReader(outlet: "The Dale Post", narrates: true).read(text).drafts
    #expect(drafts.map(\.speaker) == ["The Dale Post", "The Dale Post", "The mayor"])
    #expect(drafts.map(\.kind.rawValue) == ["outlet", "outlet", "office"])
    #expect(drafts.map(\.sentence) == [1, 2, 3])
  }
}
