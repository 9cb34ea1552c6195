import TocsinConfiguration
import TocsinModel

/// The members of one object, taken out by name and type; every fault is kept with its line.
struct JSONFields {
  private let json: LooseJSON
  private let what: String
  private(set) var members = LooseJSON.Members()
  var faults: [String] = []

  /// Ellipsoidal meters that a site or the ground may have.
  static let heights: ClosedRange<Double> = -1_000...20_000

  init(_ json: LooseJSON, what: String) {
    self.json = json
    self.what = what
    if let members = json.members {
      self.members = members
      for name in members.repeated { fault(name, "is given twice; give it once") }
    } else {
      faults.append("line \(json.line), \(what): is \(json.kind); give an object {…}")
    }
  }

  static func parse(_ bytes: [UInt8], name: String) throws(UnreadableFile) -> LooseJSON {
    do {
      return try LooseJSON(reading: bytes)
    } catch {
      throw UnreadableFile(
        path: name,
        problem: .faults([
          "line \(error.line), column \(error.column): is not JSON: \(error.text); correct it there"
        ]))
    }
  }

  mutating func fault(_ name: String, _ text: String) {
    let line = members.values[name]?.line ?? json.line
    faults.append("line \(line), \(what), \(name): \(text)")
  }

  /// A text that must be there and not be empty.
  mutating func text(_ name: String) -> String? {
    guard let value = present(name) else { return nil }
    guard let text = value.string, !text.isEmpty else {
      fault(name, value.string == nil ? "is \(value.kind); give a text in quotes" : "is empty")
      return nil
    }
    return text
  }

  /// A text that may be missing and is not empty.
  mutating func optionalText(_ name: String) -> String? {
    given(name) == nil ? nil : text(name)
  }

  /// A number that must be there and within limits.
  mutating func number(_ name: String, within limits: ClosedRange<Double>) -> Double? {
    guard let value = present(name) else { return nil }
    guard let number = value.number else {
      fault(name, "is \(value.kind); give a number")
      return nil
    }
    guard limits.contains(number) else {
      fault(name, "\(number) is not within \(limits.lowerBound) and \(limits.upperBound)")
      return nil
    }
    return number
  }

  /// A number that may be missing.
  mutating func optionalNumber(_ name: String, within limits: ClosedRange<Double>) -> Double? {
    given(name) == nil ? nil : number(name, within: limits)
  }

  /// Texts that may be missing; none of them empty.
  mutating func texts(_ name: String) -> [String] {
    guard let value = given(name) else { return [] }
    let texts = value.array?.map { $0.string ?? "" }
    guard let texts, !texts.contains("") else {
      fault(name, "must be a list of texts, as [\"mast 3\"]")
      return []
    }
    return texts
  }

  mutating func position() -> Position? {
    let latitude = number("lat", within: -90...90)
    let longitude = number("lon", within: -180...180)
    guard let latitude, let longitude else { return nil }
    return Position(latitude: latitude, longitude: longitude)
  }

  /// An object that may be missing; its faults are the caller's to take over.
  mutating func object(_ name: String) -> JSONFields? {
    guard let value = given(name), json.members != nil else { return nil }
    return JSONFields(value, what: "\(what), \(name)")
  }

  /// What is there and not null.
  private func given(_ name: String) -> LooseJSON? {
    members.values[name].flatMap { $0.isNull ? nil : $0 }
  }

  private mutating func present(_ name: String) -> LooseJSON? {
    guard json.members != nil else { return nil }
    guard let value = given(name) else {
      fault(name, "is missing")
      return nil
    }
    return value
  }
}
