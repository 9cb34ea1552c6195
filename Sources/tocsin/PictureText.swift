import TocsinModel

/// The public picture as lines of text.
struct PictureText {
  let names: [String: String]
  let language: String
  /// Zone ids and English names of districts; `nil`: all.
  let chosen: (zones: Set<String>, districts: Set<String>)?

  init(zones: [Zone], language: String, places: [Zone]?) {
    names = Dictionary(
      zones.map { ($0.id, $0.name[language]) }, uniquingKeysWith: { first, _ in first })
    self.language = language
    chosen = places.map { (Set($0.map(\.id)), Set($0.map { $0.district["en"] })) }
  }

  func lines(of picture: PublicPicture) -> [String] {
    let rows = picture.zones.filter { chosen?.zones.contains($0.zone) ?? true }
    let unrecorded = picture.recorded ? [] : ["Not recorded: the journal cannot be written."]
    let blind = unseen(in: picture)
    let said = rows.map { line(of: $0, in: picture) } + blind + unrecorded
    if rows.contains(where: { $0.stage != .ended }) || !blind.isEmpty { return said }
    return [chosen == nil ? "No warning." : "No warning for your places."] + said
  }

  func blind(_ reason: String) -> String {
    "We cannot see right now: follow the sirens and the radio. (\(reason))"
  }

  /// The hazard's own words in the reader's language, then place and time.
  private func line(of row: PublicPicture.ZoneState, in picture: PublicPicture) -> String {
    let mode = row.mode == .actual ? "" : row.mode.rawValue.uppercased() + ": "
    let name = names[row.zone] ?? row.zone
    if let ended = row.ended {
      let word = row.corrected ? "Corrected" : "Ended"
      return "\(mode)\(word): \(name), \(clock(ended)) [\(row.warning)]"
    }
    let words = picture.warnings.first { $0.id == row.warning }?.text[language] ?? row.hazard
    let time =
      row.expected.map { ", impact expected \(clock($0))" }
      ?? row.seconds.map { ", \(Int($0)) s" } ?? ""
    return "\(mode)\(name)\(time): \(words) [\(row.warning)]"
  }

  private func unseen(in picture: PublicPicture) -> [String] {
    let silent = picture.health.filter {
      $0.state == .blind && chosen?.districts.contains($0.district["en"]) ?? true
    }
    return silent.map { blind("no source sees \($0.district[language])") }
  }

  private func clock(_ moment: Timestamp) -> String { "\(moment.milliseconds)" }
}
