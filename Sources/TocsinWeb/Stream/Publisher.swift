import Foundation
import Logging
import TocsinEngine
import TocsinModel

/// Follows the views and publishes what has changed, at a pace that leaves the line free for warnings.
struct Publisher: Sendable {
  /// Views of this long are gathered, and a warning that came with them has gone out before.
  static let gathering: Duration = .milliseconds(150)
  /// Between two pictures: longer the more readers there are, so that a picture, which is long, seldom
  /// stands in the way of a warning. What is urgent in between has its own event.
  static func betweenPictures(readers: Int) -> Duration { .milliseconds(2_000 + readers) }
  static let heartbeat: Duration = .seconds(10)
  static let watching: Duration = .milliseconds(250)

  let showcase: Showcase
  let broadcast: Broadcast
  let logger: Logger

  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await follow() }
      group.addTask { await beat() }
    }
  }

  /// A sign of life every 10 s, by which a page knows that its line is not dead; at once when the
  /// clock does not run as pages must think it does.
  private func beat() async {
    var told: (reading: WebClock.Reading, at: ContinuousClock.Instant)?
    while !Task.isCancelled {
      let now = ContinuousClock.now
      let reading = showcase.clock.read()
      if told.map({ isDue(reading, at: now, after: $0.reading, at: $0.at) }) ?? true {
        publish(.clock, reading)
        told = (reading, now)
      }
      try? await Task.sleep(for: Self.watching)
    }
  }

  private func isDue(
    _ reading: WebClock.Reading, at now: ContinuousClock.Instant, after told: WebClock.Reading,
    at then: ContinuousClock.Instant
  ) -> Bool {
    guard now - then < Self.heartbeat, reading.rate == told.rate else { return true }
    let expected = told.now + .seconds((now - then).inSeconds * told.rate)
    return abs((reading.now - expected).inSeconds) > max(0.5, reading.rate * 0.1)
  }

  private func follow() async {
    var told = Told()
    for await _ in showcase.news {
      try? await Task.sleep(for: Self.gathering)
      guard !Task.isCancelled else { return }
      guard let (view, entries, skipped) = showcase.take() else { continue }
      publishPublic(view, &told)
      if broadcast.tally.operators > 0 { publish(.situation, view.situation) }
      tell(entries, skipped)
    }
  }

  private struct Told {
    var picture: PublicPicture?
    var health: [PublicPicture.DistrictHealth]?
    var at: ContinuousClock.Instant?
  }

  private func publishPublic(_ view: View, _ told: inout Told) {
    let picture = view.picture
    if let before = told.health, before != picture.health { publish(.health, picture.health) }
    told.health = picture.health
    var same = picture
    same.asOf = told.picture?.asOf ?? picture.asOf
    same.entry = told.picture?.entry ?? picture.entry
    guard same != told.picture else { return }
    let now = ContinuousClock.now
    let pause = Self.betweenPictures(readers: broadcast.tally.readers)
    if let at = told.at, now - at < pause, picture.recorded == told.picture?.recorded {
      return showcase.knock()
    }
    publish(.clock, showcase.clock.read())
    publish(.picture, picture)
    told = Told(picture: picture, health: picture.health, at: now)
  }

  private func tell(_ entries: [Entry], _ skipped: Int) {
    let narrator = Narrator(gazetteer: showcase.gazetteer)
    for sentence in narrator.sentences(for: entries, skipped: skipped) { publish(.entry, sentence) }
  }

  private func publish(_ kind: StreamEvent.Kind, _ value: some Encodable) {
    do {
      broadcast.publish(kind, try JSONEncoder.web.encode(value))
    } catch {
      logger.error(
        "Event not written", metadata: ["kind": "\(kind.rawValue)", "error": "\(error)"])
    }
  }
}
