import Testing

@Suite struct `The reader on whole texts` {
  @Test(arguments: ["develop", "heldout"])
  func `finds at least four statements in five, nine in ten of its drafts are one`(
    part: String
  ) throws {
    let score = try CorpusScore(part)
    print("\(part): \(score)")
    let misses = "\(score.misses.joined(separator: "\n"))"
    #expect(score.precision >= 0.9, "\(misses)")
    #expect(score.recall >= 0.8, "\(misses)")
    #expect(score.quoteEquality >= 0.98)
    #expect(score.stanceEquality >= 0.9)
  }
}
