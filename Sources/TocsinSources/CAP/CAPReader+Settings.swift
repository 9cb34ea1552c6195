import CAP
import Foundation
import TocsinConfiguration
import TocsinModel

/// The keys that every source of CAP messages has.
extension CAPReader.Settings {
  init(_ fields: inout YAMLFields) {
    source = ""
    hazard = fields.optionalText("hazard")
    for var entry in fields.mappings("hazards", each: "event") {
      if let event = entry.text("event"), let hazard = entry.text("hazard") {
        hazards[event] = hazard
      }
      fields.take(entry)
    }
    for var entry in fields.mappings("senders", each: "sender") {
      let sender = entry.text("sender")
      var key: VerifyingKey?
      if let file = entry.optionalText("key") {
        do {
          key = try VerifyingKey(pem: [UInt8](Data(contentsOf: URL(filePath: file))))
        } catch {
          entry.fault(
            "key", "names '\(file)', which is no certificate or public key in PEM: \(error)")
        }
      }
      if let sender { senders[sender] = .some(key) }
      fields.take(entry)
    }
  }

  func faults(in plan: Plan) -> [KeyFault] {
    let known = Set(plan.hazards.map(\.id))
    let named = hazards.values.sorted() + [hazard].compactMap { $0 }
    return named.filter { !known.contains($0) }.map {
      KeyFault(
        "hazards",
        "names '\($0)'; the hazards are: \(plan.hazards.map(\.id).joined(separator: ", "))")
    }
  }

  /// Who may warn, for `tocsin check`.
  var speakers: String {
    let keys = senders.values.count { $0 != nil }
    return "senders: " + (senders.isEmpty ? "any" : "\(senders.count), \(keys) with a key")
  }
}
