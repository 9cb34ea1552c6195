import Foundation
import NIOCore
import Synchronization
import TocsinCore
import TocsinEngine
import TocsinModel

/// What the web server shows: the newest view, and what was made from it for many readers.
final class Showcase: Sendable {
  let clock: WebClock

  private struct State {
    var view: View?
    var entries: [Entry] = []
    /// Entries that came faster than they could be told.
    var skipped = 0
    var gazetteer = Gazetteer(Plan())
    var isPlanNew = true
    var picture: (made: ContinuousClock.Instant, bytes: Data)?
  }

  /// Entries kept for telling; the engine never waits for pages.
  static let waiting = 1_000
  /// How long one picture serves all who ask.
  static let pictureLasts: Duration = .milliseconds(250)

  // The engine puts views in; requests and the publisher take them out.
  private let state = Mutex(State())
  private let knocks: AsyncStream<Void>.Continuation
  /// One element whenever there may be something new to publish.
  let news: AsyncStream<Void>

  init(clock: WebClock) {
    self.clock = clock
    (news, knocks) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func show(_ view: View) {
    clock.set(view.clock)
    state.withLock { state in
      if state.view == nil || view.entries.contains(where: { $0.event.content.kind == "plan" }) {
        state.isPlanNew = true
      }
      state.view = view
      let room = max(0, Self.waiting - state.entries.count)
      state.entries += view.entries.prefix(room)
      state.skipped += max(0, view.entries.count - room)
    }
    knocks.yield()
  }

  func knock() { knocks.yield() }

  var view: View? { state.withLock { $0.view } }

  /// The zones and hazards of the newest plan.
  var gazetteer: Gazetteer {
    state.withLock { state in
      if state.isPlanNew, let view = state.view {
        state.gazetteer = Gazetteer(view.tocsin.plan)
        state.isPlanNew = false
      }
      return state.gazetteer
    }
  }

  /// The public picture as it is now.
  var picture: PublicPicture? {
    view.map { $0.tocsin.picture(at: clock.read().now, recorded: $0.recorded) }
  }

  /// `/api/picture`, made at most a few times a second however many ask.
  var pictureBytes: Data? {
    let now = ContinuousClock.now
    if let kept = state.withLock({ $0.picture }), now - kept.made < Self.pictureLasts {
      return kept.bytes
    }
    guard let picture, let bytes = try? JSONEncoder.web.encode(picture) else { return nil }
    state.withLock { $0.picture = (now, bytes) }
    return bytes
  }

  var situation: Situation? { view.map { $0.tocsin.situation(at: clock.read().now) } }

  /// The newest view with the entries not told yet.
  func take() -> (view: View, entries: [Entry], skipped: Int)? {
    state.withLock { state in
      guard let view = state.view else { return nil }
      defer {
        state.entries = []
        state.skipped = 0
      }
      return (view, state.entries, state.skipped)
    }
  }
}
