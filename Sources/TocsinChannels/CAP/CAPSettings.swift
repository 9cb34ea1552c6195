import CAP
import TocsinModel

/// Who speaks in our CAP messages, and how.
struct CAPSettings: Hashable, Sendable {
  var sender: String
  /// What every message's identifier begins with; under the WMO `urn:oid:2.49.0.1.` and the authority's numbers.
  var prefix: String
  /// `nil`: the plan's title.
  var name: Texts?
  var contact: String?
  /// Where the service is reached, without a slash at its end.
  var address: String

  /// What CAP has closed lists for, by hazard.
  func words(_ hazard: String) -> HazardWords {
    Self.words[hazard] ?? HazardWords(.safety, .shelter)
  }

  struct HazardWords: Hashable, Sendable {
    var category: Info.Category
    /// What people do when they are told to act.
    var response: Info.Response

    init(_ category: Info.Category, _ response: Info.Response) {
      self.category = category
      self.response = response
    }
  }

  private static let words: [String: HazardWords] = [
    "rockets": .init(.security, .shelter), "aircraft": .init(.security, .shelter),
    "shelling": .init(.security, .shelter), "air-strike": .init(.security, .shelter),
    "infiltration": .init(.security, .shelter), "unconventional": .init(.cbrne, .shelter),
    "chemical": .init(.cbrne, .shelter), "earthquake": .init(.geological, .execute),
    "tsunami": .init(.geological, .evacuate), "fire": .init(.fire, .evacuate),
    "flood": .init(.meteorological, .evacuate), "storm": .init(.meteorological, .shelter),
    "cyclone": .init(.meteorological, .shelter),
  ]
}
