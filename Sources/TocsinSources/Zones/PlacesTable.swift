import TocsinModel

/// Reads a table of places, separated by tabs; each becomes a zone by its cell.
///
/// Columns are found by their names in the first line that is no comment (`#`): `id`, `name_<language>`,
/// `district_<language>`, `latitude`, `longitude`, `shelter_seconds`, `people`. Others are passed over.
struct PlacesTable {
  let file: String
  private(set) var drafts: [ZoneDraft] = []
  private(set) var faults: [ZoneFault] = []
  private var columns: [String] = []

  init(_ text: String, file: String) throws(UnreadableZones) {
    self.file = file
    // Split by scalars: as a Character, CR LF is one and would not be found as a line feed.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, scalars) in lines.enumerated() {
      var line = String(scalars)
      if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
      if index == 0, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
      if line.trimmed.isEmpty || line.hasPrefix("#") { continue }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      if columns.isEmpty {
        columns = cells
        for name in ["latitude", "longitude"] where !columns.contains(name) {
          throw .noColumn(file: file, column: name)
        }
      } else {
        read(cells, line: index + 1)
      }
    }
    if columns.isEmpty { throw .noColumn(file: file, column: "latitude") }
  }

  private mutating func read(_ cells: [String], line: Int) {
    var members = LooseJSON.Members()
    for (name, cell) in zip(columns, cells) where !cell.isEmpty {
      let isNumber = ["latitude", "longitude", "shelter_seconds", "people"].contains(name)
      // A number that cannot be read stays a text, and is then refused by its field.
      let number = isNumber ? Double(cell) : nil
      let value = LooseJSON(number.map { .number($0) } ?? .string(cell), line: line)
      members.values[name] = value
      members.names.append(name)
    }
    members.values["lat"] = members.values["latitude"]
    members.values["lng"] = members.values["longitude"]
    var draft = ZoneDraft(file: file, place: "line \(line)")
    var fields = ZoneFields(LooseJSON(.object(members), line: line))
    draft.id = fields.id(nil)
    draft.name = fields.texts("name")
    draft.district = fields.texts("district")
    draft.shelterSeconds = fields.count("shelter_seconds", upTo: 3_600)
    draft.people = fields.count("people", upTo: 100_000_000)
    draft.label = fields.label()
    faults += fields.faults.map { draft.fault($0.kind, $0.found, $0.done) }
    if cells.count != columns.count {
      faults.append(
        draft.fault(
          .badRow, "has \(cells.count) columns where the first line has \(columns.count)",
          "took them from the left; check for a missing tab"))
    }
    drafts.append(draft)
  }
}
