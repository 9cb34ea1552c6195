import Foundation
import TocsinModel

/// The body of `POST /api/commands`, read strictly: what is not understood is refused and said.
struct CommandBody {
  var order: Order
  var isExercise: Bool
  var ref: String?

  static let refLimit = 600
  static let fields: Set = [
    "order", "hazard", "zones", "district", "circle", "warning", "track", "exercise", "ref", "act",
  ]

  /// What is wrong with a body: the field, and what to write.
  struct Fault: Error, Hashable {
    var field: String
    var text: String
  }

  init(_ bytes: Data) throws(Fault) {
    guard case .object(let object)? = try? JSONDecoder().decode(JSONValue.self, from: bytes) else {
      throw Fault(
        field: "body",
        text: #"is no JSON object; send e.g. {"order":"warn","hazard":"rockets","zones":["Zikim"]}"#
      )
    }
    if let unknown = object.keys.sorted().first(where: { !Self.fields.contains($0) }) {
      throw Fault(
        field: unknown,
        text:
          "is not a field of a command; known are \(Self.fields.sorted().joined(separator: ", "))")
    }
    order = try Self.order(object, bytes)
    isExercise = try Self.flag(object, "exercise") ?? false
    ref = try Self.text(object, "ref")
    if let ref, ref.utf8.count > Self.refLimit {
      throw Fault(
        field: "ref", text: "has \(ref.utf8.count) bytes; at most \(Self.refLimit) are echoed")
    }
  }

  private static let orders =
    "early, warn, extend, correct, clear, confirm, intercepted or record"

  private static func order(
    _ object: [String: JSONValue], _ bytes: Data
  ) throws(Fault) -> Order {
    switch try text(object, "order") {
    case "early": .early(hazard: try required(object, "hazard"), where: try place(object))
    case "warn": .warn(hazard: try required(object, "hazard"), where: try place(object))
    case "extend": .extend(warning: try required(object, "warning"), where: try place(object))
    case "correct": .correct(warning: try required(object, "warning"))
    case "clear": .clear(warning: try required(object, "warning"))
    case "confirm": .confirm(warning: try required(object, "warning"))
    case "intercepted": .intercepted(track: try required(object, "track"))
    case "record": .record(try act(bytes))
    case .some(let other):
      throw Fault(
        field: "order",
        text: "'\(other.prefix(40))' is no order; write \(orders)")
    case nil:
      throw Fault(field: "order", text: "is missing; write \(orders)")
    }
  }

  /// What a recorder adds: `{"order":"record","act":{"state":{…}}}`.
  private static func act(_ bytes: Data) throws(Fault) -> Record.Act {
    struct Body: Decodable { var act: Record.Act }
    do {
      return try JSONDecoder().decode(Body.self, from: bytes).act
    } catch {
      let fault = Record.Fault(error)
      throw Fault(field: fault.field, text: fault.error)
    }
  }

  /// Exactly one of the three ways to say where.
  private static func place(_ object: [String: JSONValue]) throws(Fault) -> Order.Place {
    let given = ["zones", "district", "circle"].filter { object[$0] != nil }
    guard given.count == 1 else {
      throw Fault(
        field: given.isEmpty ? "zones" : given.joined(separator: ", "),
        text: given.isEmpty
          ? "is missing; say where by one of zones, district or circle"
          : "are given together; say where by exactly one of them")
    }
    switch given[0] {
    case "zones":
      return .zones(try names(object["zones"]))
    case "district": return .district(try required(object, "district"))
    default: return try circle(object["circle"])
    }
  }

  private static func names(_ value: JSONValue?) throws(Fault) -> [String] {
    let fault = Fault(field: "zones", text: "must be a list of at least one zone's name or id")
    guard case .list(let list) = value, !list.isEmpty else { throw fault }
    var names: [String] = []
    for item in list {
      guard case .text(let name) = item else { throw fault }
      names.append(name)
    }
    return names
  }

  private static func circle(_ value: JSONValue?) throws(Fault) -> Order.Place {
    var object: [String: JSONValue] = [:]
    if case .object(let fields) = value { object = fields }
    guard let latitude = number(object["lat"]), let longitude = number(object["lon"]),
      let radius = number(object["radius_m"])
    else {
      throw Fault(field: "circle", text: #"must be {"lat":31.6,"lon":34.5,"radius_m":2000}"#)
    }
    let center = Position(latitude: latitude, longitude: longitude)
    guard center.isOnEarth else {
      throw Fault(field: "circle.lat, circle.lon", text: "are not on Earth; write WGS-84 degrees")
    }
    guard radius > 0, radius <= 100_000 else {
      throw Fault(field: "circle.radius_m", text: "must be above 0 and at most 100000 meters")
    }
    return .circle(center: center, radiusMeters: radius)
  }

  private static func required(
    _ object: [String: JSONValue], _ field: String
  ) throws(Fault) -> String {
    guard let text = try text(object, field), !text.isEmpty else {
      throw Fault(field: field, text: "is missing; this order needs it")
    }
    return text
  }

  private static func text(_ object: [String: JSONValue], _ field: String) throws(Fault) -> String?
  {
    switch object[field] {
    case nil, .null: nil
    case .text(let text): text
    default: throw Fault(field: field, text: "must be a text")
    }
  }

  /// A number is no flag: nothing about an exercise may be guessed.
  private static func flag(_ object: [String: JSONValue], _ field: String) throws(Fault) -> Bool? {
    switch object[field] {
    case nil, .null: nil
    case .flag(let flag): flag
    default: throw Fault(field: field, text: "must be true or false")
    }
  }

  private static func number(_ value: JSONValue?) -> Double? {
    if case .number(let number) = value, number.isFinite { number } else { nil }
  }
}
