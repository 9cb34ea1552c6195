public import TocsinModel

extension Archive {
  /// Why an act does not fit the record as it is now; empty if it does.
  public func faults(of act: Record.Act) -> [Record.Fault] {
    switch act {
    case .open(let incident): return unopened(incident.id, "incident.id")
    case .merge(let incident, let other, _):
      return opened(incident, "incident") + opened(other, "into")
        + (current(other) == current(incident)
          ? [.init("into", "is the same incident already")] : [])
    case .part(let incident, let whole, _):
      return opened(incident, "incident") + opened(whole, "of")
        + (current(whole) == current(incident) ? [.init("of", "is the incident itself")] : [])
    case .split(let incident, let new, let ids, _):
      return opened(incident, "incident") + unopened(new.id, "into.id")
        + ids.flatMap { known($0, "statements") }
    case .state(let statement): return faults(of: statement)
    case .assess(let assessment): return known(assessment.statement, "statement")
    case .resolve(let resolution):
      return opened(resolution.incident, "incident")
        + resolution.evidence.flatMap { known($0, "evidence") }
    case .handle(let id, _): return known(id, "statement")
    case .remove(let id, _, _, let digest):
      // Its words may be gone from the journal; the digest then says which one it was.
      return Recorded.id(digest) == id ? [] : known(id, "statement")
    }
  }

  private func faults(of statement: Record.Statement) -> [Record.Fault] {
    guard let home = incidents[current(statement.incident)] else {
      return opened(statement.incident, "incident")
    }
    var faults: [Record.Fault] = []
    if !Record.Attribute.list(for: home.incident.kind).contains(statement.attribute) {
      faults.append(
        .init(
          "attribute",
          "is '\(statement.attribute.rawValue)', which an incident of the kind "
            + "'\(home.incident.kind.rawValue)' does not have"))
    }
    if let replaced = statement.replaces {
      faults += known(replaced.statement, "replaces.statement")
    }
    return faults
  }

  private func opened(_ id: String, _ field: String) -> [Record.Fault] {
    incidents[id] == nil
      ? [.init(field, "is '\(id)', which nobody has opened ('tocsin record open')")] : []
  }

  private func unopened(_ id: String, _ field: String) -> [Record.Fault] {
    incidents[id] == nil ? [] : [.init(field, "is '\(id)', which is open already")]
  }

  private func known(_ id: String, _ field: String) -> [Record.Fault] {
    statements[id] == nil && tombstones[id] == nil
      ? [.init(field, "is '\(id)', which the record does not have")] : []
  }

  /// The incident that one is read under, after all merges.
  public func current(_ incident: String) -> String {
    var (id, seen) = (incident, Set<String>())
    while let link = sameAs[id], seen.insert(id).inserted { id = link.other }
    return id
  }

  mutating func apply(_ act: Record.Act, by person: String, _ step: Step) {
    switch act {
    case .open(let incident):
      incidents[incident.id] = Opened(incident: incident, at: step.time, by: person)
    case .merge(let incident, let other, let reason):
      sameAs[current(incident)] = Link(
        incident: incident, other: current(other), at: step.time, by: person, reason: reason)
    case .part(let incident, let whole, let reason):
      partOf[incident, default: []].append(
        Link(incident: incident, other: whole, at: step.time, by: person, reason: reason))
    case .split(let incident, let new, let ids, let reason):
      incidents[new.id] = Opened(incident: new, at: step.time, by: person)
      for id in ids { belongs[id] = new.id }
      partOf[new.id, default: []].append(
        Link(incident: new.id, other: incident, at: step.time, by: person, reason: reason))
    case .state(let statement): add(Recorded(statement, at: step.time, by: person))
    case .assess(let assessment):
      assessments[assessment.statement, default: []].append(
        Assessed(assessment: assessment, at: step.time))
    case .resolve(let resolution):
      resolutions.append(Resolved(resolution: resolution, at: step.time, entry: step.entry))
    case .handle(let id, let handling):
      handlings[id, default: []].append(Handled(handling: handling, at: step.time))
    case .remove(let id, let reasonClass, let reason, let digest):
      tombstones[id] = Tombstone(
        statement: id, reasonClass: reasonClass, reason: reason, by: person, at: step.time,
        sha256: statements[id]?.sha256 ?? digest)
    }
  }

  /// The same statement a second time is the same statement.
  mutating func add(_ recorded: Recorded) {
    guard statements[recorded.id] == nil, tombstones[recorded.id] == nil else { return }
    statements[recorded.id] = recorded
    belongs[recorded.id] = recorded.statement.incident
    reopen(for: recorded)
  }

  /// A reading by an editor is open again as soon as a later statement conflicts with it.
  private mutating func reopen(for recorded: Recorded) {
    let statement = recorded.statement
    for index in resolutions.indices where resolutions[index].reopenedBy == nil {
      let resolution = resolutions[index].resolution
      guard current(resolution.incident) == current(statement.incident),
        resolution.attribute == statement.attribute, resolution.subject == statement.subject
      else { continue }
      var reading = statement
      reading.stance = .asserts
      reading.value = resolution.value
      if Comparison.relation(reading, statement) == .conflicting {
        resolutions[index].reopenedBy = recorded.id
      }
    }
  }
}
