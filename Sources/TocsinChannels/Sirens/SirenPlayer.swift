package import TocsinModel

/// What one siren shall do, as a value without clock or wire: which pattern it plays and since when.
package struct SirenPlayer: Hashable, Sendable {
  /// What sounds: why, for which zones, since when.
  package struct Play: Hashable, Sendable {
    package var warning: String
    package var stage: Stage
    package var zones: Set<String>
    package var pattern: SirenPattern
    package var began: ContinuousClock.Instant

    package init(
      warning: String, stage: Stage, zones: Set<String>, pattern: SirenPattern,
      began: ContinuousClock.Instant
    ) {
      self.warning = warning
      self.stage = stage
      self.zones = zones
      self.pattern = pattern
      self.began = began
    }
  }

  package private(set) var play: Play?

  package init() {}

  /// A pattern that is played already begins anew; "be ready" never takes the place of "take shelter".
  package mutating func begin(_ play: Play) {
    if self.play?.stage == .shelter, play.stage == .early { return }
    self.play = play
  }

  /// Ends what sounds for a warning, if all the zones for which it sounds are told so.
  package mutating func end(_ warning: String, zones: Set<String>) {
    if let play, play.warning == warning, play.zones.isSubset(of: zones) { self.play = nil }
  }

  /// Whether the relay shall be on, and when that changes; a play that is over is forgotten.
  package mutating func state(
    at now: ContinuousClock.Instant
  ) -> (isOn: Bool, until: ContinuousClock.Instant?) {
    guard let play else { return (false, nil) }
    let state = play.pattern.state(after: now - play.began)
    guard let until = state.until else {
      self.play = nil
      return (false, nil)
    }
    return (state.isOn, play.began + until)
  }
}

/// What a notice means to one siren.
package enum SirenOrder: Hashable, Sendable {
  case sound(SirenPattern, zones: Set<String>)
  case stop(zones: Set<String>)
  case nothing

  /// - Parameter reach: where the siren is heard, with the zones of its districts.
  package init(_ notice: Notice, _ reach: SirenReach) {
    self.init(notice, zones: reach.zones, patterns: reach.patterns)
  }

  package init(_ notice: Notice, zones: Set<String>, patterns: [Stage: SirenPattern]) {
    let rows = notice.rows.filter { zones.contains($0.zone) }
    let told = Set(rows.map(\.zone))
    guard !rows.isEmpty else {
      self = .nothing
      return
    }
    switch notice.kind {
    case .correction: self = .stop(zones: told)
    case .allClear:
      // Only where nothing else holds a zone, and only if every zone that hears the siren is told so: one
      // that is still in danger must not hear an all-clear.
      let free = rows.filter { ($0.stillUnder ?? []).isEmpty }
      if let pattern = patterns[.ended], Set(free.map(\.zone)) == zones {
        self = .sound(pattern, zones: zones)
      } else {
        self = free.count == rows.count ? .stop(zones: told) : .nothing
      }
    case .warning, .extension, .renewal:
      self = patterns[notice.stage].map { .sound($0, zones: told) } ?? .nothing
    }
  }
}

extension Notice {
  /// Why it is too old for a siren to sound in the zones; `nil` if it is not.
  func staleness(for zones: Set<String>, after age: Duration, at now: Timestamp) -> String? {
    let expires = rows.filter { zones.contains($0.zone) }.map(\.expires).max()
    guard now > issued + age || now >= expires ?? .distantFuture else { return nil }
    return "was not sounded: the notice is of \(issued), older than \(age)"
  }
}
