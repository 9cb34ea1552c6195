/// What in a record cannot be so, although its octets could be read.
///
/// No edition number is on the wire, and a record of another edition can be read as nonsense without a fault.
/// So what is read is asked whether it makes sense, and ``EditionCheck`` counts the answers.
public enum Implausibility: Hashable, Sendable, CustomStringConvertible {
  /// An item that no record of the category can lack.
  case missing(item: String)
  /// A time of day of 24 hours or more.
  case timeOfDay(item: String, seconds: Double)
  /// A latitude or longitude off the Earth.
  case position(item: String)
  /// Bits that the edition leaves free are set.
  case spareBits(item: String)

  public var description: String {
    switch self {
    case .missing(let item): "\(item) is missing, which every record has"
    case .timeOfDay(let item, let seconds): "\(item) is \(seconds) s, later than 24 h"
    case .position(let item): "\(item) is not on the Earth"
    case .spareBits(let item): "\(item) has bits set that mean nothing"
    }
  }
}

extension Record {
  /// The first thing in it that cannot be so; `nil` for a record that makes sense.
  public var implausibility: Implausibility? {
    for name in category.mandatory where !has(item: name) {
      return .missing(item: full(name))
    }
    return switch category.number {
    case 48:
      implausibleTime(TargetReport.timeOfDay) ?? spareBits([5: 0x1000, 11: 0xF000, 19: 0xC000])
    case 34:
      implausibleTime(ServiceMessage.timeOfDay)
        ?? implausiblePosition(ServiceMessage.latitude, ServiceMessage.longitude)
    case 62:
      implausibleTime(SystemTrack.timeOfDay)
        ?? implausiblePosition(SystemTrack.latitude, SystemTrack.longitude)
        ?? spareBits([9: 0x1000])
    default: nil
    }
  }

  private func full(_ name: String) -> String {
    category.fullName(category.fieldReferenceNumber(of: name) ?? 0)
  }

  private func implausibleTime(_ field: Field) -> Implausibility? {
    guard let seconds = self[field], seconds >= 86_400 else { return nil }
    return .timeOfDay(item: category.fullName(Int(field.item)), seconds: seconds)
  }

  private func implausiblePosition(_ latitude: Field, _ longitude: Field) -> Implausibility? {
    guard let north = self[latitude], let east = self[longitude], abs(north) > 90 || abs(east) > 180
    else { return nil }
    return .position(item: category.fullName(Int(latitude.item)))
  }

  /// - Parameter masks: the spare bits of items of two octets, by field reference number.
  private func spareBits(_ masks: KeyValuePairs<Int, UInt16>) -> Implausibility? {
    for (frn, mask) in masks {
      guard let octets = octets(ofItem: frn), octets.count == 2 else { continue }
      let bits = octets.reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
      if bits & mask != 0 { return .spareBits(item: category.fullName(frn)) }
    }
    return nil
  }
}

/// Counts what a stream yields of one category, and says when it looks like another edition than ours.
public struct EditionCheck: Hashable, Sendable {
  public private(set) var records = 0
  public private(set) var implausible = 0
  public private(set) var unreadableBlocks = 0

  /// Fewer faults than this say nothing about an edition.
  static let least = 5

  public init() {}

  public mutating func count(_ record: Record) {
    records += 1
    if record.implausibility != nil { implausible += 1 }
  }

  public mutating func count(_ fault: UnreadableBlock) { unreadableBlocks += 1 }

  /// At least a tenth of what was read is at fault: line noise is far rarer, a wrong edition far more frequent.
  public var isLikelyAnotherEdition: Bool {
    let faults = implausible + unreadableBlocks
    return faults >= Self.least && faults * 10 >= records + unreadableBlocks
  }

  /// In words, for the person who has to configure it.
  public func words(_ category: Category) -> String {
    "category \(category.number): \(unreadableBlocks) blocks could not be read and \(implausible) "
      + "of \(records) records make no sense in edition \(category.edition): the sender probably "
      + "uses another edition. Ask which, and have it send edition 1.0 or later."
  }
}
