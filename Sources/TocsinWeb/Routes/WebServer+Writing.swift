import Foundation
import HTTPTypes
import Hummingbird
import TocsinCore
import TocsinEngine
import TocsinModel
import TocsinRecord
import TocsinSources

/// What changes something: every route here needs a key, but for a browser's own subscription.
extension WebServer {
  static let commandLimit = 64 << 10
  static let plotsLimit = 1 << 20

  func addWriting(to router: Router<WebContext>) {
    router.post("/api/session") { request, context in
      let key = try gate.key(request.headers, role: .operator, from: context.address)
      return session(for: key)
    }
    router.post("/api/plots") { request, context in
      let key = try gate.key(request.headers, role: .source, from: context.address)
      let body = try await request.wholeBody(upTo: Self.plotsLimit)
      return try await take(plots: body, from: key)
    }
    router.post("/api/cap") { request, context -> Response in
      let key = try gate.key(request.headers, role: .source, from: context.address)
      guard let intake = messages[key.name] else {
        return .problem(
          Problem(
            "no-source",
            "The configuration has no source '\(key.name)' of kind 'cap-http'. Nothing was taken."),
          .forbidden)
      }
      let body = try await request.wholeBody(upTo: CAPIntake.limit)
      return await take(message: [UInt8](body), intake)
    }
    router.post("/api/push/{channel}") { request, context in
      try await subscription(request, context) { try await $0.subscribe($1) }
    }
    router.delete("/api/push/{channel}") { request, context in
      try await subscription(request, context) { try await $0.unsubscribe($1) }
    }
    router.post("/api/commands") { request, context in
      let key = try gate.key(
        request.headers, roles: [.operator, .recorder], from: context.address)
      let body = try await request.wholeBody(upTo: Self.commandLimit)
      return await withCommand(body, by: key, obey)
    }
    router.post("/api/commands/preview") { request, context in
      let key = try gate.key(request.headers, role: .operator, from: context.address)
      let body = try await request.wholeBody(upTo: Self.commandLimit)
      return await withCommand(body, by: key, preview)
    }
  }

  private func session(for key: KeyRing.Key) -> Response {
    var response = Response(status: .noContent)
    response.setCookie(
      Cookie(
        name: Sessions.cookie,
        value: gate.sessions.token(for: key.name, at: Int(Date().timeIntervalSince1970)),
        maxAge: Sessions.lasting, path: StreamDoor.path, httpOnly: true, sameSite: .strict))
    return response
  }

  // MARK: Plots

  private struct PlotsTaken: Encodable {
    var accepted: Int
    var rejected: [PlotFault]
    /// What the core refused of the lines that could be read.
    var refused: [RefusedPart]?
  }

  private struct RefusedPart: Encodable {
    var error: String
    var subject: String
    var reason: String
    var count: Int

    init(_ refusal: Refusal) {
      error = refusal.reason.rawValue
      subject = refusal.subject
      reason = refusal.text
      count = refusal.count
    }
  }

  private func take(plots body: Data, from key: KeyRing.Key) async throws -> Response {
    let source = showcase.gazetteer.plan.sources.first { $0.id == key.name }
    let lines = PlotLines([UInt8](body), radars: source?.radars)
    let intake = PlotIntake(lines.lines)
    var refused: [Refusal] = []
    do {
      for content in intake.contents { refused += try await refusals(inbox.put(content)) }
      // The key itself shows that its source lives, even when it has seen nothing.
      let sign = Statement(source: key.name, said: nil, content: .alive)
      if source != nil, intake.plots.isEmpty { _ = try await inbox.put(.statement(sign)) }
    } catch {
      return .problem(Problem("not-taken", "\(error)"), .serviceUnavailable)
    }
    let count = refused.reduce(0) { $0 + $1.count }
    return .json(
      PlotsTaken(
        accepted: max(0, intake.plots.count + intake.alive.count - count),
        rejected: lines.faults, refused: refused.isEmpty ? nil : refused.map(RefusedPart.init)),
      .accepted)
  }

  private func refusals(_ entry: Entry) -> [Refusal] {
    entry.effects.compactMap { if case .refuse(let refusal) = $0 { refusal } else { nil } }
  }

  // MARK: CAP

  private func take(message: [UInt8], _ intake: CAPIntake) async -> Response {
    do {
      let answer = try await intake.take(message)
      let isReadable = answer.message != nil || message.isEmpty
      return .json(answer, isReadable ? .accepted : .unprocessableContent)
    } catch {
      return .problem(Problem("not-taken", "\(error)"), .serviceUnavailable)
    }
  }

  // MARK: Web Push

  private static let subscriptionLimit = 16 << 10

  private func subscription(
    _ request: Request, _ context: WebContext,
    _ act: (any Subscribing, [UInt8]) async throws -> Void
  ) async throws -> Response {
    let id = context.parameters.get("channel")
    guard let channel = subscribers.first(where: { $0.outlet == id }) else {
      return .problem(
        Problem("not-found", "There is no channel of kind web-push with this id."), .notFound)
    }
    let body = try await request.wholeBody(upTo: Self.subscriptionLimit)
    do {
      try await act(channel, [UInt8](body))
      return Response(status: .noContent)
    } catch SubscriptionRefusal.unreadable(let words) {
      return .problem(Problem("unreadable", words), .badRequest)
    } catch SubscriptionRefusal.unavailable(let words) {
      return .problem(Problem("unavailable", words), .serviceUnavailable)
    }
  }

  // MARK: Commands

  private func withCommand(
    _ body: Data, by key: KeyRing.Key, _ act: (Command) async -> Response
  ) async -> Response {
    do throws(CommandBody.Fault) {
      let read = try CommandBody(body)
      if let refused = refusal(of: read.order, by: key) { return refused }
      return await act(
        Command(
          person: key.name, order: read.order, isExercise: read.isExercise, ref: read.ref))
    } catch {
      return .problem(
        Problem("unreadable", "The field '\(error.field)' \(error.text). Nothing was ordered."),
        .badRequest)
    }
  }

  /// Recorders record and operators order, and neither the other's; an act must also fit the record.
  private func refusal(of order: Order, by key: KeyRing.Key) -> Response? {
    guard case .record(let act) = order else {
      return key.role == .operator ? nil : wrong(.operator)
    }
    guard key.role == .recorder else { return wrong(.recorder) }
    let faults = act.faults + recordShelf.current.faults(of: act)
    guard let first = faults.first else { return nil }
    return .problem(
      Problem("unreadable", "The act's \(first). Nothing was recorded."), .unprocessableContent)
  }

  private func wrong(_ needed: KeyRing.Role) -> Response {
    let refused = Gate.Refused.wrongRole(needed)
    return .problem(refused.problem, refused.status)
  }

  private struct Obeyed: Encodable {
    var entry: Int
    /// What was told to somebody by it, once whatever the number of channels; `nil`: nothing.
    var told: [Told]?
    var refused: [RefusedPart]?

    struct Told: Hashable, Encodable {
      var warning: String
      var kind: Notice.Kind
      var zones: [String]
    }
  }

  private func told(by entry: Entry) -> [Obeyed.Told]? {
    var told: [Obeyed.Told] = []
    for case .deliver(let delivery) in entry.effects {
      let notice = delivery.message.notice
      let row = Obeyed.Told(
        warning: notice.warning, kind: notice.kind, zones: notice.rows.map(\.zone))
      if !told.contains(row) { told.append(row) }
    }
    return told.isEmpty ? nil : told
  }

  private func obey(_ command: Command) async -> Response {
    let entry: Entry
    do {
      entry = try await inbox.put(.command(command))
    } catch {
      return .problem(Problem("not-taken", "\(error)"), .serviceUnavailable)
    }
    let refused = refusals(entry)
    let told = told(by: entry)
    if let first = refused.first, told == nil, !waitsForSecond(command.order, first) {
      return .problem(Problem(first.reason.rawValue, first.text), status(of: first.reason))
    }
    return .json(
      Obeyed(
        entry: entry.event.number, told: told,
        refused: refused.isEmpty ? nil : refused.map(RefusedPart.init)),
      .accepted)
  }

  /// A new order that needs two people is taken and waits; the answer says for what.
  private func waitsForSecond(_ order: Order, _ refusal: Refusal) -> Bool {
    switch order {
    case .early, .warn, .extend: refusal.reason == .twoPeople
    case .correct, .clear, .confirm, .intercepted, .record: false
    }
  }

  private func status(of reason: Refusal.Reason) -> HTTPResponse.Status {
    switch reason {
    case .noAuthority, .twoPeople: .forbidden
    case .superseded, .held, .lapsed: .conflict
    default: .unprocessableContent
    }
  }

  private struct Preview: Encodable {
    var sentence: String
    var mode: Mode
    var hazard: String
    var zones: [String]
    var people: Int?
  }

  private func preview(_ command: Command) -> Response {
    guard let view = showcase.view else {
      return .problem(
        Problem("starting", "The engine has shown nothing yet; ask again in a second."),
        .serviceUnavailable)
    }
    do {
      let back = try view.tocsin.readBack(command)
      return .json(
        Preview(
          sentence: back.sentence,
          mode: command.isExercise ? .exercise : view.tocsin.mode,
          hazard: hazard(of: command.order, in: view), zones: back.zones, people: back.people))
    } catch {
      return .problem(Problem(error.reason.rawValue, error.text), status(of: error.reason))
    }
  }

  private func hazard(of order: Order, in view: View) -> String {
    switch order {
    case .early(let hazard, _), .warn(let hazard, _): hazard
    case .intercepted: view.tocsin.plan.trackedHazard
    case .record: ""
    case .extend(let id, _), .correct(let id), .clear(let id), .confirm(let id):
      showcase.situation?.warnings.first { $0.id == id }?.hazard ?? ""
    }
  }
}
