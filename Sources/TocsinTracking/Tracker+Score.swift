import TocsinModel

#if canImport(Glibc)
  import Glibc
#endif

/// How much likelier a candidate's plots are as one body than as false plots.
///
/// How often false plots come, near each plot, and how often bodies do is counted from the loose plots themselves, each
/// shared between the two by the candidates that claim it: so a clear sky gives a track with two plots, a crowded one or
/// a patch of birds asks for three or four, and a salvo is not taken for clutter. Source: Y. Bar-Shalom, P. Willett, X. Tian,
/// "Tracking and Data Fusion", 2011 (track score); D. O. Loftsgaarden, C. P. Quesenberry, *Annals of Mathematical Statistics* 36, 1965 (density by the nearest).
extension Tracker {
  /// Share of bodies that come up into a radar's sight, and of these of those that move then as one that comes up; meters
  /// a second that they rise, on average.
  private static let risingShare = 0.9
  private static let climbingShare = 0.9
  private static let usualRise = 300.0
  /// The so manieth false plot nearest to a plot tells how dense they are there; looked for among so many of the
  /// nearest, and no nearer than so many meters.
  private static let enough = 5.0
  private static let crowdLimit = 16
  private static let nearest = 300.0
  /// False plots are nowhere thinner than this share of all in the volume, at least and at most so many.
  private static let unseenShare = 0.05
  private static let unseen = 0.05...0.5

  /// One loose plot in the sky of its radar.
  private struct Sighting {
    var radar: Int
    var place: Vector
    /// Meters above the lowest that the radar sees there.
    var height: Double
    /// How likely a body that comes up into sight would be as high at the first look, beside the lowest: 0 to 1.
    var lowness: Double
    /// Whether its radar has only begun to look, and may see first what has long been up.
    var isEarly: Bool
    /// The nearest others of its radar, by distance in meters.
    var nearest: [(index: Int, distance: Double)] = []
  }

  /// The loose plots, by place in their list, and over what they are counted.
  private struct Sky {
    var sightings: [Sighting]
    /// Of each radar, seconds.
    let spans: [Double]
    /// Meters around a plot in which its false neighbours are counted, and ln of the cubic meters within.
    let reach: Double
    let logVolume: Double
    /// Tracks begun in the last seconds.
    let started: Int
  }

  /// What the loose plots are held to be.
  private struct Census {
    /// Of each loose plot: how likely it is no body's.
    let isFalse: [Double]
    /// Of each radar: its false plots, and how low they lie, by the sum of their `lowness`.
    private var falsePlots: [Double]
    private var low: [Double]
    private var bodies: Double

    init(of sky: Sky, isFalse: [Double]) {
      self.isFalse = isFalse
      falsePlots = sky.spans.map { _ in 0.05 }
      low = sky.spans.map { _ in 0.5 }
      for (sighting, share) in zip(sky.sightings, isFalse) {
        falsePlots[sighting.radar] += share
        low[sighting.radar] += share * sighting.lowness
      }
      // One body alone says nothing of others, and two plots or more make a body.
      bodies = max(Double(sky.started) - 1, 0) + isFalse.reduce(0) { $0 + (1 - $1) } / 2
    }

    /// All but a candidate's own plots: the bodies, and of one radar the false plots and how low they lie.
    func bodies(but way: [Int?]) -> Double {
      var rest = bodies
      for case let place? in way { rest -= (1 - isFalse[place]) / 2 }
      return rest
    }

    func falsePlots(of radar: Int, but way: [Int?], in sky: Sky) -> (all: Double, low: Double) {
      var (all, low) = (falsePlots[radar], low[radar])
      for case let place? in way where sky.sightings[place].radar == radar {
        all -= isFalse[place]
        low -= isFalse[place] * sky.sightings[place].lowness
      }
      return (all, low)
    }
  }

  /// Weighs every candidate by how often bodies and false plots come, as the loose plots have it: a plot is false
  /// as far as no candidate claims it with success. Begins with all plots false and goes on twice from what follows.
  mutating func score() {
    for (index, scores) in zip(candidates.indices, scores()) {
      candidates[index].score = scores.final
      candidates[index].leastScore = scores.least
    }
  }

  /// Of each candidate: its score with all plots false, and in the end.
  private func scores() -> [(least: Double, final: Double)] {
    guard !candidates.isEmpty, let first = loose.first, let last = loose.last else { return [] }
    var places = [Int?](repeating: nil, count: last.serial - first.serial + 1)
    for (place, plot) in loose.enumerated() { places[plot.serial - first.serial] = place }
    // Where each candidate's plots stand among the loose ones; `nil` for what is no longer kept.
    let ways = candidates.map { candidate in
      candidate.plots.map { $0.serial < first.serial ? nil : places[$0.serial - first.serial] }
    }
    let sky = sky()
    var isFalse = [Double](repeating: 1, count: loose.count)
    var scores = [(least: Double, final: Double)](repeating: (0, 0), count: candidates.count)
    for round in 0..<3 {
      let census = Census(of: sky, isFalse: isFalse)
      var claims = [Double](repeating: 0, count: loose.count)
      for index in candidates.indices {
        let score = score(of: candidates[index], by: ways[index], in: sky, census)
        scores[index].final = score
        if round == 0 { scores[index].least = score }
        let claim = exp(min(score, 50))
        for case let place? in ways[index] { claims[place] = max(claims[place], claim) }
      }
      isFalse = claims.map { 1 / (1 + $0) }
    }
    return scores
  }

  /// A candidate's score, all but its own plots being what the census says.
  private func score(
    of candidate: Candidate, by way: [Int?], in sky: Sky, _ census: Census
  ) -> Double {
    var score =
      candidate.logLikelihood + log(0.003 + max(census.bodies(but: way), 0) / Self.looseSpan)
      + Double(candidate.plots.count - 1) * sky.logVolume
    for (turn, (plot, place)) in zip(candidate.plots, way).enumerated() {
      let others = census.falsePlots(of: plot.radar, but: way, in: sky)
      let all = max(others.all, 0.05)
      guard turn > 0 else {
        score -= log(all / sky.spans[plot.radar])
        let seen = place.map { sky.sightings[$0] }
        if let seen, !seen.isEarly {
          score += logFirstSight(
            seen, share: others.low / (all + 0.95), rising: candidate.logRising)
        }
        continue
      }
      // A plot that is no longer kept is weighed by all.
      let near = place.map { density(near: $0, but: way, in: sky, census.isFalse) } ?? all
      let least = min(max(Self.unseenShare * all, Self.unseen.lowerBound), Self.unseen.upperBound)
      score -= log(max(near, least) / sky.spans[plot.radar])
    }
    return score
  }

  /// ln of how much likelier a body is first seen as high as this, and moving so, than false plots are.
  /// - Parameters:
  ///   - share: how low false plots lie, by the mean of their `lowness`.
  ///   - rising: ln of how much likelier it moves as one that comes up into sight.
  private func logFirstSight(_ seen: Sighting, share: Double, rising: Double) -> Double {
    let low = seen.lowness / min(max(share, 0.02), 1)
    let moving = 1 - Self.climbingShare + Self.climbingShare * exp(rising)
    return log(1 - Self.risingShare + Self.risingShare * low * moving)
  }

  /// How many false plots there would be in the volume over which they are counted if they were everywhere as dense as
  /// near one, a candidate's own left out; below the lowest that the radar sees there is none.
  private func density(
    near place: Int, but own: [Int?], in sky: Sky, _ isFalse: [Double]
  ) -> Double {
    let one = sky.sightings[place]
    var (count, weight, radius) = (0.0, 0.0, sky.reach)
    for (index, distance) in one.nearest where !own.contains(index) {
      weight += isFalse[index]
      if weight >= Self.enough {
        radius = distance
        break
      }
      count = weight
    }
    if weight < Self.enough, one.nearest.count == Self.crowdLimit {
      radius = one.nearest[Self.crowdLimit - 1].distance
    }
    radius = max(radius, Self.nearest)
    let part = min(one.height / radius, 1)
    let visible = 0.5 + 0.25 * part * (3 - part * part)
    let share = radius / sky.reach
    return count / (share * share * share * visible)
  }

  private func sky() -> Sky {
    // A setting that makes no sense must not stop all tracks.
    let volume = max(settings.falsePlotVolume, 1e6)
    let started = trails.count {
      $0.isAlive && $0.plots > 2 && (now - $0.firstPlot).inSeconds < Self.looseSpan
    }
    let spans = firstHeard.map { first in
      10 + (first.map { min(max((now - $0).inSeconds, 0), Self.looseSpan) } ?? 0)
    }
    var sky = Sky(
      sightings: loose.map(sighting), spans: spans, reach: cbrt(volume * 3 / (4 * .pi)),
      logVolume: log(volume), started: started)
    let (places, radars) = (sky.sightings.map(\.place), sky.sightings.map(\.radar))
    for one in places.indices {
      sky.sightings[one].nearest = nearest(to: one, places, radars, within: sky.reach)
    }
    return sky
  }

  private func sighting(_ plot: LoosePlot) -> Sighting {
    let measured = plot.measured
    let (site, place) = (sites[measured.radar], measured.place)
    let above = (site.elevation(of: place) - settings.lowestElevation) * .pi / 180
    let height = max(above, 0) * length(place - site.place)
    let interval = rhythms[measured.radar].certain ?? Self.usualInterval
    let begun = firstHeard[measured.radar]
    return Sighting(
      radar: measured.radar, place: place, height: height,
      lowness: exp(-height / (Self.usualRise * interval + 3 * measured.sigmas.z)),
      isEarly: begun.map { (measured.time - $0).inSeconds < interval } ?? true)
  }

  /// The nearest of the same radar, nearest first.
  private func nearest(
    to one: Int, _ places: [Vector], _ radars: [Int], within reach: Double
  ) -> [(index: Int, distance: Double)] {
    var nearest: [(index: Int, distance: Double)] = []
    nearest.reserveCapacity(Self.crowdLimit + 1)
    var limit = reach * reach
    for other in places.indices where other != one && radars[other] == radars[one] {
      let way = places[other] - places[one]
      let square = dot(way, way)
      guard square < limit else { continue }
      if nearest.count == Self.crowdLimit { nearest.removeLast() }
      var slot = nearest.count
      while slot > 0, nearest[slot - 1].distance > square { slot -= 1 }
      nearest.insert((other, square), at: slot)
      if nearest.count == Self.crowdLimit { limit = nearest[Self.crowdLimit - 1].distance }
    }
    return nearest.map { ($0.index, $0.distance.squareRoot()) }
  }
}
