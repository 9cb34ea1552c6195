import TocsinCore
public import TocsinModel
import TocsinTracking

/// One play of a world through the whole core, on the world's own clock.
public struct Trial {
  private let world: World
  private var sequencer: Sequencer
  private var account = Account()
  private var nextLook = World.start

  /// Meters between a track and a body up to which the one is believed to be of the other.
  static let own = 1_500.0

  /// What became of a world's zones under a policy.
  public static func verdict(on world: World, under policy: Policy = Policy()) -> Verdict {
    var trial = Trial(world, policy)
    trial.play()
    return Verdict(world, trial.account)
  }

  private init(_ world: World, _ policy: Policy) {
    self.world = world
    sequencer = Sequencer(Tocsin(mode: .replay))
    var plan = world.plan
    plan.policy = policy
    note(sequencer.receive(.plan(plan), at: World.start))
  }

  private mutating func play() {
    if let met = world.met {
      let statement = Statement(source: "met", said: nil, content: .met(met))
      note(sequencer.receive(.statement(statement), at: World.start))
    }
    for arrival in world.arrivals {
      note(sequencer.receive(.plots(arrival.plots), at: arrival.time))
      look(at: arrival.time)
    }
    while let due = sequencer.wake { note(sequencer.advance(to: due)) }
  }

  /// Every half second: which bodies have a track with a forecast.
  private mutating func look(at time: Timestamp) {
    guard time >= nextLook else { return }
    nextLook = time + .milliseconds(500)
    for track in sequencer.tocsin.tracker.tracks where track.forecast != nil && track.end == nil {
      account.tracks.insert(track.id)
      if let body = body(of: track) { account.forecast.insert(body) }
    }
  }

  private mutating func note(_ entries: [Entry]) {
    for entry in entries {
      for case .deliver(let delivery) in entry.effects {
        account.note(delivery.message.notice)
        noteTracks(behind: delivery.message.notice, entry: entry.event.number)
      }
    }
  }

  /// Which of the tracks that this entry warned for are of no body.
  private mutating func noteTracks(behind notice: Notice, entry: Int) {
    guard notice.kind == .warning || notice.kind == .extension else { return }
    let decisions = sequencer.tocsin.warnings[notice.warning]?.decisions ?? []
    for decision in decisions where decision.entry == entry {
      guard let id = decision.forecast?.track,
        let track = sequencer.tocsin.tracker.tracks.first(where: { $0.id == id })
      else { continue }
      if body(of: track) == nil { account.falseTracks.insert(id) }
    }
  }

  /// The nearest body at the moment of a track's newest plot, if it is near enough.
  private func body(of track: Track) -> Int? {
    let distances = world.bodies.indices.map { index in
      let state = world.bodies[index].path.nearest(to: track.lastPlot)
      let away = Plane(around: track.position).offset(of: state.position).length
      let above = state.height - track.height
      return (index, (away * away + above * above).squareRoot())
    }
    return distances.min { $0.1 < $1.1 }.flatMap { $0.1 < Self.own ? $0.0 : nil }
  }
}

/// What was told to whom during a trial, and what was tracked.
struct Account {
  /// By zone id.
  private(set) var told: [String: Told] = [:]
  /// The bodies that had a track with a forecast, by their place in the world.
  var forecast: Set<Int> = []
  /// Ids of the tracks that had a forecast.
  var tracks: Set<String> = []
  /// Ids of tracks that raised a warning and were of no body.
  var falseTracks: Set<String> = []

  /// What one zone heard.
  struct Told {
    var warned: Timestamp
    var ended: Timestamp?
    /// How often it was warned anew after an end.
    var again = 0
    var corrections = 0
  }

  mutating func note(_ notice: Notice) {
    for row in notice.rows {
      switch notice.kind {
      case .warning, .extension:
        if told[row.zone] == nil {
          told[row.zone] = Told(warned: notice.issued)
        } else if told[row.zone]?.ended != nil {
          told[row.zone]?.ended = nil
          told[row.zone]?.again += 1
        }
      case .allClear where row.stillUnder == nil: told[row.zone]?.ended = notice.issued
      case .correction:
        told[row.zone]?.ended = notice.issued
        told[row.zone]?.corrections += 1
      case .allClear, .renewal: break
      }
    }
  }
}
