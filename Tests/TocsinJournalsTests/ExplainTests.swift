import Foundation
import Testing
import TocsinCore
import TocsinEngine
import TocsinJournals
import TocsinModel
import TocsinSimulation

/// A body above a town, which breaks there or is reported intercepted.
@Suite struct `What explain says` {
  static let binary = `Any journal`.binary
  let start = Timestamp(seconds: 1_700_000_000)
  let radar = Radar(
    id: "R", position: Position(latitude: 31.6, longitude: 34.6), height: 50,
    sigma: Plot.Sigma(range: 10, azimuth: 0.06, elevation: 0.06))

  func flight(_ burst: Duration?) -> Flight {
    Flight(
      start: .init(
        time: start,
        position: Plane(around: radar.position).position(at: Offset(east: 9_000, north: 8_000)),
        height: 1_500, velocity: .init(east: -220, north: -160, up: 180)),
      body: Body(ballisticCoefficient: 8_500), burst: burst, groundHeight: 50)
  }

  /// Everything until the town below the break is warned of the pieces.
  func entries(isReported: Bool) throws -> [Entry] {
    let breaks = try #require(Path(of: flight(nil)).state(at: start + .seconds(14)))
    let below = Plane(around: breaks.position).position(at: Offset(east: -500, north: -360))
    let ring = (0..<6).map {
      Plane(around: below).position(at: Offset(angle: Double($0), length: 800))
    }
    let town = Zone(
      id: "town", name: Texts("Town"), district: Texts("Coast"), area: Area(ring: ring),
      label: below, shelterSeconds: 30)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var entries = sequencer.receive(
      .plan(Plan(zones: [town], radars: [radar], outlets: [.pages], groundHeight: 50)), at: start)
    var generator = SeededGenerator(seed: 20_260_801)
    let path = Path(of: flight(isReported ? nil : .seconds(14)))
    let plots = RadarSimulator(
      radar: radar, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      interval: .milliseconds(100), detection: 0.95, mask: 1
    ).plots(of: [path], from: start, to: start + .seconds(14), using: &generator)
    for plot in plots { entries += sequencer.receive(.plots([plot]), at: plot.measured) }
    guard isReported else { return entries + sequencer.advance(to: start + .seconds(30)) }
    let command = Command(person: "dana", order: .intercepted(track: "1"))
    return entries + sequencer.receive(.command(command), at: start + .seconds(14))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: binary)), arguments: [true, false])
  func `of pieces is told apart from the whole body`(isReported: Bool) async throws {
    let path = NSTemporaryDirectory() + "tocsin-\(UUID().uuidString).sqlite"
    let entries = try entries(isReported: isReported)
    let journal = try SQLiteJournal(path: path, mode: .actual)
    #expect(await journal.commit(entries) == .recorded)
    let warning = try #require(
      entries.flatMap(\.effects).compactMap { effect in
        if case .deliver(let delivery) = effect { delivery.message.notice.warning } else { nil }
      }.first)
    let explain = Process()
    explain.executableURL = URL(filePath: Self.binary)
    explain.arguments = ["explain", warning, "--journal", path]
    let out = Pipe()
    explain.standardOutput = out
    try explain.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    explain.waitUntilExit()
    #expect(text.contains("Town: P(zone)") && text.contains("pieces expected down from"), "\(text)")
    #expect(!text.contains("impact expected"))
    let words = isReported ? "the body, if it flies on whole" : "whole, it would have come down"
    #expect(text.contains(words), "\(text)")
  }
}
