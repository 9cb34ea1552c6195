import Testing
import TocsinModel

@Suite struct `A time` {
  @Test(arguments: [
    ("2023-05-14T18:33:04+03:00", "2023-05-14T15:33:04Z"),
    ("2024-02-29T00:00:00.250Z", "2024-02-29T00:00:00.25Z"),
    ("1999-12-31 23:59:60Z", "2000-01-01T00:00:00Z"),
  ])
  func `is read with any offset and written in UTC`(text: String, written: String) {
    #expect(Timestamp(text)?.description == written)
  }

  @Test(arguments: [
    "2023-05-14T18:33:04", "2023-02-29T00:00:00Z", "2023-05-14T24:00:00Z", "", "now",
  ])
  func `without an offset, or that never was, is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }
}
