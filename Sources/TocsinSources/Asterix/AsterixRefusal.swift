import TocsinModel

/// Why a record did not become a plot, or not a sign of life.
package enum AsterixRefusal: String, Hashable, Sendable, CaseIterable {
  case unknownSystem, implausible, simulated, monitor, inhibited
  case noPosition, noHeight, beyondRange, coasted, ended, noAccuracy

  var words: String {
    switch self {
    case .unknownSystem: "of systems that are not configured"
    case .implausible: "that make no sense"
    case .simulated: "of simulated or test targets"
    case .monitor: "of fixed field monitors"
    case .inhibited: "of radars that say 'do not use' or that their clock is wrong"
    case .noPosition: "without range and azimuth, or without a WGS-84 position"
    case .noHeight: "without a measured height, or with one at the end of its field"
    case .beyondRange: "beyond the range that the format can tell"
    case .coasted: "of tracks that no radar sees at present"
    case .ended: "of tracks that end"
    case .noAccuracy: "of tracks without an accuracy, or with an impossible one"
    }
  }
}

/// Counts of what was not used, told from time to time and not for each record.
package struct AsterixTally: Hashable, Sendable {
  package private(set) var counts: [AsterixRefusal: Int] = [:]
  private(set) var strangers = 0

  mutating func count(_ refusal: AsterixRefusal) { counts[refusal, default: 0] += 1 }
  mutating func countStranger() { strangers += 1 }

  /// One sentence for each kind of thing that was not used.
  var lines: [String] {
    let records = AsterixRefusal.allCases.compactMap { refusal in
      counts[refusal].map { "\($0) records \(refusal.words) were not used" }
    }
    let strange =
      strangers > 0 ? ["\(strangers) datagrams came from addresses that are not in 'from'"] : []
    return records + strange
  }
}
