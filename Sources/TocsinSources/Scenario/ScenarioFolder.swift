import Foundation
import TocsinConfiguration
import TocsinModel
import Yams

/// Reads a scenario's folder; every fault of a file is named at once.
struct ScenarioFolder {
  let path: String

  func read() throws(UnreadableFile) -> Scenario {
    let file = path + "/scenario.yaml"
    var fields = YAMLFields(try YAMLFile.read(file), name: "")
    let id = fields.text("id")
    let title = fields.texts("title")
    let timeZone = fields.optionalTimeZone("time_zone")
    if timeZone == nil { fields.fault("time_zone", "is missing; write one like Asia/Jerusalem") }
    let start = fields.time("start")
    let end = fields.time("end")
    if let start, let end, end <= start { fields.fault("end", "is not after 'start'") }
    let zones = fields.text("zones")
    let hazard = fields.text("hazard")
    let ground = fields.number("ground_height_m", within: -1000...9000)
    let simulated = fields.optionalTexts("simulated")
    let incident = fields.node("incident").map { YAMLFields($0, name: "incident") }
    var faults: [String] = []
    let opening = opening(incident, id: id, title: title, at: start, &faults)
    let sources = sources(fields.node("sources"), &faults)
    let files = (fields.text("radars"), fields.text("plots"), fields.text("statements"))
    faults = fields.allFaults() + faults
    guard faults.isEmpty, let id, let title, let timeZone, let start, let end, let zones,
      let hazard, let ground, case (let radars?, let plots?, let statements?) = files
    else { throw UnreadableFile(path: file, problem: .faults(faults)) }

    let known = Set(sources.map(\.id))
    let batches = try plotBatches(plots)
    let said = try ScenarioStatements(path: path + "/" + statements, incident: id).read(known)
    let items = opening + batches + said
    return Scenario(
      id: id, title: title, timeZone: timeZone, start: start, end: end,
      zones: zones == "default" ? .standard : .file(path + "/" + zones), hazard: hazard,
      groundHeight: ground, simulated: simulated,
      radars: try RadarsFile.read(path + "/" + radars), sources: sources,
      // What is told at the same moment keeps the order of its file.
      items: items.enumerated()
        .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element))
  }

  /// The incident is opened before anything is said about it, by the person who stands in the file.
  private func opening(
    _ fields: YAMLFields?, id: String?, title: Texts?, at start: Timestamp?,
    _ faults: inout [String]
  ) -> [Scenario.Item] {
    guard var fields, let id, let title, let start else { return [] }
    let kind = fields.choice("kind", of: Record.Incident.Kind.self)
    let person = fields.text("opened_by")
    faults += fields.allFaults()
    guard let kind, let person else { return [] }
    let incident = Record.Incident(id: id, kind: kind, title: title)
    let command = Command(person: person, order: .record(.open(incident)))
    return [Scenario.Item(time: start, content: .command(command))]
  }

  private enum Kind: String, CaseIterable { case radar, feed, document }

  private func sources(_ node: Node?, _ faults: inout [String]) -> [Source] {
    var sources: [Source] = []
    for (index, entry) in (node?.sequence ?? []).enumerated() {
      var fields = YAMLFields(entry, name: "source \(index + 1)")
      let id = fields.text("id")
      let name = fields.texts("name")
      let kind = fields.choice("kind", of: Kind.self).flatMap { Source.Kind(rawValue: $0.rawValue) }
      let heartbeat = fields.optionalDuration("heartbeat")
      if let id, sources.contains(where: { $0.id == id }) {
        fields.fault("id", "is '\(id)' a second time; give every source its own")
      }
      faults += fields.allFaults()
      // Nothing in a replay has authority: its warnings come from plots alone.
      if let id, let name, let kind {
        sources.append(Source(id: id, name: name, kind: kind, heartbeat: heartbeat))
      }
    }
    return sources
  }

  /// The plots of one scan, within 50 ms, are told together.
  private func plotBatches(_ name: String) throws(UnreadableFile) -> [Scenario.Item] {
    let file = path + "/" + name
    let read = try PlotFile.read(file)
    guard read.faults.isEmpty else {
      throw UnreadableFile(path: file, problem: .faults(read.faults.map(\.description)))
    }
    var batches: [[Plot]] = []
    for case .plot(let plot) in read.lines.sorted(by: { $0.time < $1.time }) {
      if let first = batches.last?.first, plot.measured - first.measured <= .milliseconds(50) {
        batches[batches.count - 1].append(plot)
      } else {
        batches.append([plot])
      }
    }
    return batches.map { plots in
      Scenario.Item(time: plots[plots.count - 1].measured, content: .plots(plots))
    }
  }
}
