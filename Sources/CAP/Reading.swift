/// What a document turned out to be: the message as far as it can be understood, and everything that is wrong.
///
/// ```swift
/// let reading = CAP.Reading(bytes)
/// if let alert = reading.alert { print(alert.identifier, alert.infos.first?.event ?? "") }
/// for fault in reading.faults { print(fault) }
/// ```
public struct Reading: Hashable, Sendable {
  /// `nil` when it cannot be identified: no CAP, or without a readable identifier, sender or time.
  public var alert: Alert?
  /// `nil` when it is no CAP.
  public var version: Version?
  public var faults: [Fault]

  /// Whether it keeps every rule; it may go against advice.
  public var isValid: Bool { !faults.contains(where: \.isError) }

  /// Reads a CAP 1.0, 1.1 or 1.2 document.
  ///
  /// - Parameters:
  ///   - profiles: whose rules it is held against besides the standard's.
  ///   - limit: bytes; a larger document is refused unread.
  public init(_ bytes: [UInt8], profiles: [Profile] = [], limit: Int = Reading.limit) {
    do {
      self = try XMLTree.read(bytes, limit: limit) { Reading($0, profiles) }
    } catch {
      self.init(alert: nil, version: nil, faults: [Fault(error)])
    }
  }

  /// 16 MiB; the largest real message at hand has 459,263 bytes.
  public static let limit = XMLTree.limit

  private init(alert: Alert?, version: Version?, faults: [Fault]) {
    self.alert = alert
    self.version = version
    self.faults = faults
  }

  init(_ root: Element, _ profiles: [Profile]) {
    var faults = Faults()
    guard root.name == "alert", let version = root.namespace.flatMap(Version.init) else {
      faults.add(
        .notCAP, at: root,
        "is in the namespace '\((root.namespace ?? "none").shortened)'; a CAP message is an 'alert' in "
          + Version.v12.namespace)
      self.init(alert: nil, version: nil, faults: faults.listed)
      return
    }
    if version != .v12 {
      faults.add(
        .oldVersion, at: root, "is CAP \(version.name); it is read as such, and only 1.2 is sent")
    }
    Schema.of(version).check(root, &faults)
    HeaderRules.check(root, &faults)
    InfoRules.check(root, &faults)
    for profile in profiles { profile.check(root, &faults) }
    self.init(
      alert: Alert(root), version: version,
      faults: faults.listed.inOrder)
  }
}

extension Fault {
  init(_ error: UnreadableXML) {
    let rule: Rule =
      switch error {
      case .empty: .empty
      case .tooLarge: .tooLarge
      case .hasDoctype: .doctype
      case .notWellFormed: .notWellFormed
      }
    self.init(rule: rule, line: error.line, path: "document", text: error.description)
  }
}
