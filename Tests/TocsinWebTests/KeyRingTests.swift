import Foundation
import Testing
import TocsinModel
import TocsinSources
import TocsinWeb

@Suite struct `A key` {
  @Test func `is long, unlike any other, and kept only as a hash`() throws {
    var ring = KeyRing()
    let first = try ring.add(name: "a", role: .operator, at: .epoch)
    let second = try ring.add(name: "b", role: .operator, at: .epoch)
    #expect(first != second)
    #expect(first.hasPrefix("tcs_") && first.count == 4 + 43)
    let written = String(decoding: try JSONEncoder().encode(ring), as: UTF8.self)
    #expect(!written.contains(first.dropFirst(4)))
  }

  @Test func `opens for its owner and nobody else`() throws {
    var ring = KeyRing()
    let key = try ring.add(name: "a", role: .source, at: .epoch)
    #expect(ring.verify(key)?.name == "a")
    #expect(ring.verify(key + "x") == nil)
    #expect(ring.verify("") == nil)
    #expect(KeyRing().verify(key) == nil)
  }

  @Test func `opens nothing once revoked, and its name is free again`() throws {
    var ring = KeyRing()
    let key = try ring.add(name: "a", role: .source, at: .epoch)
    #expect(throws: KeyRing.Fault.taken("a")) {
      try ring.add(name: "a", role: .source, at: .epoch)
    }
    try ring.revoke(name: "a", at: .epoch)
    #expect(ring.verify(key) == nil)
    #expect(throws: KeyRing.Fault.unknown("a")) { try ring.revoke(name: "a", at: .epoch) }
    let second = try ring.add(name: "a", role: .source, at: .epoch)
    #expect(ring.verify(second)?.name == "a")
  }

  @Test(arguments: ["", " ", "a b", "a\n", "../x", String(repeating: "a", count: 65)])
  func `has a name that is fit for a list`(name: String) {
    var ring = KeyRing()
    #expect(throws: KeyRing.Fault.self) { try ring.add(name: name, role: .recorder, at: .epoch) }
  }

  @Test func `is written for its owner alone, and there is none at first`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "keys.json").path
    let file = KeyFile(path: path)
    #expect(try file.ring().keys.isEmpty)
    let key = try file.update { ring throws(KeyRing.Fault) in
      try ring.add(name: "a", role: .operator, at: .epoch)
    }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    #expect(try KeyFile(path: path).ring().verify(key)?.role == .operator)
  }
}
