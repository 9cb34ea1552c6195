import Foundation
package import TocsinConfiguration
package import TocsinModel

/// The part of a configuration that is the plan: zones, radars, hazards and rules.
///
/// What a file does not say stays as it is in the plan that it is laid over, so that a file of three lines
/// can say "the same plan, with another threshold".
package struct PlanFields {
  /// Against which relative paths are meant.
  let folder: String
  /// Words for people: oddities of zones, which refuse nothing.
  package private(set) var notes: [String] = []

  package init(folder: String) { self.folder = folder }

  package static let keys = [
    "title", "time_zone", "zones", "radars", "hazards", "tracked_hazard", "ground_height_m",
    "height_grid", "policy",
  ]

  /// Lays what the mapping says over a plan.
  package mutating func lay(_ fields: inout YAMLFields, over plan: inout Plan) {
    plan.title = fields.optionalTexts("title") ?? plan.title
    plan.timeZone = fields.optionalTimeZone("time_zone") ?? plan.timeZone
    plan.zones = zones(&fields) ?? plan.zones
    plan.radars = radars(&fields) ?? plan.radars
    lay(hazards: fields.mappings("hazards", each: "hazard"), &fields, over: &plan)
    if let hazard = fields.optionalText("tracked_hazard") {
      if !plan.hazards.contains(where: { $0.id == hazard }) {
        fields.fault(
          "tracked_hazard",
          "is '\(hazard)'; the hazards are: \(plan.hazards.map(\.id).joined(separator: ", "))")
      }
      plan.trackedHazard = hazard
    }
    plan.groundHeight =
      fields.optionalNumber("ground_height_m", within: -1000...9000) ?? plan.groundHeight
    lay(heightGrid: fields.optionalText("height_grid"), &fields, over: &plan)
    if var rules = fields.mapping("policy") {
      lay(policy: &rules, over: &plan.policy)
      fields.take(rules)
    }
  }

  private func path(_ name: String) -> String {
    name.hasPrefix("/") ? name : folder + "/" + name
  }

  private mutating func zones(_ fields: inout YAMLFields) -> [Zone]? {
    guard let name = fields.optionalText("zones") else { return nil }
    do {
      if name == "default" { return try StandardZones.read() }
      let imported = try ZoneFile.read(path(name))
      if !imported.faults.isEmpty {
        notes.append(
          "\(imported.faults.count) oddities in \(name); 'tocsin zones check' prints each.")
      }
      if imported.zones.isEmpty { fields.fault("zones", "names '\(name)', which has no zone") }
      return imported.zones
    } catch {
      fields.fault("zones", "cannot be read: \(error)")
      return nil
    }
  }

  private mutating func radars(_ fields: inout YAMLFields) -> [Radar]? {
    guard let name = fields.optionalText("radars") else { return nil }
    do {
      return try RadarsFile.read(path(name))
    } catch {
      fields.fault("radars", "cannot be read: \(error)")
      return nil
    }
  }

  /// `none` takes away the grid of the plan below.
  private func lay(heightGrid name: String?, _ fields: inout YAMLFields, over plan: inout Plan) {
    guard let name else { return }
    do {
      plan.heightGrid = name == "none" ? nil : try HeightGridFile.read(path(name))
    } catch {
      fields.fault("height_grid", "cannot be read: \(error)")
    }
  }

  /// A hazard of a known id is replaced, another is added.
  private func lay(
    hazards entries: [YAMLFields], _ fields: inout YAMLFields, over plan: inout Plan
  ) {
    for var entry in entries {
      let id = entry.text("id")
      let (name, early) = (entry.texts("name"), entry.texts("early"))
      let (shelter, ended) = (entry.texts("shelter"), entry.texts("ended"))
      let correction = entry.texts("correction")
      fields.take(entry)
      guard let id, let name, let early, let shelter, let ended, let correction else { continue }
      let hazard = Hazard(
        id: id, name: name, early: early, shelter: shelter, ended: ended, correction: correction)
      if let place = plan.hazards.firstIndex(where: { $0.id == id }) {
        plan.hazards[place] = hazard
      } else {
        plan.hazards.append(hazard)
      }
    }
  }

  private func lay(policy fields: inout YAMLFields, over policy: inout Policy) {
    policy.missCost = fields.optionalNumber("miss_cost", within: 0.001...1e6) ?? policy.missCost
    policy.fragmentCost =
      fields.optionalNumber("fragment_cost", within: 0.001...1e6) ?? policy.fragmentCost
    policy.patientThreshold =
      fields.optionalNumber("patient_threshold", within: 0...1) ?? policy.patientThreshold
    policy.sharp = fields.optionalNumber("sharp_m", within: 0...1e6) ?? policy.sharp
    policy.lastSeconds = fields.optionalDuration("last_time")?.inSeconds ?? policy.lastSeconds
    policy.patience = fields.optionalDuration("patience")?.inSeconds ?? policy.patience
    policy.reaction = fields.optionalDuration("reaction")?.inSeconds ?? policy.reaction
    policy.shelterSecondsUnstated =
      fields.optionalDuration("shelter_unstated").map { Int($0.inSeconds.rounded()) }
      ?? policy.shelterSecondsUnstated
    policy.dangerRadius =
      fields.optionalNumber("danger_radius_m", within: 1...100_000) ?? policy.dangerRadius
    policy.wide = fields.optionalWhole("wide", within: 1...100_000) ?? policy.wide
    let spans: [(String, WritableKeyPath<Policy, Duration>)] = [
      ("stay", \.stay), ("longest", \.longest), ("renewal", \.renewal), ("hold", \.hold),
      ("oldest_plot", \.oldestPlot), ("newest_plot", \.newestPlot),
      ("oldest_statement", \.oldestStatement), ("confirmation", \.confirmation),
      ("blind", \.blind), ("plots_kept", \.plotsKept),
    ]
    for (key, path) in spans {
      policy[keyPath: path] = fields.optionalDuration(key) ?? policy[keyPath: path]
    }
    if policy.blind > .seconds(15) {
      fields.fault("blind", "is more than 15 s: blindness must be said sooner than that")
    }
    if policy.longest < policy.stay {
      fields.fault("longest", "is shorter than the stay, which would end warnings too early")
    }
  }
}

extension PlanFields {
  /// A plan file (the keys of a configuration that are the plan's) laid over a plan.
  /// - Returns: the plan and notes for people.
  package static func read(
    _ path: String, over base: Plan
  ) throws(UnreadableFile) -> (plan: Plan, notes: [String]) {
    var fields = YAMLFields(try YAMLFile.read(path), name: "")
    var reader = PlanFields(folder: URL(filePath: path).deletingLastPathComponent().path)
    var plan = base
    reader.lay(&fields, over: &plan)
    let faults = fields.allFaults()
    guard faults.isEmpty else { throw UnreadableFile(path: path, problem: .faults(faults)) }
    return (plan, reader.notes)
  }
}
