import Foundation

/// The file `alerts.json`: the alert that is on, or nothing.
public struct RealTimeFile: Hashable, Sendable {
  /// `nil` when nothing is on.
  public var alert: RealTimeAlert?
  /// What was odd, and what was made of it.
  public var faults: [FeedFault] = []

  public init(_ alert: RealTimeAlert?) { self.alert = alert }

  /// Reads leniently: every form in which the origin or an imitation of it has been seen.
  /// - Throws: when it cannot even be told whether something is on. That is not calm.
  public init(_ bytes: [UInt8]) throws(UnreadableFeed) {
    guard let json = try FeedText.json(bytes, &faults) else { return }
    let object: [String: Any]
    switch json {
    case let one as [String: Any]: object = one
    case let several as [Any] where several.isEmpty: object = [:]
    case let several as [Any] where several.count == 1 && several[0] is [String: Any]:
      object = several[0] as? [String: Any] ?? [:]
      faults.append(FeedFault(place: "file", text: "is an array; its one object was taken"))
    default: throw .otherShape(expected: "one object", found: FeedText.kind(json))
    }
    guard !object.isEmpty else {
      faults.append(FeedFault(place: "file", text: "is empty JSON; taken as nothing on"))
      return
    }
    try read(object)
  }

  private mutating func read(_ object: [String: Any]) throws(UnreadableFeed) {
    guard let data = object["data"] else {
      throw .otherShape(expected: "an alert with 'data'", found: "an object without it")
    }
    for name in ["id", "cat", "title"] where object.text(name) == nil {
      faults.append(FeedFault(place: name, text: "is missing; the alert was taken without it"))
    }
    let number = object.number("cat")
    if number == nil, object["cat"] != nil {
      faults.append(FeedFault(place: "cat", text: "is no whole number; taken as unknown"))
    }
    alert = RealTimeAlert(
      id: object.text("id") ?? "", number: number, title: object.text("title") ?? "",
      zones: try names(data), instruction: object.text("desc") ?? "")
  }

  private mutating func names(_ data: Any) throws(UnreadableFeed) -> [String] {
    var given = data
    if let one = data as? String {
      faults.append(FeedFault(place: "data", text: "is a text; taken as one name"))
      given = [one]
    }
    guard let list = given as? [Any] else {
      throw .otherShape(expected: "a list of names in 'data'", found: FeedText.kind(data))
    }
    var names: [String] = []
    for (index, item) in list.enumerated() {
      if let name = item as? String, !name.allSatisfy(\.isWhitespace) {
        names.append(name)
      } else {
        faults.append(
          FeedFault(place: "data, name \(index + 1)", text: "is no name; it was left out"))
      }
    }
    return names
  }

  /// The one form that all known clients accept: nothing at all when quiet; else three spaces, the object, CR LF.
  ///
  /// One client cuts off three bytes in front (where others have a byte order mark, which two clients cannot
  /// read) and two at the end, unseen.
  public var bytes: [UInt8] {
    guard let alert else { return [] }
    let object = WrittenAlert(
      id: alert.id, cat: alert.number.map(String.init) ?? "", title: alert.title, data: alert.zones,
      desc: alert.instruction)
    return Array("   ".utf8) + JSONBytes.of(object) + Array("\r\n".utf8)
  }

  private struct WrittenAlert: Encodable {
    var id: String
    var cat: String
    var title: String
    var data: [String]
    var desc: String
  }
}

/// JSON as these files have it: UTF-8 without a mark, the same bytes for the same value.
enum JSONBytes {
  static func of(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("Texts and whole numbers can always be written: \(error)")
    }
  }
}
