import ArgumentParser
import Foundation
import TocsinClient
import TocsinModel

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Shows the public picture of a running Tocsin in the terminal.",
    discussion: """
      Lines are printed whenever what they say changes. A lost line is said and never shown as calm; it is made anew
      by itself. It reads what everybody may read and needs no key.
      """)

  @Option(parsing: .upToNextOption, help: "Only these zones, by id or by name in any language.")
  var place: [String] = []

  @Option(help: "The running Tocsin.")
  var url = "http://127.0.0.1:8080"

  @Option(help: "The language of names and words: en, he, ar, ru or another of the map.")
  var lang = "en"

  @Flag(help: "Print the picture once and end.")
  var once = false

  func run() async throws {
    guard let address = URL(string: url), address.host != nil else {
      throw ValidationError("'\(url)' is no address; write it as http://127.0.0.1:8080.")
    }
    let client = TocsinClient(url: address)
    let zones = try await client.zones()
    let text = PictureText(
      zones: zones, language: lang,
      places: place.isEmpty ? nil : try TocsinClient.zones(named: place, in: zones))
    if once { return text.lines(of: try await client.picture()).forEach(Output.line) }
    var shown: [String] = []
    for await update in client.updates() {
      let lines = await lines(for: update, client, text)
      if lines != shown { lines.forEach(Output.line) }
      shown = lines
    }
  }

  private func lines(
    for update: PublicUpdate, _ client: TocsinClient, _ text: PictureText
  ) async -> [String] {
    do {
      switch update {
      case .picture(let picture): return text.lines(of: picture)
      // Told ahead of the next picture: ask for it at once.
      case .notice, .health: return text.lines(of: try await client.picture())
      case .lost(let reason): return [text.blind(reason)]
      }
    } catch {
      return [text.blind("\(error)")]
    }
  }
}
