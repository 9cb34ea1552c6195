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
  /// Share of bodies that come up into a radar's sight, and meters a second that they rise then, on average.
  private static let risingShare = 0.9
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
    var rise: Double
    /// Whether its radar has only begun to look, and may see first what has long been up.
    var isEarly: Bool
    /// The nearest others of its radar, by distance in meters.
    var nearest: [(index: Int, distance: Double)] = []
  }

  /// Weighs every candidate by how often bodies and false plots come, as the loose plots have it: a plot is false
  /// as far as no candidate claims it with success. Begins with all plots false and goes on twice from what follows.
  mutating func score() {
    guard !candidates.isEmpty, let first = loose.first, let last = loose.last else { return }
    var places = [Int?](repeating: nil, count: last.serial - first.serial + 1)
    for (place, plot) in loose.enumerated() { places[plot.serial - first.serial] = place }
    // Where each candidate's plots stand among the loose ones; `nil` for what is no longer kept.
    let ways = candidates.map { candidate in
      candidate.plots.map { $0.serial < first.serial ? nil : places[$0.serial - first.serial] }
    }
    let sky = sky()
    let (reach, logVolume) = (reach, log(volume))
    let started = trails.count {
      $0.isAlive && $0.plots > 2 && (now - $0.firstPlot).inSeconds < Self.looseSpan
    }
    let spans = firstHeard.map { first in
      10 + (first.map { min(max((now - $0).inSeconds, 0), Self.looseSpan) } ?? 0)
    }
    var isFalse = [Double](repeating: 1, count: loose.count)
    for round in 0..<3 {
      var falsePlots = [Double](repeating: 0.05, count: radars.count)
      var low = [Double](repeating: 0.5, count: radars.count)
      for (index, sighting) in sky.enumerated() {
        falsePlots[sighting.radar] += isFalse[index]
        low[sighting.radar] += isFalse[index] * sighting.rise
      }
      // One body alone says nothing of others, and two plots or more make a body.
      let bodies = max(Double(started) - 1, 0) + isFalse.reduce(0) { $0 + (1 - $1) } / 2
      var claims = [Double](repeating: 0, count: loose.count)
      for index in candidates.indices {
        let (plots, way) = (candidates[index].plots, ways[index])
        // A candidate is weighed without its own plots.
        var (others, otherLow, otherBodies) = (falsePlots, low, bodies)
        for case let place? in way {
          others[sky[place].radar] -= isFalse[place]
          otherLow[sky[place].radar] -= isFalse[place] * sky[place].rise
          otherBodies -= (1 - isFalse[place]) / 2
        }
        var score =
          candidates[index].logLikelihood + log(0.003 + max(otherBodies, 0) / Self.looseSpan)
          + Double(plots.count - 1) * logVolume
        for (plot, place) in zip(plots, way) {
          let all = max(others[plot.radar], 0.05)
          guard plot != plots[0] else {
            score -= log(all / spans[plot.radar])
            guard let place, !sky[place].isEarly else { continue }
            let share = min(max(otherLow[plot.radar] / (all + 0.95), 0.02), 1)
            score += log(1 - Self.risingShare + Self.risingShare * sky[place].rise / share)
            continue
          }
          // A plot that is no longer kept is weighed by all.
          let near = place.map { density(near: sky[$0], within: reach, but: way, isFalse) } ?? all
          let least = min(
            max(Self.unseenShare * all, Self.unseen.lowerBound), Self.unseen.upperBound)
          score -= log(max(near, least) / spans[plot.radar])
        }
        candidates[index].score = score
        if round == 0 { candidates[index].leastScore = score }
        let claim = exp(min(score, 50))
        for case let place? in way { claims[place] = max(claims[place], claim) }
      }
      isFalse = claims.map { 1 / (1 + $0) }
    }
  }

  /// How many false plots there would be in the volume over which they are counted if they were everywhere as dense as
  /// near one, a candidate's own left out; below the lowest that the radar sees there is none.
  private func density(
    near one: Sighting, within reach: Double, but own: [Int?], _ isFalse: [Double]
  ) -> Double {
    var (count, weight, radius) = (0.0, 0.0, reach)
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
    let share = radius / reach
    return count / (share * share * share * visible)
  }

  /// Meters around a plot in which its false neighbours are counted.
  private var reach: Double { cbrt(volume * 3 / (4 * .pi)) }

  /// Cubic meters within it; a setting that makes no sense must not stop all tracks.
  private var volume: Double { max(settings.falsePlotVolume, 1e6) }

  private func sky() -> [Sighting] {
    var sky = loose.map { plot in
      let (site, place) = (sites[plot.measured.radar], plot.measured.place)
      let above = (site.elevation(of: place) - settings.lowestElevation) * .pi / 180
      let height = max(above, 0) * length(place - site.place)
      let interval = rhythms[plot.measured.radar].certain ?? Self.usualInterval
      let isEarly =
        firstHeard[plot.measured.radar].map {
          (plot.measured.time - $0).inSeconds < interval
        } ?? true
      return Sighting(
        radar: plot.measured.radar, place: place, height: height,
        rise: exp(-height / (Self.usualRise * interval + 3 * plot.measured.sigmas.z)),
        isEarly: isEarly)
    }
    let (places, radars) = (sky.map(\.place), sky.map(\.radar))
    let farthest = reach * reach
    for one in places.indices {
      let (place, radar) = (places[one], radars[one])
      var nearest: [(index: Int, distance: Double)] = []
      nearest.reserveCapacity(Self.crowdLimit + 1)
      var limit = farthest
      for other in places.indices where other != one && radars[other] == radar {
        let way = places[other] - place
        let square = dot(way, way)
        guard square < limit else { continue }
        if nearest.count == Self.crowdLimit { nearest.removeLast() }
        var slot = nearest.count
        while slot > 0, nearest[slot - 1].distance > square { slot -= 1 }
        nearest.insert((other, square), at: slot)
        if nearest.count == Self.crowdLimit { limit = nearest[Self.crowdLimit - 1].distance }
      }
      for index in nearest.indices {
        nearest[index].distance = nearest[index].distance.squareRoot()
      }
      sky[one].nearest = nearest
    }
    return sky
  }
}
