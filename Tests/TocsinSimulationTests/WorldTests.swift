import Foundation
import Testing
import TocsinModel
import TocsinSimulation

@Suite struct `A world` {
  @Test func `is made from its seed alone, and so is its verdict`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for seed: UInt64 in [5, 17] {
      let (first, second) = (World(seed: seed), World(seed: seed))
      // By their texts: a plot that is no number is not even equal to itself.
      #expect(first.arrivals.map { "\($0)" } == second.arrivals.map { "\($0)" })
      #expect(first.plan == second.plan)
      let verdicts = try [first, second].map { try encoder.encode(Trial.verdict(on: $0)) }
      #expect(verdicts[0] == verdicts[1])
    }
    #expect(World(seed: 5).plan != World(seed: 17).plan)
  }

  @Test func `has zones apart, radars, and bodies first seen under thrust`() {
    for seed: UInt64 in 1...8 {
      let world = World(seed: seed)
      #expect(world.plan.zones.count > 20)
      #expect((1...3).contains(world.plan.radars.count))
      #expect((1...12).contains(world.bodies.count))
      for zone in world.plan.zones {
        let inside = world.plan.zones.filter {
          $0.id != zone.id && $0.area.contains(middle(of: zone))
        }
        #expect(inside.isEmpty)
      }
      for body in world.bodies {
        #expect((body.path.flight.body.thrust?.duration ?? .zero) > .zero)
        #expect((body.path.end == .burst) == !body.pieces.isEmpty)
      }
      #expect(world.arrivals.allSatisfy { $0.time > World.start })
      #expect(zip(world.arrivals, world.arrivals.dropFirst()).allSatisfy { $0.time <= $1.time })
    }
  }

  private func middle(of zone: Zone) -> Position {
    let corners = zone.area.rings[0]
    return Position(
      latitude: corners.map(\.latitude).reduce(0, +) / Double(corners.count),
      longitude: corners.map(\.longitude).reduce(0, +) / Double(corners.count))
  }

  @Test func `knows every fault, and none of them stops a trial`() {
    var kinds: Set<String> = []
    for seed: UInt64 in 1...8 {
      let world = World(seed: seed)
      kinds.formUnion(world.faults.map(kind))
      guard seed <= 4 else { continue }
      #expect(Trial.verdict(on: world).tally.bodies == world.bodies.count)
    }
    #expect(kinds == ["clutter", "silence", "late", "disorder", "twice", "garbage"])
  }

  private func kind(_ fault: Fault) -> String {
    switch fault {
    case .clutter: "clutter"
    case .silence: "silence"
    case .late: "late"
    case .disorder: "disorder"
    case .twice: "twice"
    case .garbage: "garbage"
    }
  }
}

@Suite struct `A verdict` {
  /// A world in which the shipped policy misses nothing.
  private let world = World(seed: 5)

  @Test func `of the shipped policy finds zones in danger and none missed`() {
    let tally = Trial.verdict(on: world).tally
    #expect(tally.inDanger > 0)
    #expect(tally.missed == 0)
    #expect(tally.withoutForecast == 0)
  }

  @Test func `names each zone that a policy which never warns has missed`() {
    var deaf = Policy()
    // A threshold of 2, which no probability reaches.
    (deaf.missCost, deaf.fragmentCost) = (-0.5, -0.5)
    let verdict = Trial.verdict(on: world, under: deaf)
    #expect(verdict.tally.missedNever == verdict.tally.inDanger - verdict.tally.missedBlind)
    #expect(verdict.tally.missedNever > 0)
    #expect(verdict.missed.count { $0.why == .never } == verdict.tally.missedNever)
    #expect(verdict.tally.needless == 0)
    #expect(Stakes().cost(of: verdict.tally) >= 60)
  }

  @Test func `counts as needless what a policy that warns of anything warned`() {
    var shy = Policy()
    (shy.missCost, shy.patientThreshold) = (1e6, 0)
    let (calm, wild) = (Trial.verdict(on: world).tally, Trial.verdict(on: world, under: shy).tally)
    #expect(wild.needless > calm.needless + 5)
    #expect(wild.needlessSquareKilometers > calm.needlessSquareKilometers)
    #expect(wild.missed == 0)
  }

  @Test func `tells what is too late from what was never warned`() {
    var slow = Policy()
    // Near certainty is asked for until the time left is that to shelter less 90 s, which is never.
    (slow.missCost, slow.patientThreshold) = (60, 1)
    (slow.patience, slow.sharp, slow.lastSeconds, slow.reaction) = (1e-3, 0, 0, -90)
    slow.shelterSecondsUnstated = 0
    let (sum, shipped) = (Self.sum(under: slow), Self.sum(under: Policy()))
    #expect(sum.worlds == 4)
    #expect(sum.late + sum.missed > shipped.late + shipped.missed)
    #expect(sum.late > shipped.late)
  }

  private static func sum(under policy: Policy) -> Tally {
    (2...5).map { Trial.verdict(on: World(seed: $0), under: policy).tally }.reduce(Tally(), +)
  }
}

@Suite struct `Bodies that tumble` {
  @Test func `come down sooner and shorter`() {
    var flight = World(seed: 5).bodies[0].path.flight
    flight.burst = nil
    let whole = Path(of: flight).last
    flight.body.tumble = Body.Tumble(after: .seconds(5), factor: 4)
    let tumbled = Path(of: flight).last
    #expect(tumbled.time < whole.time)
    let start = Plane(around: flight.start.position)
    #expect(start.offset(of: tumbled.position).length < start.offset(of: whole.position).length)
  }
}
