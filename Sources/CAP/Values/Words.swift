extension String {
  /// Without white space at both ends, by XML's four characters.
  var trimmed: Substring {
    let start = utf8.firstIndex { !$0.isXMLSpace } ?? endIndex
    let end = utf8.lastIndex { !$0.isXMLSpace }.map { utf8.index(after: $0) } ?? start
    return self[start..<end]
  }

  var isBlank: Bool { utf8.allSatisfy(\.isXMLSpace) }

  /// The words between white space.
  var words: [Substring] {
    utf8.split(whereSeparator: \.isXMLSpace).map { Substring($0) }
  }

  /// The items of a list where one with a space in it stands in double quotes (CAP 1.2, 3.2.1: `addresses`,
  /// `incidents`); `nil` when a quote is not closed.
  var quotedItems: [String]? {
    var items: [String] = []
    var item = ""
    var isQuoted = false
    for character in unicodeScalars {
      switch character {
      case "\"":
        if !item.isEmpty { items.append(item) }
        item = ""
        isQuoted.toggle()
      case " ", "\t", "\n", "\r":
        if isQuoted {
          item.unicodeScalars.append(character)
        } else if !item.isEmpty {
          items.append(item)
          item = ""
        }
      default: item.unicodeScalars.append(character)
      }
    }
    if !item.isEmpty { items.append(item) }
    return isQuoted ? nil : items
  }
}

extension UInt8 {
  var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
