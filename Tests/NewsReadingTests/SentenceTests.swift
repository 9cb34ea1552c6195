import NewsReading
import Testing

@Suite struct `Sentences of a news text` {
  private func sentences(_ text: String) -> [String] {
    let reading = NewsReader().read(text)
    return reading.sentences.map { reading.words($0) }
  }

  @Test func `begin with the headline, and each bullet is one`() {
    let text = "Dam bursts\n\n- Thousands flee\n- Army called in\n\nIt rained. It still does."
    #expect(
      sentences(text) == [
        "Dam bursts", "Thousands flee", "Army called in", "It rained.", "It still does.",
      ])
  }

  @Test(arguments: [
    "Lt. Col. J. K. Berg of the U.S. Army spoke at 6 p.m. on Monday.",
    "No. 7 Downing Row is shut, St. Mary's said on Feb. 3.",
    "GAZA, May 14 (Reuters) - It fell in an open area.",
    "It cost 3.5 million, or 2,000.50 each, at example.com on Sunday.",
    "He shouted \"Where is it?\" and left.",
    "\"Is it over?\" Maria asked.",
  ])
  func `are not broken by abbreviations, initials, numbers or a question in quotation marks`(
    sentence: String
  ) {
    #expect(sentences("Head\n\n" + sentence) == ["Head", sentence])
  }

  @Test func `end at a full stop inside a quotation`() {
    #expect(
      sentences("Head\n\n\"It is gone. All of it,\" she said. \"We left.\" He nodded.")
        == ["Head", "\"It is gone.", "All of it,\" she said.", "\"We left.\"", "He nodded."])
  }

  @Test func `go on over a line break, and end at a paragraph's end`() {
    #expect(
      sentences("Head\n\nThe water rose\n  through\tthe night.\n\nNo stop here\n\nNext.")
        == ["Head", "The water rose\n  through\tthe night.", "No stop here", "Next."])
  }

  @Test func `end before a new one after U.S. and p.m.`() {
    #expect(
      sentences("Head\n\nThey fled to the U.S. The border shut at 5 p.m. Police watched.")
        == ["Head", "They fled to the U.S.", "The border shut at 5 p.m.", "Police watched."])
  }
}
