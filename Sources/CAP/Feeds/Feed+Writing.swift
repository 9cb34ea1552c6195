extension Feed {
  /// What a feed needs besides its entries.
  public struct Masthead: Hashable, Sendable {
    public var author: String
    public var subtitle: String
    /// The feed's own address, absolute.
    public var address: String
    /// A page for people about the same, absolute.
    public var page: String

    public init(author: String, subtitle: String, address: String, page: String) {
      self.author = author
      self.subtitle = subtitle
      self.address = address
      self.page = page
    }
  }

  /// As Atom (RFC 4287). Links of entries must be absolute.
  public func atom(_ head: Masthead) -> [UInt8] {
    var xml = XMLText()
    let time = (updated ?? Moment(seconds: 0)).internet
    xml.open("feed", [("xmlns", "http://www.w3.org/2005/Atom")])
    xml.element("id", id ?? head.address)
    xml.element("title", title ?? "")
    xml.element("subtitle", head.subtitle)
    xml.element("updated", time)
    xml.open("author")
    xml.element("name", head.author)
    xml.close()
    xml.element(
      "link", "",
      [("rel", "self"), ("type", "application/atom+xml"), ("href", head.address)])
    xml.element("link", "", [("rel", "alternate"), ("type", "text/html"), ("href", head.page)])
    for entry in entries {
      xml.open("entry")
      xml.element("id", entry.id)
      xml.element("title", entry.title)
      xml.element("updated", entry.updated?.internet ?? time)
      xml.element(
        "link", "",
        [("rel", "alternate"), ("type", "application/cap+xml"), ("href", entry.link ?? "")])
      xml.close()
    }
    xml.close()
    return Array(xml.text.utf8)
  }

  /// As RSS 2.0, with Atom's link to itself.
  public func rss(_ head: Masthead) -> [UInt8] {
    var xml = XMLText()
    xml.open("rss", [("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")])
    xml.open("channel")
    xml.element("title", title ?? "")
    xml.element("link", head.page)
    xml.element("description", head.subtitle)
    xml.element("pubDate", (updated ?? Moment(seconds: 0)).mail)
    xml.element(
      "atom:link", "", [("rel", "self"), ("type", "application/rss+xml"), ("href", head.address)])
    for entry in entries {
      xml.open("item")
      xml.element("title", entry.title)
      xml.element("link", entry.link)
      xml.element("pubDate", (entry.updated ?? updated ?? Moment(seconds: 0)).mail)
      xml.element("guid", entry.id, [("isPermaLink", "false")])
      xml.close()
    }
    xml.close()
    xml.close()
    return Array(xml.text.utf8)
  }
}

extension Moment {
  /// By RFC 3339; unlike CAP, `-00:00` for UTC would say that the place's own offset is unknown.
  var internet: String {
    let text = description
    return offset == 0 ? text.dropLast(6) + "Z" : text
  }

  /// By RFC 5322, as RSS 2.0 and HTTP's dates want it: `Wed, 25 Nov 2026 04:19:16 GMT`.
  public var mail: String {
    let text = Array(Moment(seconds: seconds).description.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    let day = ((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400 % 7 + 11) % 7
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][day]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let month = months[(Int(part(5..<7)) ?? 1) - 1]
    return "\(weekday), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
  }
}
