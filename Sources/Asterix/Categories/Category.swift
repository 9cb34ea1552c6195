/// One ASTERIX category in one edition: which items its records can have, in which order, and how long each is.
///
/// A class, so that every record can refer to its category at the price of a pointer.
///
/// Source: EUROCONTROL-SPEC-0149 (ASTERIX), Part 1, edition 3.1: UAP, FSPEC and the kinds of data items.
public final class Category: Sendable {
  public let number: UInt8
  /// The edition of the category's specification that the tables follow. Items only grew in later ones.
  public let edition: String
  public let title: String
  /// By field reference number − 1; `nil` where the category leaves a number empty.
  public let items: [Item?]
  /// What Tocsin needs of it, in the order of `tocsin asterix decode --core`.
  public let core: [Field]
  /// Item names that a record cannot be without.
  public let mandatory: [String]

  /// ``items`` as the reader wants them: flat and without references; the parts of compounds after the items.
  let rules: [Rule]
  /// Octets that an FSPEC with all items would have.
  let fspecOctets: Int

  /// Every category whose records can be told apart.
  public static let all: [Category] = [
    targetReports, serviceMessages, systemTracks, sensorStatus, systemStatus,
  ]

  public static func numbered(_ number: UInt8) -> Category? {
    switch number {
    case 48: targetReports
    case 34: serviceMessages
    case 62: systemTracks
    case 63: sensorStatus
    case 65: systemStatus
    default: nil
    }
  }

  init(
    _ number: UInt8, edition: String, title: String, items: [Item?], core: [Field] = [],
    mandatory: [String] = []
  ) {
    self.number = number
    self.edition = edition
    self.title = title
    self.items = items
    self.core = core
    self.mandatory = mandatory
    rules = Rule.flat(items.map { $0?.form })
    fspecOctets = (items.count + 6) / 7
  }

  /// The field reference number of an item, 1, 2, …; `nil` if the category has none of that name.
  public func fieldReferenceNumber(of item: String) -> Int? {
    items.firstIndex { $0?.name == item }.map { $0 + 1 }
  }

  /// `I048/040`.
  func fullName(_ frn: Int) -> String {
    let digits = String(number)
    let name = frn <= items.count ? items[frn - 1]?.name : nil
    return "I" + String(repeating: "0", count: 3 - digits.count) + digits + "/"
      + (name ?? "FRN \(frn)")
  }
}

/// One data item of a category.
public struct Item: Sendable {
  /// As in the specification: "040".
  public let name: String
  public let title: String
  public let form: ItemForm
  /// What is read of it; empty for an item of which only the length is known.
  public let fields: [Field]

  init(_ name: String, _ title: String, _ form: ItemForm, _ fields: [Field] = []) {
    self.name = name
    self.title = title
    self.form = form
    self.fields = fields
  }
}

/// How the length of an item follows from its octets.
public enum ItemForm: Hashable, Sendable {
  /// That many octets.
  case fixed(UInt8)
  /// Octets until one has its lowest bit, FX, at 0.
  case extended
  /// One octet with a count, then so many elements of that many octets.
  case repetitive(UInt8)
  /// Elements of that many octets, until one has its lowest bit at 0.
  case repetitiveByFX(UInt8)
  /// A presence map like an FSPEC, then the subfields it announces; `nil` where it must announce none.
  case compound([ItemForm?])
  /// One octet with the length, itself included, then content that sender and receiver agreed on.
  case explicit
}

/// An ``ItemForm`` without references: what the reader goes by.
struct Rule {
  enum Kind { case unassigned, fixed, extended, repetitive, repetitiveByFX, compound, explicit }

  var kind: Kind
  /// Octets of the item or of one element.
  var size: UInt8 = 0
  /// Where the rules of a compound's subfields begin.
  var firstPart: UInt16 = 0
  var partCount: UInt8 = 0

  static func flat(_ forms: [ItemForm?]) -> [Rule] {
    var rules = forms.map { Rule($0) }
    for (index, form) in forms.enumerated() {
      guard case .compound(let parts) = form else { continue }
      rules[index].firstPart = UInt16(rules.count)
      rules[index].partCount = UInt8(parts.count)
      rules += parts.map { Rule($0) }
    }
    return rules
  }

  private init(_ form: ItemForm?) {
    switch form {
    case nil: self.init(kind: .unassigned)
    case .fixed(let size): self.init(kind: .fixed, size: size)
    case .extended: self.init(kind: .extended)
    case .repetitive(let size): self.init(kind: .repetitive, size: size)
    case .repetitiveByFX(let size): self.init(kind: .repetitiveByFX, size: size)
    case .compound: self.init(kind: .compound)
    case .explicit: self.init(kind: .explicit)
    }
  }

  private init(kind: Kind, size: UInt8 = 0) {
    self.kind = kind
    self.size = size
  }
}
