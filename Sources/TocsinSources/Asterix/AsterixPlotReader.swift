import Asterix
package import TocsinModel

/// What ASTERIX records mean to us: plots, signs of life, or nothing, with the reason.
///
/// Pure: the moment of reception is a parameter.
package struct AsterixPlotReader: Sendable {
  /// Two signs of life of one radar are at least this far apart: a sector crossing comes many times a second.
  static let pulse = Duration.seconds(1)

  private let systems: [SystemCode: (system: AsterixSystem, radar: Radar)]
  private var inhibited: Set<SystemCode> = []
  private var lastPulse: [SystemCode: Timestamp] = [:]
  package private(set) var tally = AsterixTally()
  private(set) var editions: [UInt8: EditionCheck] = [:]
  private(set) var lastFault: UnreadableBlock?
  /// Blocks of categories that are not read, and of which of them a person was told: once is enough.
  private var skipped: [UInt8: Int] = [:]
  private var toldSkipped: Set<UInt8> = []

  /// - Parameter radars: the plan's; a system whose radar is not among them stays unknown.
  package init(_ systems: [AsterixSystem], radars: [Radar]) {
    let byId = Dictionary(radars.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.systems = Dictionary(
      systems.compactMap { system in byId[system.radar].map { (system.code, (system, $0)) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a datagram says, in its order.
  package mutating func read(_ datagram: [UInt8], received: Timestamp) -> [PlotLine] {
    var lines: [PlotLine] = []
    for piece in BlockReader(datagram) {
      switch piece {
      case .record(let record):
        if let line = take(record, received) { lines.append(line) }
      case .unreadable(let fault):
        editions[fault.category, default: EditionCheck()].count(fault)
        lastFault = fault
      case .skipped(let category, _, _): skipped[category, default: 0] += 1
      }
    }
    return lines
  }

  mutating func countStranger() { tally.countStranger() }

  /// What there is to tell a person since the last time, and a new count.
  package mutating func report() -> [String] {
    let suspected = editions.compactMap { number, check in
      check.isLikelyAnotherEdition ? Category.numbered(number).map { check.words($0) } : nil
    }
    let news = skipped.filter { !toldSkipped.contains($0.key) }.sorted { $0.key < $1.key }
    toldSkipped.formUnion(skipped.keys)
    let lines =
      suspected.sorted() + (lastFault.map { [$0.description] } ?? []) + tally.lines
      + news.map { "\($0.value) blocks of category \($0.key) were skipped, as all of it will be" }
    (tally, editions, lastFault) = (AsterixTally(), [:], nil)
    return lines
  }

  private mutating func take(_ record: Asterix::Record, _ received: Timestamp) -> PlotLine? {
    guard [34, 48, 62].contains(record.category.number) else { return nil }
    editions[record.category.number, default: EditionCheck()].count(record)
    do throws(Unused) {
      switch record.implausibility {
      // A later edition may use bits that are spare in ours, and the rest of the record is sound.
      case nil, .spareBits: break
      case .missing, .timeOfDay, .position: throw Unused(.implausible)
      }
      let code = SystemCode(
        area: record.code(TargetReport.area) ?? 0,
        identification: record.code(TargetReport.identification) ?? 0)
      guard let (system, radar) = systems[code] else { throw Unused(.unknownSystem) }
      switch record.category.number {
      case 34: return pulse(record, system, received)
      case 48:
        guard !inhibited.contains(code) else { throw Unused(.inhibited) }
        return .plot(try Plot(report: record, system, radar, received))
      default: return .plot(try Plot(track: record, system, radar, received))
      }
    } catch {
      tally.count(error.reason)
      return nil
    }
  }

  /// A north marker or sector crossing shows that the radar lives, unless it says that it must not be used.
  private mutating func pulse(
    _ record: Asterix::Record, _ system: AsterixSystem, _ received: Timestamp
  ) -> PlotLine? {
    if let isInhibited = record.code(ServiceMessage.isInhibited) {
      let isUsable = isInhibited == 0 && record.code(ServiceMessage.isTimeInvalid) == 0
      if isUsable { inhibited.remove(system.code) } else { inhibited.insert(system.code) }
    }
    guard [1, 2].contains(record.code(ServiceMessage.type)) else { return nil }
    guard !inhibited.contains(system.code) else {
      tally.count(.inhibited)
      return nil
    }
    if let last = lastPulse[system.code], received < last + Self.pulse { return nil }
    lastPulse[system.code] = received
    let time = record[ServiceMessage.timeOfDay].flatMap { TimeOfDay.moment($0, near: received) }
    return .alive(radar: system.radar, time: time ?? received)
  }
}

/// A record is not used, for this reason.
struct Unused: Error {
  let reason: AsterixRefusal

  init(_ reason: AsterixRefusal) { self.reason = reason }
}
