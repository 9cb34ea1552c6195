import CAP
import Foundation
import TocsinEngine
import TocsinModel

/// The messages that are out, each a file, and the feeds that list them. The files are the only memory.
struct CAPShelf: Sendable {
  let folder: String
  let settings: CAPSettings
  /// The channel's id: the path that everything is served under.
  let root: String
  private(set) var chains: [String: CAPChain] = [:]
  private var listed: [Listed] = []
  /// When the service began: the age of a feed without messages.
  private let began: Moment

  /// A message as the feeds list it.
  private struct Listed: Sendable {
    var name: String
    var identifier: String
    var title: String
    var sent: Moment
    /// Listed until then: a day longer than it is in force, so that ends and corrections are seen.
    var until: Moment
  }

  private static let kept = 86_400

  init(folder: String, settings: CAPSettings, root: String, now: Timestamp) throws {
    self.folder = folder
    self.settings = settings
    self.root = root
    began = Moment(now)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap(Name.init)
    // Nothing lasts longer than a day beyond what the plan allows; older files stay served and are not read.
    for name in names.sorted() where name.seconds > began.seconds - 3 * Self.kept {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name.text + ".xml"),
        let alert = Reading(Array(bytes)).alert
      else { continue }
      remember(alert, name.text)
    }
  }

  /// `1684082114.12.1`: sorted by time, then by event and place.
  private struct Name: Comparable {
    var text: String
    var seconds: Int
    private var numbers: [Int]

    init?(_ file: String) {
      guard file.hasSuffix(".xml") else { return nil }
      text = String(file.dropLast(4))
      numbers = text.split(separator: ".").map { Int($0) ?? 0 }
      guard let first = numbers.first, first > 0 else { return nil }
      seconds = first
    }

    static func < (left: Name, right: Name) -> Bool {
      left.numbers.lexicographicallyPrecedes(right.numbers)
    }
    static func == (left: Name, right: Name) -> Bool { left.text == right.text }
  }

  /// The part of an identifier that is ours: the name of the file and in the address.
  func name(of identifier: String) -> String {
    String(identifier.dropFirst(settings.prefix.count + 1))
  }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/\(name).xml")
  }

  /// Puts a signed message out: first the file, whole, then the feeds.
  mutating func put(_ signed: [UInt8], _ alert: Alert, _ chain: CAPChain) throws {
    let name = name(of: alert.identifier)
    try Data(signed).write(to: URL(filePath: folder + "/\(name).xml"), options: .atomic)
    chains[chain.warning] = chain
    list(alert, name)
  }

  private mutating func remember(_ alert: Alert, _ name: String) {
    let before = alert.incidents.first.flatMap { chains[$0] }
    // A journal that began anew counts its warnings from 1 again.
    if let chain = CAPChain(alert, after: alert.kind == .alert ? nil : before) {
      chains[chain.warning] = chain
    }
    list(alert, name)
  }

  private mutating func list(_ alert: Alert, _ name: String) {
    let info = alert.infos.first
    let places = (info?.areas ?? []).map(\.description)
    let named = places.prefix(10).joined(separator: "; ")
    let more = places.count > 10 ? " and \(places.count - 10) more" : ""
    let expires = alert.infos.compactMap(\.expires).map(\.seconds).max() ?? alert.sent.seconds
    listed.append(
      Listed(
        name: name, identifier: alert.identifier,
        title: "\(info?.headline ?? info?.event ?? alert.identifier) (\(named)\(more))",
        sent: alert.sent,
        until: Moment(seconds: expires + Self.kept)))
  }

  // MARK: What is served

  static let alertType = "application/cap+xml; charset=utf-8"

  /// A message as it was signed.
  func alert(_ name: String) -> PublishedDocument? {
    // Only names that we give: never a path.
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }),
      let seconds = name.split(separator: ".").first.flatMap({ Int($0) }),
      let bytes = FileManager.default.contents(atPath: folder + "/\(name).xml")
    else { return nil }
    return PublishedDocument(
      bytes: Array(bytes), type: Self.alertType, modified: Timestamp(seconds: Double(seconds)))
  }

  func feed(at now: Timestamp, as kind: Feed.Kind) -> PublishedDocument {
    let moment = Moment(now)
    let address = "\(settings.address)/\(root)"
    // Newest first; a message leaves the list at a moment that counts as a change of it.
    let entries = listed.reversed().filter { $0.until.seconds > moment.seconds }
    let left = listed.map(\.until.seconds).filter { $0 <= moment.seconds }
    let changed =
      (listed.map(\.sent.seconds) + left + [began.seconds])
      .filter { listed.isEmpty || $0 != began.seconds }.max() ?? began.seconds
    let feed = Feed(
      kind: kind, id: address + "/feed.atom", title: (settings.name ?? "Tocsin")["en"],
      updated: Moment(seconds: changed),
      entries: entries.map { entry in
        let link = "\(address)/alerts/\(entry.name).xml"
        return Feed.Entry(
          id: kind == .atom ? link : entry.identifier, title: entry.title, updated: entry.sent,
          link: link)
      })
    let head = Feed.Masthead(
      author: settings.sender,
      subtitle: "Warnings, extensions, ends and corrections of \(settings.sender), as CAP 1.2",
      address: address + (kind == .atom ? "/feed.atom" : "/feed.rss"), page: settings.address + "/")
    return PublishedDocument(
      bytes: kind == .atom ? feed.atom(head) : feed.rss(head),
      type: (kind == .atom ? "application/atom+xml" : "application/rss+xml") + "; charset=utf-8",
      modified: Timestamp(seconds: Double(changed)))
  }
}
