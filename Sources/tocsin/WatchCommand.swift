import ArgumentParser
import Foundation
import TocsinModel

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Shows the public picture of a running Tocsin in the terminal.")

  @Option(help: "Only this zone, by id.")
  var place: String?

  @Option(help: "The running Tocsin.")
  var url = "http://127.0.0.1:8080"

  @Flag(help: "Print the picture once and end.")
  var once = false

  func run() async throws {
    let remote = RemoteTocsin(url: url)
    var shown = ""
    repeat {
      let text: String
      do {
        let picture = try JSONDecoder().decode(
          PublicPicture.self, from: try await remote.get("/api/picture"))
        text = describe(picture)
      } catch {
        if once { throw error }
        // Blind is not calm.
        text = "We cannot see right now: follow the sirens and the radio. (\(error))"
      }
      if text != shown { Output.line(text) }
      shown = text
      if !once { try await Task.sleep(for: .seconds(1)) }
    } while !once
  }

  private func describe(_ picture: PublicPicture) -> String {
    let rows = picture.zones.filter { place == nil || $0.zone == place }
    let active = rows.filter { $0.stage != .ended }.map { row in
      let mode = row.mode == .actual ? "" : row.mode.rawValue.uppercased() + ": "
      let urge = row.stage == .shelter ? "TAKE SHELTER" : "be ready near a shelter"
      let time =
        row.expected.map { ", impact expected \($0)" } ?? row.seconds.map { ", \(Int($0)) s" } ?? ""
      return "\(mode)\(urge): \(row.zone)\(time)"
    }
    let ended = rows.filter { $0.stage == .ended }.map { "ended: \($0.zone)" }
    let blind = picture.health.filter { $0.state == .blind }.map {
      "we cannot see: \($0.district["en"])"
    }
    let lines =
      active + ended + blind
      + (picture.recorded ? [] : ["not recorded: the journal cannot be written"])
    return lines.isEmpty
      ? "No warning\(place.map { " for \($0)" } ?? "")." : lines.joined(separator: "\n")
  }
}
