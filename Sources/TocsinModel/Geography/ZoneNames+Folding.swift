extension ZoneNames {
  /// A name without what does not count, to compare with others.
  static func folded(_ name: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let next = plain(scalar)
      let last = folded.last
      switch next {
      case nil: continue
      case " " where last == nil || last == " " || last == ",": continue
      case "'" where last == "'": continue
      case "," where last == " ": folded.removeLast()
      default: break
      }
      if let next { folded.append(next) }
    }
    while folded.last == " " { folded.removeLast() }
    // Right-to-left text that was turned round by some program carries its last apostrophe in front.
    if folded.first == "'" {
      folded.removeFirst()
      while folded.first == " " { folded.removeFirst() }
      if folded.last != "'" { folded.append("'") }
    }
    return String(folded).lowercased()
  }

  static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }

  /// One letter for all that look alike or mean the same; `nil` for what cannot be seen.
  ///
  /// Source: Unicode 16, the general categories Cf, Pd, Pi and Pf, and Hebrew geresh and gershayim.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: nil
    case 0x22, 0x27, 0x60, 0xB4, 0x2B9, 0x2BC, 0x5F3, 0x5F4, 0x2018...0x201F, 0x2032, 0x2033: "'"
    case 0x5BE, 0x2010...0x2015, 0x2212: "-"
    default: scalar.properties.isWhitespace ? " " : scalar
    }
  }
}
