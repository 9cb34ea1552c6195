import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import TocsinEngine
public import TocsinModel
public import TocsinSources

/// The pages, the API and the stream of events, on one port.
///
/// It follows the engine as a ``TocsinEngine/Viewer`` and as the channel ``channel``; orders and plots
/// go into the inbox like those of any other source.
public struct WebServer: Service, Viewer {
  public struct Configuration: Hashable, Sendable {
    public var host: String
    /// 0: any that is free; ``WebServer/port`` tells which.
    public var port: Int
    /// The folder of Debian's `libjs-leaflet`; without it pages have lists and no map.
    public var leaflet: String?
    /// Whether an end stands in the real-time file for clients of other authorities' feeds too; the old ones
    /// among them report it as an alert. It is always in the history.
    public var endsInRealTime = false
    /// The file of imported alert logs; pages say so where there is none.
    public var history: String?

    public init(
      host: String = "127.0.0.1", port: Int = 8080,
      leaflet: String? = "/usr/share/javascript/leaflet"
    ) {
      self.host = host
      self.port = port
      self.leaflet = leaflet
    }
  }

  let configuration: Configuration
  let inbox: Inbox
  let logger: Logger
  let gate: Gate
  let files: PublicFiles
  let recordShelf = RecordShelf()
  let historyShelf: HistoryShelf
  let broadcast: Broadcast
  let showcase: Showcase
  let shelf: CompatibleShelf
  let publishers: [any Publishing]
  let subscribers: [any Subscribing]
  let messages: [String: CAPIntake]
  private let group: MultiThreadedEventLoopGroup
  private let bound: EventLoopPromise<Int>

  /// - Parameters:
  ///   - clock: the engine's; without it pages follow the clock as each view has it, which is enough while
  ///     its rate does not change.
  ///   - publishers: channels whose documents are served under their ids.
  ///   - subscribers: channels to which browsers give their addresses.
  ///   - messages: what takes the CAP messages that are posted, by the source's id.
  /// - Throws: when the files of the pages are not there.
  public init(
    configuration: Configuration, keys: KeyFile, inbox: Inbox,
    clock: (any EngineClock)? = nil, publishers: [any Publishing] = [],
    subscribers: [any Subscribing] = [], messages: [String: CAPIntake] = [:], logger: Logger
  ) throws {
    self.configuration = configuration
    self.inbox = inbox
    self.publishers = publishers
    self.subscribers = subscribers
    self.messages = messages
    self.logger = logger
    showcase = Showcase(clock: WebClock(clock))
    shelf = CompatibleShelf(
      options: .init(endsInRealTime: configuration.endsInRealTime))
    historyShelf = HistoryShelf(path: configuration.history)
    gate = Gate(keys: keys)
    files = try PublicFiles(leaflet: configuration.leaflet)
    group = .singleton
    broadcast = Broadcast(group: group)
    bound = group.any().makePromise()
  }

  /// The channel "pages" of the plan.
  public var channel: PagesChannel { PagesChannel(broadcast: broadcast, showcase: showcase) }

  /// The channel "compatible" of the plan.
  public var compatible: CompatibleChannel { CompatibleChannel(showcase: showcase) }

  /// The port that is listened on; waits until it is.
  public var port: Int { get async throws { try await bound.futureResult.get() } }

  public func show(_ view: View) {
    recordShelf.take(view.entries)
    showcase.show(view)
  }

  public func recall(_ past: [Entry]) { recordShelf.recall(past) }

  public func run() async throws {
    let door = StreamDoor(gate: gate, broadcast: broadcast) { [clock = showcase.clock] in
      (try? JSONEncoder.web.encode(clock.read())) ?? Data()
    }
    let app = Application(
      responder: routes.buildResponder(),
      server: HTTPServerBuilder { WebChannel(responder: $0, stream: door) },
      configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
      onServerRunning: { [bound] channel in
        bound.succeed(channel.localAddress?.port ?? 0)
      }, eventLoopGroupProvider: .shared(group), logger: logger)
    let publisher = Publisher(showcase: showcase, broadcast: broadcast, logger: logger)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await app.run() }
        group.addTask { await publisher.run() }
        group.addTask { await historyShelf.follow { showcase.gazetteer.plan.zones } }
        // The server ends on a graceful shutdown; the others have nothing to end for.
        try await group.next()
        group.cancelAll()
      }
    } catch {
      bound.fail(error)
      throw error
    }
  }
}
