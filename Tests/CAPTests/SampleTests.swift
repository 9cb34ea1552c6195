import CAP
import Foundation
import Testing

/// Against 52 real and published messages, as the index beside them has them.
@Suite(.enabled(if: SharedSamples.areThere)) struct `A sample of the index` {
  @Test func `is valid or not as the index says`() throws {
    let rows = try SharedSamples.messages()
    #expect(rows.count == 52)
    for row in rows {
      let reading = Reading(try SharedSamples.bytes("samples/" + row.file))
      let errors = reading.faults.filter(\.isError)
      switch row.core {
      case "valid": #expect(errors.isEmpty, "\(row.file): \(errors)")
      case "old version": #expect(errors.contains { $0.rule == .oldVersion }, "\(row.file)")
      default: #expect(!errors.isEmpty, "\(row.file)")
      }
    }
  }

  @Test func `has the faults of the index, and those alone where it is named by rule`() throws {
    for row in try SharedSamples.messages() where row.core != "old version" {
      let faults = Reading(try SharedSamples.bytes("samples/" + row.file)).faults
      let found = Set(faults.map(\.rule.rawValue))
      for warning in row.warnings {
        #expect(found.contains(warning), "\(row.file): \(warning)")
      }
      // The index calls every fault of the schema "xsd".
      let errors = Set(
        faults.filter(\.isError).map {
          $0.rule.rawValue.hasPrefix("schema_") ? "xsd" : $0.rule.rawValue
        })
      #expect(errors == Set(row.errors), "\(row.file)")
    }
  }

  @Test func `passes the profiles that the index says`() throws {
    for row in try SharedSamples.messages() where row.core != "old version" {
      guard row.core != "invalid" || row.file.contains("bad-digest") else { continue }
      let bytes = try SharedSamples.bytes("samples/" + row.file)
      for profile in Profile.allCases {
        let faults = Reading(bytes, profiles: [profile]).faults
          .filter { $0.isError && $0.rule.rawValue.hasPrefix(profile.rawValue) }
        #expect(
          faults.isEmpty == row.profiles.contains(profile.rawValue),
          "\(row.file), \(profile): \(faults)")
      }
    }
  }

  @Test func `is identified even when it is at fault`() throws {
    let unreadable: Set = ["bad-external-entity.xml"]
    for row in try SharedSamples.messages() where !unreadable.contains(row.file) {
      #expect(
        Reading(try SharedSamples.bytes("samples/" + row.file)).alert != nil, "\(row.file)")
    }
  }

  @Test func `says the same after it was written and read again`() throws {
    for row in try SharedSamples.messages() where row.core == "valid" && row.warnings.isEmpty {
      let reading = Reading(try SharedSamples.bytes("samples/" + row.file))
      var alert = try #require(reading.alert)
      guard !reading.faults.contains(where: { _ in true }) else { continue }
      alert.signatures = 0
      #expect(Reading(try alert.write()).alert == alert, "\(row.file)")
    }
  }
}

@Suite(.enabled(if: SharedSamples.areThere)) struct `A feed of the index` {
  @Test(
    arguments: [
      ("meteoalarm-atom-germany.xml", []), ("meteoalarm-atom-poland.xml", []),
      ("ca-signed-embedded.atom", []), ("amber-embedded.atom", [Rule.feedSelf]),
      ("us-nws-index.atom", [.feedSelf, .feedLink]), ("us-ny-alert.rss", [.feedPermalink]),
      ("bad-external-entity.atom", [.doctype]), ("bad-entry-without-id.atom", [.feedElement]),
      ("bad-entry-without-link.atom", [.feedLink]), ("bad.rss", [.feedElement]),
      ("au-bushfire.edxlde", []), ("au-bushfire-bad.edxlde", [.missing]),
    ] as [(String, [Rule])])
  func `has the faults of the index`(file: String, rules: [Rule]) throws {
    let document = Document.read(try SharedSamples.bytes("feeds/" + file))
    let found = Set(document.faults.filter(\.isError).map(\.rule)).union(
      document.faults.map(\.rule).filter { $0 == .feedSelf })
    #expect(found.isSuperset(of: rules), "\(file): \(document.faults.map(\.description))")
    if rules.isEmpty { #expect(found.isEmpty, "\(file): \(document.faults.map(\.description))") }
  }
}
