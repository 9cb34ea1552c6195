public import Foundation
import Synchronization
import TocsinModel

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Asks one address again and again: bounded in size and in time, following no redirect, and only for what is
/// new where the server can tell.
///
/// A class, because it owns the connection.
public final class FeedFetcher: Sendable {
  public let url: URL
  private let headers: [String: String]
  private let limit: Int
  private let patience: Duration
  private let transfers: Transfers
  private let session: URLSession

  /// - Parameters:
  ///   - limit: bytes of a body, unpacked; more is a fault.
  ///   - patience: for the whole answer, however slowly it drips.
  public init(
    url: URL, headers: [String: String] = [:], limit: Int = 4 << 20,
    patience: Duration = .seconds(5)
  ) {
    self.url = url
    self.headers = headers
    self.limit = limit
    self.patience = patience
    transfers = Transfers()
    let configuration = URLSessionConfiguration.ephemeral
    // The bound is our own, over the whole answer; the library's is between two pieces of it.
    configuration.timeoutIntervalForRequest = patience.inSeconds * 4
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.urlCache = nil
    session = URLSession(configuration: configuration, delegate: transfers, delegateQueue: nil)
  }

  deinit { session.invalidateAndCancel() }

  /// - Parameter last: the answer before; its marks let the server say that nothing is new.
  public func fetch(after last: FeedAnswer? = nil) async throws(FetchFault) -> FeedAnswer {
    var request = URLRequest(url: url, timeoutInterval: patience.inSeconds * 4)
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    request.setValue(last?.entityTag, forHTTPHeaderField: "If-None-Match")
    request.setValue(last?.lastModified, forHTTPHeaderField: "If-Modified-Since")
    let task = session.dataTask(with: request)
    let outcome = await withTaskGroup(of: Result<FeedAnswer, FetchFault>.self) { group in
      group.addTask { [transfers, limit] in await transfers.run(task, limit: limit) }
      group.addTask { [patience] in
        try? await Task.sleep(for: patience)
        return .failure(.tooSlow(patience))
      }
      let first = await group.next() ?? .failure(.tooSlow(patience))
      group.cancelAll()
      return first
    }
    return try outcome.get()
  }
}

/// The transfers of one session, by the task's number.
private final class Transfers: NSObject, URLSessionDataDelegate, Sendable {
  private struct Transfer {
    var body: [UInt8] = []
    var limit: Int
    var end: CheckedContinuation<Result<FeedAnswer, FetchFault>, Never>
  }

  // The session's queue fills it; the poller's task begins and ends it.
  private let open = Mutex<[Int: Transfer]>([:])

  func run(_ task: URLSessionDataTask, limit: Int) async -> Result<FeedAnswer, FetchFault> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { end in
        open.withLock { $0[task.taskIdentifier] = Transfer(limit: limit, end: end) }
        if Task.isCancelled {
          finish(task, .failure(.unreachable("given up")))
        } else {
          task.resume()
        }
      }
    } onCancel: {
      finish(task, .failure(.unreachable("given up")))
    }
  }

  private func finish(_ task: URLSessionTask, _ result: Result<FeedAnswer, FetchFault>) {
    let transfer = open.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    guard let transfer else { return }
    transfer.end.resume(returning: result)
    if task.state == .running { task.cancel() }
  }

  /// Without the next request the redirect itself is the answer. Nothing else may happen to the task here:
  /// Foundation on Linux ends the process when a task that waits for this word is cancelled.
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLarge = open.withLock { open -> Int? in
      guard var transfer = open.removeValue(forKey: dataTask.taskIdentifier) else { return nil }
      transfer.body += data
      open[dataTask.taskIdentifier] = transfer
      return transfer.body.count > transfer.limit ? transfer.limit : nil
    }
    if let limit = isTooLarge { finish(dataTask, .failure(.tooLarge(limit: limit))) }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    if let error { return finish(task, .failure(.unreachable(error.localizedDescription))) }
    guard let response = task.response as? HTTPURLResponse else {
      return finish(task, .failure(.unreachable("no answer")))
    }
    if (300..<400).contains(response.statusCode), response.statusCode != 304 {
      let address = response.value(forHTTPHeaderField: "Location") ?? "another address"
      return finish(task, .failure(.redirected(to: address)))
    }
    guard [200, 304].contains(response.statusCode) else {
      return finish(task, .failure(.refused(status: response.statusCode)))
    }
    let body = open.withLock { $0[task.taskIdentifier]?.body } ?? []
    finish(
      task,
      .success(
        FeedAnswer(
          body: response.statusCode == 304 ? nil : body,
          entityTag: response.value(forHTTPHeaderField: "ETag"),
          lastModified: response.value(forHTTPHeaderField: "Last-Modified"),
          date: response.value(forHTTPHeaderField: "Date").flatMap(HTTPDate.moment))))
  }
}
