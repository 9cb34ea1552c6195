import Foundation
import TocsinModel
import TocsinSimulation

/// The same worlds under a grid of policies, with the stated cost of each, and held-out worlds beside them.
struct PolicySweep {
  /// The cheapest on the worlds first.
  let rows: [Row]
  private let stakes: Stakes

  struct Row: Encodable {
    var missCost: Double
    var patientThreshold: Double
    var patience: Double
    var sharp: Double
    var isDefault: Bool
    var cost: Double
    var heldOutCost: Double
    var worlds: Tally
    var heldOut: Tally

    enum CodingKeys: String, CodingKey {
      case missCost = "miss_cost"
      case patientThreshold = "patient_threshold"
      case patience, sharp, cost, worlds
      case isDefault = "default"
      case heldOutCost = "held_out_cost"
      case heldOut = "held_out"
    }
  }

  init(on seeds: [UInt64], heldOut: [UInt64], _ stakes: Stakes) async {
    let policies = Self.grid
    let tallies = await inParallel(seeds + heldOut) { seed in
      let world = World(seed: seed)
      return policies.map { Trial.verdict(on: world, under: $0).tally }
    }
    self.stakes = stakes
    rows = policies.indices.map { index in
      func sum(_ part: ArraySlice<[Tally]>) -> Tally { part.map { $0[index] }.reduce(Tally(), +) }
      let (own, other) = (sum(tallies.prefix(seeds.count)), sum(tallies.dropFirst(seeds.count)))
      let policy = policies[index]
      return Row(
        missCost: policy.missCost, patientThreshold: policy.patientThreshold,
        patience: policy.patience, sharp: policy.sharp, isDefault: policy == Policy(),
        cost: stakes.cost(of: own), heldOutCost: stakes.cost(of: other), worlds: own,
        heldOut: other)
    }.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element)
  }

  /// The default, what a miss costs and sharpness moved alone, threshold and patience together.
  static var grid: [Policy] {
    var grid: [Policy] = [Policy()]
    func add(_ change: (inout Policy) -> Void) {
      var policy = Policy()
      change(&policy)
      if !grid.contains(policy) { grid.append(policy) }
    }
    for cost in [30.0, 120] { add { $0.missCost = cost } }
    for sharp in [500.0, 2_000] { add { $0.sharp = sharp } }
    for threshold in [0.2, 0.3, 0.45, 0.6] {
      for patience in [15.0, 40, 80] {
        add { ($0.patientThreshold, $0.patience) = (threshold, patience) }
      }
    }
    return grid
  }

  var text: String {
    var lines = [
      "cost = \(stakes.missed.formatted()) × missed + \(stakes.late.formatted()) × late + needless zones",
      "  miss_cost threshold patience   sharp |  cost missed late needless    km² | held out:"
        + " the same",
    ]
    for row in rows {
      lines.append(
        String(
          format: "%@ %9.0f %9.2f %6.0f s %5.0f m | %@ | %@", row.isDefault ? "*" : " ",
          row.missCost, row.patientThreshold, row.patience, row.sharp,
          Self.columns(row.cost, row.worlds), Self.columns(row.heldOutCost, row.heldOut)))
    }
    lines.append("* as shipped")
    return lines.joined(separator: "\n")
  }

  private static func columns(_ cost: Double, _ tally: Tally) -> String {
    String(
      format: "%5.0f %6d %4d %8d %6.0f", cost, tally.missed, tally.late, tally.needless,
      tally.needlessSquareKilometers)
  }
}
