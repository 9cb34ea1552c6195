import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One connection to a stream of server-sent events.
///
/// By a delegate, because `URLSession.bytes(for:)` is not there on Linux.
final class EventLine: NSObject, URLSessionDataDelegate, Sendable {
  /// The bytes as they come; ends with the fault that ended the connection.
  let pieces: AsyncThrowingStream<Data, any Error>
  private let end: AsyncThrowingStream<Data, any Error>.Continuation

  override init() {
    (pieces, end) = AsyncThrowingStream.makeStream(of: Data.self, throwing: (any Error).self)
  }

  /// Opens the connection; it is closed when the stream of pieces is dropped.
  static func open(_ request: URLRequest) -> EventLine {
    let line = EventLine()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = request.timeoutInterval
    configuration.timeoutIntervalForResource = 86_400 * 7
    let session = URLSession(configuration: configuration, delegate: line, delegateQueue: nil)
    let task = session.dataTask(with: request)
    line.end.onTermination = { _ in
      task.cancel()
      session.finishTasksAndInvalidate()
    }
    task.resume()
    return line
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    do {
      try ClientFault.check(response)
      completionHandler(.allow)
    } catch {
      end.finish(throwing: error)
      completionHandler(.cancel)
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    end.yield(data)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    end.finish(throwing: error)
  }
}
