import ArgumentParser
import Foundation
import TocsinSources

struct OrderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Gives an order to a running Tocsin: reads back what it will do, and asks.",
    discussion: """
      early and warn need --hazard and one place; extend needs a warning and one place; correct, clear and confirm
      need a warning; intercepted needs a track: others report that it was, and its pieces are warned of.
      The key comes from $TOCSIN_KEY or --key-file, never from the command line.
      """)

  enum Verb: String, ExpressibleByArgument, CaseIterable {
    case early, warn, extend, correct, clear, confirm, intercepted

    /// What it takes besides its subject; anything else would be passed over, so it is refused.
    var options: [String] {
      let place = ["--zones", "--district", "--circle"]
      return switch self {
      case .early, .warn: ["--hazard", "--exercise"] + place
      case .extend: place
      case .correct, .clear, .confirm, .intercepted: []
      }
    }

    /// What decides instead of an option that it does not take.
    var scope: String {
      switch self {
      case .early, .warn: "it is for the hazard and the place that you name"
      case .extend: "hazard and mode are those of the warning"
      case .correct: "it is for the whole warning, in all its zones"
      case .clear: "it ends the whole warning, in all its zones"
      case .confirm: "it releases all that is held of the warning"
      case .intercepted: "the zones follow from the track, which is never of an exercise"
      }
    }
  }

  @Argument(help: "early, warn, extend, correct, clear, confirm or intercepted.")
  var verb: Verb

  @Argument(
    help:
      "The warning's id, as W12, for extend, correct, clear and confirm; the track's for intercepted."
  )
  var subject: String?

  @Option(help: "The hazard's id in the plan, as rockets.")
  var hazard: String?

  @Option(parsing: .upToNextOption, help: "Zones, by name in any language or by id.")
  var zones: [String] = []

  @Option(help: "A district, by name.")
  var district: String?

  @Option(help: "A circle: latitude,longitude,meters.")
  var circle: String?

  @Flag(help: "An exercise: needs a second person before anything sounds.")
  var exercise = false

  @Option(help: "The running Tocsin.")
  var url = "http://127.0.0.1:8080"

  @Option(help: "A file that holds the operator's key.")
  var keyFile: String?

  @Flag(help: "Do not ask. For scripts that read back themselves.")
  var yes = false

  func validate() throws {
    _ = try circle.map(Self.circle)
    if subject != nil, raises {
      throw ValidationError(
        "'\(verb)' raises a new warning and takes no '\(subject ?? "")'; to add zones to a warning, order extend."
      )
    }
    if subject == nil, !raises {
      throw ValidationError(
        verb == .intercepted
          ? "'intercepted' needs a track's id; 'tocsin watch --tracks' shows those that are up."
          : "'\(verb)' needs a warning's id, as W12; 'tocsin watch' shows them.")
    }
    let given = [
      ("--hazard", hazard != nil), ("--zones", !zones.isEmpty), ("--district", district != nil),
      ("--circle", circle != nil), ("--exercise", exercise),
    ]
    for (option, isGiven) in given where isGiven && !verb.options.contains(option) {
      throw ValidationError(
        "'\(verb)' takes no \(option): \(verb.scope). Leave it out. Nothing was ordered.")
    }
  }

  func run() async throws {
    let remote = RemoteTocsin(url: url, key: try RemoteTocsin.key(keyFile, role: .operator))
    let body = try JSONEncoder().encode(try order())
    let readBack = try JSONDecoder().decode(
      ReadBackAnswer.self, from: try await remote.post("/api/commands/preview", body))
    Output.line(readBack.sentence)
    guard try yes || agreed() else {
      Output.note("Nothing was ordered.")
      throw ExitCode(1)
    }
    let obeyed = try JSONDecoder().decode(
      Obeyed.self, from: try await remote.post("/api/commands", body))
    for part in obeyed.refused ?? [] { Output.note(part.reason) }
    Output.line("Entry \(obeyed.entry)\(raises ? ", warning W\(obeyed.entry)" : "").")
    if verb == .intercepted { obeyed.news.forEach(Output.line) }
  }

  private struct ReadBackAnswer: Decodable { var sentence: String }

  private struct Obeyed: Decodable {
    var entry: Int
    var told: [Told]?
    /// What of it was not done, or waits for a second person.
    var refused: [Part]?

    struct Part: Decodable { var reason: String }

    struct Told: Decodable {
      var warning: String
      var kind: String
      var zones: [String]
    }

    /// A line for each notice, and one where there was none.
    var news: [String] {
      guard let told else { return ["No further zone was warned."] }
      return told.map { "\($0.warning), \($0.kind): \($0.zones.joined(separator: ", "))." }
    }
  }

  /// A new warning is named after its entry.
  private var raises: Bool { verb == .early || verb == .warn }

  private func agreed() throws -> Bool {
    Output.note("Type 'yes' to order exactly this:")
    return readLine()?.trimmingCharacters(in: .whitespaces) == "yes"
  }

  /// The body of `POST /api/commands`; what is missing there is refused there.
  private struct Body: Encodable {
    var order: String
    var hazard: String?
    var zones: [String]?
    var district: String?
    var circle: Circle?
    var warning: String?
    var track: String?
    var exercise: Bool

    struct Circle: Encodable {
      var lat: Double
      var lon: Double
      var radius: Double

      enum CodingKeys: String, CodingKey {
        case lat, lon
        case radius = "radius_m"
      }
    }
  }

  private func order() throws -> Body {
    Body(
      order: verb.rawValue, hazard: hazard, zones: zones.isEmpty ? nil : zones,
      district: district, circle: try circle.map(Self.circle),
      warning: verb == .intercepted ? nil : subject,
      track: verb == .intercepted ? subject : nil, exercise: exercise)
  }

  private static func circle(_ text: String) throws -> Body.Circle {
    let numbers = text.split(separator: ",").compactMap {
      Double($0.trimmingCharacters(in: .whitespaces))
    }
    guard numbers.count == 3, text.split(separator: ",").count == 3,
      (-90...90).contains(numbers[0]), (-180...180).contains(numbers[1]),
      numbers[2] > 0, numbers[2].isFinite
    else {
      throw ValidationError(
        "'\(text)' is no circle; write latitude,longitude,meters as 31.6,34.55,2000.")
    }
    return Body.Circle(lat: numbers[0], lon: numbers[1], radius: numbers[2])
  }
}
