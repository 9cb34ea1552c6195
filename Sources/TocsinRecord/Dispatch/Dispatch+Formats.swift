extension Dispatch {
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case text, html, md, json
  }

  /// Plain text; after each sentence the ids it rests on.
  public var text: String {
    let parts =
      [line(headline)]
      + sections.map { section in
        ([section.title] + section.sentences.map(line)).joined(separator: "\n")
      }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func line(_ sentence: Sentence) -> String {
    "\(sentence.text) [\(sentence.ids.joined(separator: ", "))]"
  }

  public var markdown: String {
    let parts =
      ["# " + Self.markdown(headline)]
      + sections.map { section in
        "## \(section.title)\n\n"
          + section.sentences.map { "- " + Self.markdown($0) }.joined(separator: "\n")
      }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ sentence: Sentence) -> String {
    let special: Set<Character> = ["\\", "`", "*", "_", "[", "]", "<", "#"]
    let text = sentence.text.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
    return text + " " + sentence.ids.map { "[`\($0)`](#\($0))" }.joined(separator: " ")
  }

  /// A whole document, to be printed or kept.
  public var html: String {
    """
    <!doctype html>
    <html lang="\(language)" dir="\(isRightToLeft ? "rtl" : "ltr")">
    <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Self.escaped(headline.text))</title>
    \(article(base: ""))
    </html>

    """
  }

  /// The report as an element to stand in a page.
  /// - Parameter base: the address of the page that has the statements by id.
  public func article(level: Int = 1, base: String) -> String {
    let sections = sections.map { section in
      "<section class=\"dispatch-\(section.kind.rawValue)\"><h\(level + 1)>\(Self.escaped(section.title))</h\(level + 1)>"
        + section.sentences.map { "<p\(Self.mark($0))>\(html($0, base))</p>" }.joined()
        + "</section>"
    }
    return
      "<article class=\"dispatch\" lang=\"\(language)\" dir=\"\(isRightToLeft ? "rtl" : "ltr")\">"
      + "<h\(level)>\(html(headline, base))</h\(level)>" + sections.joined(separator: "\n")
      + "</article>"
  }

  private static func mark(_ sentence: Sentence) -> String {
    sentence.isComputed ? " class=\"computed\"" : ""
  }

  private func html(_ sentence: Sentence, _ base: String) -> String {
    let links = sentence.ids.enumerated().map { index, id in
      "<a href=\"\(Self.escaped(base))#\(Self.escaped(id))\" title=\"\(Self.escaped(id))\">\(index + 1)</a>"
    }
    return "<span>\(Self.escaped(sentence.text))</span> <sup class=\"ids\">"
      + links.joined(separator: " ") + "</sup>"
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
