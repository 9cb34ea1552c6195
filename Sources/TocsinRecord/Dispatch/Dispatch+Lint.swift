import TocsinModel

extension Dispatch {
  /// What is wrong with it: a sentence without an id or with one that the record does not have, a verb that
  /// depends on who speaks, a loaded word outside of quotation marks. Empty for every dispatch that may go out.
  public func faults(against dossier: Dossier) -> [String] {
    let known =
      Set(dossier.statements.map(\.id)).union(dossier.warnings.map(\.warning))
      .union(dossier.gaps.map(\.statement)).union([dossier.incident.id])
    return sentences.flatMap { sentence in
      idFaults(sentence, known) + frameFaults(sentence, dossier) + wordFaults(sentence)
    }
  }

  private func idFaults(_ sentence: Sentence, _ known: Set<String>) -> [String] {
    if sentence.ids.isEmpty { return ["no id: \(sentence.text)"] }
    return sentence.ids.filter { !known.contains($0) }.map {
      "'\($0)' is not in the record: \(sentence.text)"
    }
  }

  /// Equal stances have equal verbs, whoever speaks.
  private func frameFaults(_ sentence: Sentence, _ dossier: Dossier) -> [String] {
    guard let frame = sentence.frame else { return [] }
    return dossier.statements.filter { sentence.ids.contains($0.id) }.compactMap { recorded in
      let due = Grammar.frame(recorded.statement)
      return due == frame ? nil : "'\(frame)' where '\(due)' is due: \(sentence.text)"
    }
  }

  private func wordFaults(_ sentence: Sentence) -> [String] {
    let words = Self.outsideQuotes(sentence.text).lowercased()
      .split { !$0.isLetter }.map(String.init)
    return (Self.loaded[language] ?? []).filter(words.contains).map {
      "the loaded word '\($0)': \(sentence.text)"
    }
  }

  /// Verbs and names that take sides.
  static let loaded: [String: [String]] = [
    "en": [
      "claimed", "claims", "admitted", "admits", "insisted", "alleged", "boasted", "conceded",
      "revealed", "terrorist", "terrorists", "militant", "militants", "regime",
    ],
    "he": ["טען", "טענה", "טוען", "טוענת", "הודה", "הודתה", "לטענת", "התרברב", "מחבל", "מחבלים"],
    "ar": ["زعم", "زعمت", "ادعى", "ادعت", "اعترف", "اعترفت", "إرهابي", "إرهابيون"],
    "ru": ["утверждает", "утверждают", "якобы", "признал", "признала", "террорист", "террористы"],
  ]

  /// What stands in quotation marks is somebody's own words.
  package static func outsideQuotes(_ text: String) -> String {
    var (outside, depth) = ("", 0)
    for character in text {
      switch character {
      case "“", "«": depth += 1
      case "”", "»": depth = max(0, depth - 1)
      default: if depth == 0 { outside.append(character) }
      }
    }
    return outside
  }
}
