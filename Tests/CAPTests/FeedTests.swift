import CAP
import Foundation
import Testing

@Suite struct `A feed` {
  static let feed = Feed(
    kind: .atom, id: "https://example.org/cap/feed.atom", title: "Warnings & ends",
    updated: Moment(seconds: 1_779_666_540),
    entries: [
      Feed.Entry(
        id: "urn:a:1", title: "Cyclone: take shelter", updated: Moment(seconds: 1_779_666_540),
        link: "https://example.org/cap/alerts/1.xml")
    ])
  static let head = Feed.Masthead(
    author: "Watch", subtitle: "What is in force", address: "https://example.org/cap/feed.atom",
    page: "https://example.org/")

  @Test func `is read as it was written, as Atom`() {
    let document = Document.read(Self.feed.atom(Self.head))
    #expect(document == .feed(Self.feed, []))
  }

  @Test func `is read as it was written, as RSS`() throws {
    let document = Document.read(Self.feed.rss(Self.head))
    guard case .feed(let read, let faults) = document else {
      Issue.record("no feed")
      return
    }
    #expect(faults == [])
    #expect(read.entries.map(\.link) == Self.feed.entries.map(\.link))
    #expect(read.entries.map(\.id) == Self.feed.entries.map(\.id))
  }

  @Test func `holds messages whole`() throws {
    let message = Specimen.plain.split(separator: "?>\n")[1]
    let atom = String(decoding: Self.feed.atom(Self.head), as: UTF8.self)
      .replacing("</entry>", with: "<content type=\"text/xml\">\(message)</content></entry>")
    guard case .feed(let read, let faults) = Document.read(Array(atom.utf8)) else {
      Issue.record("no feed")
      return
    }
    #expect(faults == [])
    let embedded = try #require(read.entries[0].embedded)
    #expect(embedded.reading.alert?.identifier == "urn:oid:2.49.0.1.999.0.1")
    #expect(Reading(embedded.bytes).alert == embedded.reading.alert)
  }

  @Test(arguments: [
    ("<id>urn:a:1</id>", "", Rule.feedElement), ("type=\"application/cap+xml\"", "", .feedLink),
    ("rel=\"self\"", "rel=\"via\"", .feedSelf),
    ("<updated>2026-05-24T23:49:00Z</updated>", "<updated>yesterday</updated>", .feedTime),
    (
      "</feed>",
      "<entry><id>urn:a:1</id><title>x</title><updated>2026-05-24T23:49:00Z</updated><link type=\"application/cap+xml\" href=\"a\"/></entry></feed>",
      .feedRepeated
    ),
    ("<feed ", "<!DOCTYPE feed><feed ", .doctype), ("<feed ", "<food ", .notWellFormed),
  ])
  func `is held against the rules of feeds`(old: String, new: String, rule: Rule) {
    let text = String(decoding: Self.feed.atom(Self.head), as: UTF8.self).replacing(old, with: new)
    #expect(Document.read(Array(text.utf8)).faults.map(\.rule).contains(rule))
  }

  @Test func `is no page of a web server`() {
    let document = Document.read(Array("<html><head/><body>Sign in</body></html>".utf8))
    #expect(document.faults.map(\.rule) == [.feedUnknown])
  }
}
