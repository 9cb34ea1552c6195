import Foundation
import TocsinCore
import TocsinModel

/// Seeded, so that a failure can be repeated.
private struct Chance: RandomNumberGenerator {
  var state: UInt64
  /// Source: S. Vigna, SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// What a Tocsin was told and decided, at random but the same for the same seed.
struct SeededEntries {
  let seed: UInt64

  /// Some hundred events of every kind, sense and nonsense mixed.
  var entries: [Entry] {
    var chance = Chance(state: seed)
    var now = Timestamp(seconds: 1_700_000_000)
    var sequencer = Sequencer(Tocsin(mode: .actual))
    var entries = sequencer.receive(.plan(plan), at: now)
    for _ in 0..<400 {
      now = now + .milliseconds(Int.random(in: 0...4000, using: &chance))
      entries += sequencer.receive(content(at: now, &chance, sequencer.tocsin), at: now)
    }
    return entries
  }

  private var plan: Plan {
    let zones = (0..<30).map { index in
      let place = Position(
        latitude: 31 + Double(index % 6) * 0.05, longitude: 34 + Double(index / 6) * 0.05)
      let plane = Plane(around: place)
      let ring = (0..<6).map { plane.position(at: Offset(angle: Double($0), length: 900)) }
      return Zone(
        id: "z\(index)", name: Texts("Town \(index)"), district: Texts("District \(index % 3)"),
        area: Area(ring: ring), label: place, shelterSeconds: 15 + index % 4 * 15)
    }
    let radar = Radar(
      id: "A", position: Position(latitude: 31.1, longitude: 34.1), height: 50,
      sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06))
    return Plan(
      zones: zones, radars: [radar],
      sources: [
        Source(id: "A", name: "Radar", kind: .radar, heartbeat: .seconds(2)),
        Source(id: "feed", name: "Feed", kind: .feed, hasAuthority: true),
      ], outlets: [.pages, Outlet(id: "siren")])
  }

  private func content(at now: Timestamp, _ chance: inout Chance, _ tocsin: Tocsin) -> Event.Content
  {
    let zone = "z\(Int.random(in: 0..<33, using: &chance))"
    let warning = tocsin.warnings.keys.sorted().randomElement(using: &chance) ?? "W0"
    switch Int.random(in: 0..<8, using: &chance) {
    case 0...2:
      // A falling body, as a straight line is enough to make tracks and forecasts.
      let phase = (now.seconds / 40).truncatingRemainder(dividingBy: 1) * 40
      return .plots(
        (0..<3).map { step in
          let at = phase + Double(step) * 0.2
          return Plot(
            measured: now - .milliseconds(400 - step * 200), radar: "A",
            range: 22_000 - 350 * at + Double.random(in: -10...10, using: &chance),
            azimuth: 20 + Double.random(in: -0.05...0.05, using: &chance),
            elevation: max(1, 25 - 0.5 * at))
        })
    case 3:
      let stage: Stage = [.early, .shelter, .ended].randomElement(using: &chance)!
      return .statement(
        Statement(
          source: ["feed", "nobody"].randomElement(using: &chance)!, said: now,
          content: .announcement(
            Announcement(stage: stage, hazard: "rockets", places: [zone, "Town 3"]))))
    case 4: return .statement(Statement(source: "A", said: nil, content: .alive))
    case 5:
      let place: Order.Place =
        Bool.random(using: &chance) ? .zones([zone]) : .district("District 1")
      return .command(Command(person: "dana", order: .warn(hazard: "flood", where: place)))
    case 6:
      let order: Order =
        Bool.random(using: &chance) ? .correct(warning: warning) : .clear(warning: warning)
      return .command(Command(person: "omar", order: order))
    default:
      return .receipt(
        Receipt(
          delivery: "\(Int.random(in: 1...tocsin.number + 1, using: &chance))-1", outlet: "pages",
          outcome: .delivered))
    }
  }
}
