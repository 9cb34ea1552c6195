import TocsinModel

extension Tocsin {
  /// Any word of a source shows that it lives; a radar's, also the source that brings its plots.
  mutating func hear(_ source: String, at time: Timestamp) {
    lastHeard[source] = time
    if let bringer = atlas.sourceOfRadar[source] { lastHeard[bringer] = time }
    guard !blind.isEmpty else { return }
    for district in blind.keys where (seesUntil(district) ?? time) > time { blind[district] = nil }
  }

  /// Districts whose sources are all silent too long are blind: to operators and to everyone.
  mutating func noticeBlindness(at time: Timestamp) {
    for district in atlas.districts.indices where blind[district] == nil {
      if let until = seesUntil(district), until <= time { blind[district] = until }
    }
  }

  /// Until when a district counts as seen; `nil` if no source has promised to see it.
  ///
  /// The shortest of the policy's time (15 s), three heartbeats, and a third of the shortest shelter time.
  func seesUntil(_ district: Int) -> Timestamp? {
    let name = atlas.districts[district].name["en"]
    let third = atlas.districts[district].shortestShelter.map { Duration.seconds($0) / 3 }
    return plan.sources.compactMap { source -> Timestamp? in
      guard let heartbeat = source.heartbeat, source.districts?.contains(name) ?? true,
        let heard = lastHeard[source.id]
      else { return nil }
      return heard + min(plan.policy.blind, heartbeat * 3, third ?? plan.policy.blind)
    }.max()
  }

  func health(of district: Int) -> PublicPicture.DistrictHealth {
    let name = atlas.districts[district].name
    if let since = blind[district] {
      return .init(district: name, state: .blind, since: since.milliseconds)
    }
    let covered = seesUntil(district) != nil
    return .init(district: name, state: covered ? .covered : .uncovered, since: nil)
  }
}
