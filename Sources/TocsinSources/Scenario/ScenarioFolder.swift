import CAP
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
    let ground = fields.optionalNumber("ground_height_m", within: -1000...9000) ?? 0
    let grid = fields.optionalText("height_grid")
    let simulated = fields.optionalTexts("simulated")
    let incident = fields.node("incident").map { YAMLFields($0, name: "incident") }
    var faults: [String] = []
    let opening = opening(incident, id: id, title: title, at: start, &faults)
    let sources = sources(fields.node("sources"), &faults)
    let radars = fields.optionalText("radars")
    let plots = fields.optionalText("plots")
    let statements = fields.optionalText("statements")
    let messages = messages(&fields, from: sources)
    faults = fields.allFaults() + faults
    guard faults.isEmpty, let id, let title, let timeZone, let start, let end, let zones,
      let hazard
    else { throw UnreadableFile(path: file, problem: .faults(faults)) }

    let known = Set(sources.map(\.id))
    let choice: Scenario.ZoneChoice = zones == "default" ? .standard : .file(path + "/" + zones)
    let batches = try plots.map(plotBatches) ?? []
    let said =
      try statements.map { name throws(UnreadableFile) in
        try ScenarioStatements(path: path + "/" + name, incident: id).read(known)
      } ?? []
    let items = opening + batches + said + (try announcements(messages, choice, file))
    return Scenario(
      id: id, title: title, timeZone: timeZone, start: start, end: end, zones: choice,
      hazard: hazard, groundHeight: ground,
      heightGrid: try grid.map { name throws(UnreadableFile) in
        try HeightGridFile.read(path + "/" + name)
      }, simulated: simulated,
      radars: try radars.map { name throws(UnreadableFile) in
        try RadarsFile.read(path + "/" + name)
      } ?? [], sources: sources,
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
      let authority = fields.flag("authority")
      if authority, kind != .feed {
        fields.fault(
          "authority", "is for feeds: a radar's plots are decided on, a document warns nobody")
      }
      faults += fields.allFaults()
      if let id, let name, let kind {
        sources.append(
          Source(id: id, name: name, kind: kind, hasAuthority: authority, heartbeat: heartbeat))
      }
    }
    return sources
  }

  /// A CAP message that a source sends when it says it was sent.
  private struct Message {
    var source: String
    var file: String
  }

  private func messages(_ fields: inout YAMLFields, from sources: [Source]) -> [Message] {
    fields.mappings("messages", each: "file").compactMap { entry in
      var entry = entry
      let (source, file) = (entry.text("source"), entry.text("file"))
      if let source, !sources.contains(where: { $0.id == source && $0.kind == .feed }) {
        entry.fault("source", "is '\(source)', which is no feed among the sources")
      }
      fields.take(entry)
      guard let source, let file else { return nil }
      return Message(source: source, file: file)
    }
  }

  private func announcements(
    _ messages: [Message], _ choice: Scenario.ZoneChoice, _ file: String
  ) throws(UnreadableFile) -> [Scenario.Item] {
    guard !messages.isEmpty else { return [] }
    let zones: [Zone]
    do {
      zones = try choice.read()
    } catch {
      throw UnreadableFile(path: file, problem: .faults(["zones: \(error)"]))
    }
    var items: [Scenario.Item] = []
    var readers: [String: CAPReader] = [:]
    for message in messages {
      let name = path + "/" + message.file
      let bytes = try FileBytes.read(name)
      let reading = Reading(bytes)
      guard let sent = reading.alert.map({ Timestamp($0.sent) }), reading.isValid else {
        throw UnreadableFile(path: name, problem: .faults(reading.faults.map { "\($0)" }))
      }
      var reader =
        readers[message.source]
        ?? CAPReader(CAPReader.Settings(source: message.source), plan: Plan(zones: zones))
      let news = reader.read(reading, bytes, at: sent)
      readers[message.source] = reader
      guard news.faults.isEmpty else {
        throw UnreadableFile(path: name, problem: .faults(news.faults))
      }
      items += news.statements.map { Scenario.Item(time: sent, content: .statement($0)) }
    }
    return items
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
