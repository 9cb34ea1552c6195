import TocsinModel
import TocsinSources

/// One pass over a chronicle, by time.
struct StatisticsCount {
  private let chronicle: Chronicle
  private let places: [Places.Place]
  private let meanings: [Int16: AlertMeaning]
  private let hazard: String?
  private let range: Range<Int64>
  /// Whether a place is in the selection.
  private let isMeant: [Bool]

  private var open: Statistics.Episode?
  private var openZones: Set<Int32> = []
  private var previous: (moment: Timestamp, offset: Int)?
  /// Early warnings that wait to be followed, by place: the moment in milliseconds.
  private var waiting: [Int32: Int64] = [:]
  private var hazards: [Int16: Int] = [:]
  private var districts: [Int: Int] = [:]

  init(_ chronicle: Chronicle, _ places: [Places.Place], _ selection: Selection) {
    self.chronicle = chronicle
    self.places = places
    meanings = Set(chronicle.categories).reduce(into: [:]) {
      $0[$1] = AlertMeaning(historyCategory: Int($1))
    }
    hazard = selection.hazard
    let from = selection.from.map { $0.nanoseconds / 1_000_000 } ?? .min
    let to = selection.to.map { $0.nanoseconds / 1_000_000 } ?? .max
    range = from..<max(from, to)
    isMeant = places.map { place in
      (selection.zone.map(place.zones.contains) ?? true)
        && (selection.district.map { $0 == place.district } ?? true)
    }
  }

  mutating func run(into statistics: inout Statistics) {
    for row in chronicle.rows(in: range) where isMeant[Int(chronicle.places[row])] {
      take(row, &statistics)
    }
    closeEpisode(&statistics)
    statistics.early.notFollowed += waiting.count
    if statistics.earlyWarnings == 0 { statistics.early.unannounced = 0 }
    statistics.calms.sort { ($1.span, $0.start) < ($0.span, $1.start) }
    statistics.calms = Array(statistics.calms.prefix(Statistics.calmsKept))
  }

  private mutating func take(_ row: Int, _ statistics: inout Statistics) {
    let category = chronicle.categories[row]
    let meaning = meanings[category]
    if let hazard, meaning?.hazard != hazard { return }
    statistics.rows += 1
    guard !chronicle.isRepeat[row] else {
      statistics.repeats += 1
      return
    }
    guard let meaning else {
      statistics.unknownCategory += 1
      return
    }
    if meaning.isDrill {
      statistics.drills += 1
      return
    }
    switch meaning.stage {
    case .takeShelter: takeWarning(row, meaning, &statistics)
    case .earlyWarning: takeEarly(row, &statistics)
    case .ended: statistics.ends += 1
    case .noDanger: statistics.noDanger += 1
    }
  }

  private mutating func takeWarning(
    _ row: Int, _ meaning: AlertMeaning, _ statistics: inout Statistics
  ) {
    let place = chronicle.places[row]
    let moment = Timestamp(nanoseconds: chronicle.moments[row] * 1_000_000)
    let offset = Int(chronicle.offsets[row])
    let hours = (chronicle.moments[row] + Int64(offset) * 60_000).flooredQuotient(3_600_000)
    let day = hours.flooredQuotient(24)
    statistics.warnings += 1
    statistics.first = statistics.first ?? moment
    statistics.last = moment
    statistics.byDay[Int(day), default: 0] += 1
    statistics.byHour[Int(hours - day * 24)] += 1
    // 1 January 1970 was a Thursday.
    statistics.byWeekday[Int((day + 3) - (day + 3).flooredQuotient(7) * 7)] += 1
    statistics.byDayHour[Int(hours), default: 0] += 1
    statistics.byPlace[Int(place)] += 1
    statistics.byHazard[meaning.hazard ?? "", default: 0] += 1
    statistics.byDistrict[places[Int(place)].district ?? "", default: 0] += 1
    if !places[Int(place)].isKnown { statistics.offMap += 1 }
    follow(place, at: chronicle.moments[row], &statistics)
    extend(place, moment, offset, &statistics)
  }

  private mutating func takeEarly(_ row: Int, _ statistics: inout Statistics) {
    statistics.earlyWarnings += 1
    let place = chronicle.places[row]
    // One that is repeated before anything came of it is the same waiting.
    if let since = waiting[place], chronicle.moments[row] - since <= Self.followed { return }
    if waiting.updateValue(chronicle.moments[row], forKey: place) != nil {
      statistics.early.notFollowed += 1
    }
  }

  private static let followed = Statistics.followed.nanoseconds / 1_000_000

  private mutating func follow(_ place: Int32, at ms: Int64, _ statistics: inout Statistics) {
    guard let since = waiting.removeValue(forKey: place) else {
      statistics.early.unannounced += 1
      return
    }
    if ms - since <= Self.followed {
      statistics.early.followed += 1
      statistics.early.leads.append(Double(ms - since) / 1_000)
    } else {
      statistics.early.notFollowed += 1
      statistics.early.unannounced += 1
    }
  }

  private mutating func extend(
    _ place: Int32, _ moment: Timestamp, _ offset: Int, _ statistics: inout Statistics
  ) {
    if let previous, moment - previous.moment > Statistics.gap {
      closeEpisode(&statistics)
      statistics.calms.append(
        Statistics.Calm(start: previous.moment, end: moment, offsetMinutes: previous.offset))
    }
    previous = (moment, offset)
    openZones.insert(place)
    if open == nil {
      open = Statistics.Episode(
        start: moment, end: moment, offsetMinutes: offset, warnings: 0, zones: 0)
    }
    open?.end = moment
    open?.warnings += 1
  }

  private mutating func closeEpisode(_ statistics: inout Statistics) {
    guard var episode = open else { return }
    episode.zones = openZones.count
    statistics.episodes.append(episode)
    open = nil
    openZones = []
  }
}

extension Chronicle {
  /// Places of the rows whose moment is in a range, by time.
  func rows(in range: Range<Int64>) -> Range<Int> {
    func place(of ms: Int64) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if moments[middle] < ms { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return place(of: range.lowerBound)..<place(of: range.upperBound)
  }
}

extension Int64 {
  /// Rounded down, also below zero.
  func flooredQuotient(_ divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}
