import Foundation
public import TocsinModel

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// What a server tells everybody, as it comes.
public enum PublicUpdate: Hashable, Sendable {
  case picture(PublicPicture)
  case notice(PublicNotice)
  case health([PublicPicture.DistrictHealth])
  /// The line is lost, and why. It is not calm: what was in force may have changed. A picture follows
  /// as soon as there is a line again.
  case lost(String)
}

extension TocsinClient {
  /// Everything the server tells, for as long as it is listened to; a lost line is said and made anew.
  ///
  /// A new connection resumes after the newest event, so that nothing is missed and nothing comes twice.
  public func updates() -> AsyncStream<PublicUpdate> {
    AsyncStream { updates in
      let listening = Task { await listen(updates) }
      updates.onTermination = { _ in listening.cancel() }
    }
  }

  private func listen(_ updates: AsyncStream<PublicUpdate>.Continuation) async {
    var lastID: String?
    var pause = Duration.zero
    while !Task.isCancelled {
      let began = ContinuousClock.now
      let (reason, retry) = await follow(&lastID, updates)
      guard !Task.isCancelled else { break }
      updates.yield(.lost(reason))
      // Twice as long after each failure, so that many clients do not press a server that is coming up.
      let wasLong = ContinuousClock.now - began > .seconds(30)
      pause = wasLong || pause == .zero ? retry : min(pause * 2, .seconds(15))
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
    }
    updates.finish()
  }

  /// Follows one connection to its end; answers why it ended and how long the server asks to wait.
  private func follow(
    _ lastID: inout String?, _ updates: AsyncStream<PublicUpdate>.Continuation
  ) async -> (reason: String, retry: Duration) {
    var request = URLRequest(
      url: url.appendingPathComponent("api/events"), timeoutInterval: patience.inSeconds)
    request.setValue("text/event-stream", forHTTPHeaderField: "Accept")
    request.setValue(lastID, forHTTPHeaderField: "Last-Event-ID")
    var parser = ServerEventParser(resuming: lastID)
    var reason = "the server closed the connection"
    do {
      for try await piece in EventLine.open(request).pieces {
        for event in parser.take(piece) {
          lastID = event.id
          if let update = try update(event) { updates.yield(update) }
        }
      }
    } catch {
      reason = (error as? ClientFault)?.description ?? error.localizedDescription
    }
    return (reason, .milliseconds(max(parser.retry ?? 1_000, 100)))
  }

  private func update(_ event: ServerEvent) throws(ClientFault) -> PublicUpdate? {
    let data = Data(event.data.utf8)
    return switch event.name {
    case "picture": .picture(try decode(PublicPicture.self, data))
    case "warning", "all-clear": .notice(try decode(PublicNotice.self, data))
    case "health": .health(try decode([PublicPicture.DistrictHealth].self, data))
    default: nil  // The clock, and what later servers may add.
    }
  }
}
