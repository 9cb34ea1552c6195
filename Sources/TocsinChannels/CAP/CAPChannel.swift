import CAP
import Logging
import Synchronization
package import TocsinEngine
package import TocsinModel

/// Puts every notice out as a signed CAP 1.2 message, and in an Atom and an RSS feed.
///
/// A message that cannot be signed, or that breaks a rule of CAP, is a failed delivery: nothing goes out unsigned.
package final class CAPChannel: Publishing {
  package let outlet: String
  private let hears: Outlet
  private let key: SigningKey
  private let composer: CAPComposer
  private let logger: Logger
  private let circuit = Circuit()
  // The engine's task adds to it, the web server's read it.
  private let shelf: Mutex<CAPShelf>

  init(
    _ outlet: Outlet, settings: CAPSettings, key: SigningKey, folder: String, plan: Plan,
    now: Timestamp, logger: Logger
  ) throws {
    self.outlet = outlet.id
    hears = outlet
    self.key = key
    self.logger = logger
    composer = CAPComposer(settings, plan: plan)
    shelf = Mutex(try CAPShelf(folder: folder, settings: settings, root: outlet.id, now: now))
  }

  package func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
    switch delivery.message {
    case .actual(let notice) where hears.actual:
      circuit.settle(put(notice, delivery.id, isExercise: false), of: outlet, logger)
    case .exercise(let notice) where hears.exercise:
      circuit.settle(put(notice, delivery.id, isExercise: true), of: outlet, logger)
    case .actual, .exercise, .replay:
      .failed("the channel '\(outlet)' does not hear \(delivery.message.mode.rawValue)s")
    }
  }

  /// A slip in the plan's texts must not hold a warning back.
  private static let tolerated: Set<Rule> = [.tags, .entities, .sameText, .headlineLong]

  private func put(_ notice: Notice, _ delivery: String, isExercise: Bool) -> Receipt.Outcome {
    let before = shelf.withLock { $0 }
    var chain =
      before.chains[notice.warning].flatMap { notice.kind == .warning ? nil : $0 }
      ?? CAPChain(warning: notice.warning, hazard: notice.hazard)
    let alert = composer.message(
      notice, delivery: delivery, isExercise: isExercise, &chain)
    // A delivery that comes again, after a restart, is out already.
    if before.has(before.name(of: alert.identifier)) { return .delivered }
    do {
      let signed = try key.sign(try alert.write(tolerating: Self.tolerated))
      try shelf.withLock { try $0.put(signed, alert, chain) }
      return .delivered
    } catch {
      logger.error("CAP message not out", metadata: ["channel": "\(outlet)", "reason": "\(error)"])
      return .failed("the CAP message is not out: \(error)")
    }
  }

  package func document(at path: String, now: Timestamp) -> PublishedDocument? {
    switch path {
    case "feed.atom": shelf.withLock { $0.feed(at: now, as: .atom) }
    case "feed.rss": shelf.withLock { $0.feed(at: now, as: .rss) }
    case "key.pem":
      PublishedDocument(
        bytes: key.publicKey, type: "application/x-pem-file", modified: Timestamp(seconds: 0))
    default:
      path.hasPrefix("alerts/") && path.hasSuffix(".xml")
        ? shelf.withLock { $0 }.alert(String(path.dropFirst(7).dropLast(4))) : nil
    }
  }
}
