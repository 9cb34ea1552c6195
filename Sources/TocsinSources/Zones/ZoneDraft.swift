import TocsinModel

/// A zone as a file gives it, before it is held against the others.
struct ZoneDraft {
  var file: String
  /// Where in the file, as a fault writes it.
  var place: String
  var id: String?
  var name: Texts = [:]
  var district: Texts = [:]
  var area = Area(polygons: [])
  var label: Position?
  var shelterSeconds: Int?
  var people: Int?
  /// Whether its area is a cell that was made before.
  var isCell = false
  /// Whether the format has a polygon for every zone, so that one without is worth a word.
  var needsPolygon = false

  /// The name that faults write; Hebrew zones are known by their Hebrew name.
  var shownName: String? { name.isEmpty ? nil : name["he"] }

  /// Whether it is a phrase of announcements that names no place: a cell would warn whoever lives where
  /// its label happens to stand.
  ///
  /// Source: the phrases of Home Front Command alerts, as public clients know them.
  var isBroadcastWord: Bool {
    let phrases = ["בחלק מהאזורים בארץ", "כל הארץ", "ברחבי הארץ"]
    return phrases.contains { $0 == name.byLanguage["he"] }
  }

  func fault(_ kind: ZoneFault.Kind, _ found: String, _ done: String) -> ZoneFault {
    ZoneFault(
      kind: kind, file: file, place: place, id: id, name: shownName, found: found, done: done)
  }
}
