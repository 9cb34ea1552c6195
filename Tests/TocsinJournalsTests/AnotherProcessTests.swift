import Foundation
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel

@Suite struct `Any journal` {
  static let binary = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../.build/release/tocsin").standardized.path

  @Test(.enabled(if: FileManager.default.fileExists(atPath: binary)), arguments: 1...6)
  func `replayed in another process gives the same effects`(seed: Int) async throws {
    let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
    let journal = try SQLiteJournal(path: path, mode: .actual)
    let entries = SeededEntries(seed: UInt64(seed)).entries
    // Else it would prove nothing about plots.
    let forecasts = entries.flatMap(\.effects).contains { effect in
      if case .deliver(let delivery) = effect {
        delivery.message.notice.rows.contains { $0.probability != nil }
      } else {
        false
      }
    }
    #expect(forecasts)
    #expect(await journal.commit(entries) == .recorded)
    let replay = Process()
    replay.executableURL = URL(filePath: Self.binary)
    replay.arguments = ["replay", path]
    let out = Pipe()
    replay.standardOutput = out
    try replay.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    replay.waitUntilExit()
    #expect(replay.terminationStatus == 0, "\(text.suffix(2000))")
    #expect(text.contains("0 decided differently"))
  }
}
