import CAP
package import ServiceLifecycle
package import TocsinConfiguration
import TocsinEngine
package import TocsinModel

/// `kind: cap-http`: CAP messages that come by `POST /api/cap`, with the key of the source's name.
package struct PostedCAP: SourceKind {
  package static let word = "cap-http"
  package static let planKind = Source.Kind.feed
  private let settings: CAPReader.Settings

  package var description: String { "CAP messages by POST /api/cap; \(settings.speakers)" }

  package init(_ fields: inout YAMLFields) { settings = CAPReader.Settings(&fields) }

  package func faults(of source: Source, in plan: Plan) -> [KeyFault] { settings.faults(in: plan) }

  package func service(for source: Source, with outside: SourceOutside) -> (any Service)? { nil }

  package func intake(for source: Source, with outside: SourceOutside) -> CAPIntake {
    var settings = settings
    settings.source = source.id
    return CAPIntake(CAPReader(settings, plan: outside.plan), source.id, outside)
  }
}

/// Takes the messages that one source posts, one after the other.
public actor CAPIntake {
  private let source: String
  private let inbox: Inbox
  private let clock: any EngineClock
  private var reader: CAPReader
  private var last: Task<Answer, any Error>?

  /// 16 MiB, as everywhere that CAP is read.
  public static let limit = Reading.limit

  init(_ reader: CAPReader, _ source: String, _ outside: SourceOutside) {
    self.reader = reader
    self.source = source
    inbox = outside.inbox
    clock = SystemClock()
  }

  /// What became of a message.
  public struct Answer: Hashable, Sendable, Encodable {
    /// `nil` when it cannot be identified.
    public var message: String?
    /// The numbers of the journal's entries that it became; none, if it is known already or warns nobody.
    public var entries: [Int] = []
    /// What is wrong with it, or why a person must decide.
    public var faults: [String] = []
  }

  /// Returns once what the message says is decided and written down. Nothing at all is a sign of life.
  ///
  /// - Throws: when the engine does not take it; it may then be sent again.
  public func take(_ bytes: [UInt8]) async throws -> Answer {
    // Whole messages in the order they came: an update must find what it replaces.
    let before = last
    let task = Task {
      _ = await before?.result
      return try await takeNext(bytes)
    }
    last = task
    return try await task.value
  }

  private func takeNext(_ bytes: [UInt8]) async throws -> Answer {
    var answer = Answer()
    guard !bytes.isEmpty else {
      try await put(.alive, said: nil, &answer)
      return answer
    }
    let reading = Reading(bytes)
    // What is not taken is not remembered as told.
    var next = reader
    let news = next.read(reading, bytes, at: clock.read().now)
    answer.message = reading.alert?.reference.description
    for statement in news.statements {
      try await put(statement.content, said: statement.said, &answer)
    }
    if news.statements.isEmpty, reading.alert != nil { try await put(.alive, said: nil, &answer) }
    for fault in news.faults { try await put(.trouble(fault), said: nil, &answer) }
    answer.faults = news.faults + answer.faults
    reader = next
    return answer
  }

  private func put(
    _ content: Statement.Content, said: Timestamp?, _ answer: inout Answer
  ) async throws {
    let statement = Statement(source: source, said: said, content: content)
    let entry = try await inbox.put(.statement(statement))
    guard case .announcement = content else { return }
    answer.entries.append(entry.event.number)
    for case .refuse(let refusal) in entry.effects { answer.faults.append(refusal.text) }
  }
}
