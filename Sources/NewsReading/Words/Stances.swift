/// A stance that the words said take, behind a plain "said".
enum Stances {
  static func judge(_ stance: Draft.Stance, _ content: String) -> Draft.Stance {
    guard stance == .asserts, !content.isEmpty else { return stance }
    let lower = content.lowercased().map { $0 == "’" ? "'" : $0 }
    let text = String(lower.prefix(160))
    let first = text.split(separator: " ").prefix(2).map(String.init)
    let isOwn = first.first.map { ["it", "he", "she", "they", "i", "we"].contains($0) } ?? false
    if isOwn {
      if matches(
        text,
        [
          "could not confirm", "could not verify", "cannot confirm", "can't confirm",
          "couldn't confirm", "unable to confirm", "unable to verify", "not able to confirm",
          "could not independently", "cannot verify", "could neither confirm",
          "can neither confirm", "no information about", "had no information",
          "not in a position to confirm", "could not say", "could not immediately",
          "could not yet confirm", "cannot yet confirm",
        ])
      {
        return .cannotConfirm
      }
      if matches(
        text,
        [
          "would not comment", "does not comment", "do not comment", "did not comment",
          "had no comment", "declined to", "was not commenting", "will not comment",
          "neither confirmed nor denied",
        ])
      {
        return .declines
      }
      if matches(
        text,
        [
          "had nothing to do with", "was not involved", "were not involved", "was not behind",
          "were not behind", "was not responsible", "denied", "rejected the", "denies",
          "did not carry out", "played no part", "had no part", "had no role",
        ])
      {
        return .denies
      }
      if matches(
        text,
        [
          "was withdrawing its", "was retracting", "had retracted", "had withdrawn its",
          "withdrew its", "was withdrawing the claim", "stood corrected",
        ])
      {
        return .retracts
      }
    }
    if matches(
      text,
      [
        "there was no truth", "there is no truth", "was untrue", "were untrue", "was not true",
        "were not true", "was false", "were false", "is false", "are false", "were baseless",
        "was baseless", "are baseless", "was fabricated", "were fabricated", "\"fake news\"",
        "were unfounded", "was unfounded",
      ])
    {
      return .denies
    }
    if matches(
      text,
      [
        "earlier statement was wrong", "earlier statement was incorrect",
        "earlier figure was wrong", "earlier report was wrong", "earlier statement was a mistake",
        "had been issued in error", "was issued in error", "earlier report was incorrect",
      ])
    {
      return .retracts
    }
    return stance
  }

  private static func matches(_ text: String, _ phrases: [String]) -> Bool {
    let bytes = Array(text.utf8)
    return phrases.contains { holds(bytes, Array($0.utf8)) }
  }

  private static func holds(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
    guard text.count >= phrase.count else { return false }
    return (0...text.count - phrase.count).contains { start in
      phrase.indices.allSatisfy { text[start + $0] == phrase[$0] }
    }
  }
}
