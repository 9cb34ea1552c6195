import Testing
import TocsinClient

@Suite struct `A stream of server-sent events` {
  private static let text = """
    : a comment
    retry: 1500
    id: 7
    event: warning
    data: {"a":1}

    data: one
    data:two

    event: nothing

    id
    data: last


    """

  private static let expected = [
    ServerEvent(id: "7", name: "warning", data: #"{"a":1}"#),
    ServerEvent(id: "7", name: "message", data: "one\ntwo"),
    ServerEvent(id: "", name: "message", data: "last"),
  ]

  @Test(arguments: ["\n", "\r\n", "\r"], [1, 2, 3, 7, 1000])
  func `gives the same events however it is cut and whatever ends its lines`(
    ending: String, size: Int
  ) {
    let bytes = Array(
      Self.text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: ending).utf8)
    var parser = ServerEventParser()
    var events: [ServerEvent] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      events += parser.take(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(events == Self.expected)
    #expect(parser.retry == 1500)
  }

  @Test func `goes on after bytes that are no text, and keeps the id it resumes`() {
    var parser = ServerEventParser(resuming: "3")
    let bytes = [0xFF, 0xFE, 0x0A] + Array("id: a\0b\nretry: -1\ndata: x\n\n".utf8)
    #expect(parser.take(bytes) == [ServerEvent(id: "3", name: "message", data: "x")])
    #expect(parser.retry == nil)
  }

  @Test func `leaves out an event without end and counts it`() {
    var parser = ServerEventParser()
    let piece = Array("data: ".utf8) + [UInt8](repeating: 65, count: ServerEventParser.limit)
    #expect(parser.take(piece) == [])
    #expect(parser.take(Array("\n\ndata: after\n\n".utf8)).map(\.data) == ["after"])
    #expect(parser.tooLong == 1)
  }
}
