import Foundation
import TocsinModel

/// Asks one address at an interval for as long as the task lives.
struct FeedPoll: Sendable {
  typealias Outcome = Result<FeedAnswer, FetchFault>

  let fetcher: FeedFetcher
  let interval: Duration
  /// Whether the server is asked only for what is new.
  let isConditional: Bool

  /// - Parameter interval: from the beginning of one poll to that of the next; also how long an answer may take,
  ///   within 2 and 10 s.
  init(url: URL, headers: [String: String], interval: Duration, isConditional: Bool = false) {
    fetcher = FeedFetcher(
      url: url, headers: headers, patience: min(max(interval, .seconds(2)), .seconds(10)))
    self.interval = interval
    self.isConditional = isConditional
  }

  func run(_ take: (Outcome) async -> Void) async {
    var last: FeedAnswer?
    while !Task.isCancelled {
      let began = ContinuousClock.now
      let outcome: Outcome
      do throws(FetchFault) {
        let answer = try await fetcher.fetch(after: isConditional ? last : nil)
        if answer.body != nil { last = answer }
        outcome = .success(answer)
      } catch {
        outcome = .failure(error)
      }
      if Task.isCancelled { return }
      await take(outcome)
      try? await Task.sleep(until: began + interval)
    }
  }
}

extension Result<FeedAnswer, FetchFault> {
  /// What a poll comes to, once the answer itself may be believed.
  func news(
    at now: Timestamp, _ watch: inout FeedWatch,
    unchanged: () -> FeedNews = { FeedNews(isAlive: true) },
    _ read: ([UInt8]) -> FeedNews
  ) -> FeedNews {
    switch self {
    case .failure(let fault): return .dead("\(fault)")
    case .success(let answer):
      if let fault = watch.fault(in: answer, at: now) { return .dead(fault) }
      return answer.body.map(read) ?? unchanged()
    }
  }
}
