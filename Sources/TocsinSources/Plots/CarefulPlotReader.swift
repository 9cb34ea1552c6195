import TocsinModel

/// Reads any line of JSON as a plot, or says what is wrong with it.
struct CarefulPlotReader {
  let bytes: [UInt8]

  func read() throws(PlotDraft.Refusal) -> PlotLine {
    guard let members = try json().members else {
      throw PlotDraft.Refusal(field: "", error: "is no JSON object; write one plot as {…} a line")
    }
    for name in Self.fields where members.repeated.contains(name) { throw twice(name) }
    var draft = PlotDraft()
    let line = Reader(members: members, path: "")
    draft.time = try time(line)
    draft.radar = try line.text("radar")
    draft.alive = try line.flag("alive") ?? false
    if !draft.alive {
      draft.range = try line.number("range_m")
      draft.azimuth = try line.number("azimuth_deg")
      draft.elevation = try line.number("elevation_deg")
      draft.doppler = try line.number("doppler_mps")
      draft.id = try line.text("plot_id")
      try sigma(line, &draft)
    }
    return try draft.checked()
  }

  private static let fields = [
    "t", "radar", "alive", "range_m", "azimuth_deg", "elevation_deg", "sigma", "doppler_mps",
    "plot_id",
  ]

  private func json() throws(PlotDraft.Refusal) -> LooseJSON {
    do {
      return try LooseJSON(reading: bytes)
    } catch {
      let advice =
        switch error.problem {
        case .unexpectedEnd: "the line was cut off; send it again whole"
        case .notUTF8: "send UTF-8"
        default: "write one JSON object a line"
        }
      throw PlotDraft.Refusal(
        field: "", error: "is not JSON: \(error.text) (column \(error.column)); \(advice)")
    }
  }

  private func time(_ line: Reader) throws(PlotDraft.Refusal) -> Timestamp? {
    guard let text = try line.text("t") else { return nil }
    guard let time = Timestamp(text) else {
      throw PlotDraft.Refusal(
        field: "t",
        error: "'\(text.prefix(40))' is no time with an offset; write 2026-01-01T00:00:01.25Z")
    }
    return time
  }

  private func sigma(_ line: Reader, _ draft: inout PlotDraft) throws(PlotDraft.Refusal) {
    guard let value = line.value("sigma") else { return }
    guard let members = value.members else {
      throw PlotDraft.Refusal(
        field: "sigma",
        error: "is \(value.kind), not an object; give range_m, azimuth_deg and elevation_deg in it")
    }
    for name in ["range_m", "azimuth_deg", "elevation_deg"] where members.repeated.contains(name) {
      throw twice("sigma." + name)
    }
    let reader = Reader(members: members, path: "sigma.")
    draft.hasSigma = true
    draft.sigmaRange = try reader.number("range_m")
    draft.sigmaAzimuth = try reader.number("azimuth_deg")
    draft.sigmaElevation = try reader.number("elevation_deg")
  }

  private func twice(_ field: String) -> PlotDraft.Refusal {
    PlotDraft.Refusal(field: field, error: "is given twice; give it once")
  }

  /// Typed access to the members of one object; a `null` counts as absent.
  private struct Reader {
    var members: LooseJSON.Members
    var path: String

    func value(_ name: String) -> LooseJSON? {
      guard let value = members.values[name], !value.isNull else { return nil }
      return value
    }

    func number(_ name: String) throws(PlotDraft.Refusal) -> Double? {
      guard let value = value(name) else { return nil }
      guard let number = value.number else { throw wrong(name, value, "a number") }
      return number
    }

    func text(_ name: String) throws(PlotDraft.Refusal) -> String? {
      guard let value = value(name) else { return nil }
      guard let text = value.string else { throw wrong(name, value, "a text in quotes") }
      return text
    }

    func flag(_ name: String) throws(PlotDraft.Refusal) -> Bool? {
      guard let value = value(name) else { return nil }
      guard let flag = value.bool else { throw wrong(name, value, "true") }
      return flag
    }

    private func wrong(
      _ name: String, _ value: LooseJSON, _ needed: String
    ) -> PlotDraft.Refusal {
      PlotDraft.Refusal(field: path + name, error: "is \(value.kind); give \(needed)")
    }
  }
}
