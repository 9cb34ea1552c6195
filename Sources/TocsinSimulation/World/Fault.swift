import TocsinModel

/// What may go wrong between a radar and Tocsin.
public enum Fault: Hashable, Sendable {
  /// False plots, so many a second.
  case clutter(radar: String, rate: Double)
  /// Nothing at all comes, from one moment after the world's start to another.
  case silence(radar: String, from: Duration, to: Duration)
  /// Everything comes later by this much.
  case late(radar: String, by: Duration)
  /// Each plot comes later by a chance of up to this much, and so out of order.
  case disorder(radar: String, upTo: Duration)
  /// This share of batches comes twice.
  case twice(radar: String, share: Double)
  /// This many plots that cannot be true: no number, an unknown radar, a wrong clock.
  case garbage(radar: String, count: Int)

  /// Each kind befalls one radar in five, clutter one in three.
  static func chosen(for radars: [String], _ chance: inout SeededGenerator) -> [Fault] {
    radars.flatMap { radar -> [Fault] in
      let from = chance.within(2...40)
      let kinds: [(odds: Double, fault: Fault)] = [
        (0.33, .clutter(radar: radar, rate: chance.within(0.1...2))),
        (
          0.2,
          .silence(
            radar: radar, from: .milliseconds(Int(from * 1e3)),
            to: .milliseconds(Int((from + chance.within(3...25)) * 1e3)))
        ),
        (0.2, .late(radar: radar, by: .milliseconds(chance.whole(200...4_000)))),
        (0.2, .disorder(radar: radar, upTo: .milliseconds(chance.whole(100...1_500)))),
        (0.2, .twice(radar: radar, share: chance.within(0.05...1))),
        (0.2, .garbage(radar: radar, count: chance.whole(1...60))),
      ]
      return kinds.filter { chance.unit() < $0.odds }.map(\.fault)
    }
  }

  var radar: String {
    switch self {
    case .clutter(let radar, _), .silence(let radar, _, _), .late(let radar, _),
      .disorder(let radar, _), .twice(let radar, _), .garbage(let radar, _):
      radar
    }
  }
}

extension Fault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .clutter(let radar, let rate):
      "\(radar): \((rate * 10).rounded() / 10) false plots a second"
    case .silence(let radar, let from, let to):
      "\(radar): silent from \(from.inSeconds) to \(to.inSeconds) s"
    case .late(let radar, let span): "\(radar): late by \(span.inSeconds) s"
    case .disorder(let radar, let span): "\(radar): out of order by up to \(span.inSeconds) s"
    case .twice(let radar, let share):
      "\(radar): \(Int((share * 100).rounded())) % of batches twice"
    case .garbage(let radar, let count): "\(radar): \(count) impossible plots"
    }
  }
}
