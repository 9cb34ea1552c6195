import Foundation

/// The files that pages are made of, read once at the start.
struct PublicFiles: Sendable {
  struct File: Sendable {
    var content: TaggedBytes
    var type: String
  }

  /// Why the pages cannot be served.
  struct Missing: Error, CustomStringConvertible {
    var path: String
    var description: String {
      "\(path) cannot be read. The folder 'Public' of the web pages belongs beside the program "
        + "(Tocsin_TocsinWeb.resources); install it again."
    }
  }

  let served: [String: File]
  let page: Template
  let situation: Template
  let record: Template
  let vocabulary: Vocabulary
  let recordWords: Vocabulary
  /// The signs of all states, to stand in each page.
  let signs: Markup

  static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "json": "application/json", "png": "image/png", "webmanifest": "application/manifest+json",
  ]

  /// - Parameter leaflet: the folder of Debian's `libjs-leaflet`; pages work without it.
  init(leaflet: String?) throws {
    guard let folder = Bundle.module.resourceURL?.appending(path: "Public") else {
      throw Missing(path: "Public")
    }
    var served: [String: File] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where
      !name.hasSuffix(".html") && !name.hasSuffix("strings.json") && name != "signs.svg"
    {
      served["/" + name] = Self.file(folder.appending(path: name))
    }
    for name in ["leaflet.css", "leaflet.esm.js"] {
      guard let leaflet else { continue }
      let folder = URL(filePath: leaflet)
      // Debian ships both; the small one is the same program.
      let small = name.replacingOccurrences(of: ".esm.js", with: ".esm.min.js")
      served["/leaflet/" + name] =
        Self.file(folder.appending(path: small)) ?? Self.file(folder.appending(path: name))
    }
    self.served = served
    page = Template(try Self.text(folder.appending(path: "page.html")))
    situation = Template(try Self.text(folder.appending(path: "situation.html")))
    signs = Markup(file: try Self.text(folder.appending(path: "signs.svg")))
    record = Template(try Self.text(folder.appending(path: "record.html")))
    recordWords = try Vocabulary(
      json: Data(contentsOf: folder.appending(path: "record-strings.json")))
    vocabulary = try Vocabulary(json: Data(contentsOf: folder.appending(path: "strings.json")))
  }

  private static func file(_ url: URL) -> File? {
    guard let data = try? Data(contentsOf: url), let type = types[url.pathExtension] else {
      return nil
    }
    return File(content: TaggedBytes(data), type: type)
  }

  private static func text(_ url: URL) throws -> String {
    do {
      return try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw Missing(path: url.path)
    }
  }
}
