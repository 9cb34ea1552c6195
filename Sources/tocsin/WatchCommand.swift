import ArgumentParser
import Foundation
import TocsinClient
import TocsinModel
import TocsinSources

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Shows the public picture of a running Tocsin in the terminal.",
    discussion: """
      Lines are printed whenever what they say changes. A lost line is said and never shown as calm; it is made anew
      by itself. In brackets stands the warning's id, as 'tocsin explain' and 'order' take it. It reads what everybody may
      read and needs no key; with --tracks also the tracks, which only operators may see.
      """)

  @Option(parsing: .upToNextOption, help: "Only these zones, by id or by name in any language.")
  var place: [String] = []

  @Option(help: "The running Tocsin.")
  var url = "http://127.0.0.1:8080"

  @Option(help: "The language of names and words: en, he, ar, ru or another of the map.")
  var lang = "en"

  @Flag(help: "The ids of tracks too, for 'tocsin order intercepted'; needs an operator's key.")
  var tracks = false

  @Option(help: "With --tracks: a file that holds the operator's key; without it, $TOCSIN_KEY.")
  var keyFile: String?

  @Flag(help: "Print the picture once and end.")
  var once = false

  func validate() throws {
    guard tracks || keyFile == nil else {
      throw ValidationError("--key-file is for --tracks; the public picture needs no key.")
    }
  }

  func run() async throws {
    let situation =
      tracks ? RemoteTocsin(url: url, key: try RemoteTocsin.key(keyFile, role: .operator)) : nil
    guard let address = URL(string: url), address.host != nil else {
      throw ValidationError("'\(url)' is no address; write it as http://127.0.0.1:8080.")
    }
    let client = TocsinClient(url: address)
    let zones = try await client.zones()
    let text = PictureText(
      zones: zones, language: lang,
      places: place.isEmpty ? nil : try TocsinClient.zones(named: place, in: zones))
    if once {
      let lines = text.lines(of: try await client.picture())
      return (lines + (try await situation?.trackLines() ?? [])).forEach(Output.line)
    }
    var shown: [String] = []
    for await update in client.updates() {
      var lines = await lines(for: update, client, text)
      if let situation { lines += await Self.trackLines(situation) }
      if lines != shown { lines.forEach(Output.line) }
      shown = lines
    }
  }

  private static func trackLines(_ situation: RemoteTocsin) async -> [String] {
    do {
      return try await situation.trackLines()
    } catch {
      return ["The tracks are not known now: \(error)"]
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

extension RemoteTocsin {
  private struct Tracks: Decodable {
    struct Track: Decodable {
      var id: String
      var phase: String
      var radars: [String]
    }
    var tracks: [Track]
  }

  /// A line for each track, without what changes with every plot.
  fileprivate func trackLines() async throws -> [String] {
    let tracks = try JSONDecoder().decode(Tracks.self, from: try await get("/api/situation")).tracks
    return tracks.isEmpty
      ? ["No track."]
      : tracks.map {
        "Track \($0.id): \($0.phase), seen by \($0.radars.joined(separator: ", "))"
      }
  }
}
