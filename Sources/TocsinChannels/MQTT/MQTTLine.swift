#if MQTT
  import CMosquitto
  import Foundation
  import Synchronization
  import TocsinConfiguration
  import TocsinModel

  /// One connection to a broker, from its beginning to its end; after that it is of no more use.
  ///
  /// MQTT 5, because only that lets a retained message run out at the broker. libmosquitto's calls are made by one
  /// thread, but for publishing, which any may do.
  ///
  /// Source: MQTT 5.0 (OASIS, 2019).
  final class MQTTLine: Sendable {
    enum Event: Sendable {
      case up
      case message(topic: String, [UInt8])
      /// The last one.
      case down(MQTTFault)
    }

    /// A message that is to be acknowledged.
    struct Ticket: Sendable {
      fileprivate let number: Int32
      fileprivate let fault: MQTTFault?
    }

    private enum Acknowledgement {
      case awaited(until: ContinuousClock.Instant, CheckedContinuation<MQTTFault?, Never>?)
      case arrived(MQTTFault?)
    }

    private struct Handle: @unchecked Sendable { var client: OpaquePointer? }

    let events: AsyncStream<Event>
    private let tell: AsyncStream<Event>.Continuation
    private let settings: MQTTSettings
    private let topics: MQTTTopics
    // Publishers use it and the thread ends it.
    private let handle = Mutex(Handle())
    // Publishers wait and the thread answers; never held while libmosquitto is called.
    private let acknowledgements = Mutex<[Int32: Acknowledgement]>([:])
    private let isLeaving = Mutex(false)
    // Callbacks set them and the thread reads them.
    private let refusal = Mutex<MQTTFault?>(nil)
    private let complaint = Mutex<String?>(nil)

    /// Seconds without a word after which either side gives the other up.
    private static let keepAlive: Int32 = 5
    private static let library: Void = { mosquitto_lib_init() }()

    init(_ settings: MQTTSettings) {
      self.settings = settings
      topics = MQTTTopics(prefix: settings.prefix)
      // What sirens say may wait a little; what a flood of them says is let go.
      (events, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
      _ = Self.library
    }

    /// Connects and serves the connection on a thread of its own, until it is lost or left.
    func start() {
      let thread = Thread { [self] in
        let fault = live()
        failAll(fault)
        tell.yield(.down(fault))
        tell.finish()
      }
      thread.name = "mqtt"
      thread.start()
    }

    /// Says goodbye; the last will stays unsaid, so say before what it would have said.
    func leave() { isLeaving.withLock { $0 = true } }

    // MARK: Publishing

    /// Hands a message to the connection, in the order of the calls, with quality of service 1.
    ///
    /// - Parameter lasts: after which the broker forgets it.
    func send(
      _ payload: [UInt8], to topic: String, isRetained: Bool, lasts: Duration?, within: Duration
    ) -> Ticket {
      handle.withLock { handle in
        guard let client = handle.client else { return Ticket(number: 0, fault: .notConnected) }
        var properties: OpaquePointer?
        if let lasts {
          mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue),
            UInt32(max(1, lasts.inSeconds.rounded(.up))))
        }
        defer { mosquitto_property_free_all(&properties) }
        var number: Int32 = 0
        let outcome = mosquitto_publish_v5(
          client, &number, topic, Int32(payload.count), payload, 1, isRetained, properties)
        guard outcome == Int32(MOSQ_ERR_SUCCESS.rawValue) else {
          return Ticket(number: 0, fault: .notSent(Self.words(outcome)))
        }
        acknowledgements.withLock { all in
          // The answer may be here before the number was.
          if all[number] == nil { all[number] = .awaited(until: .now + within, nil) }
        }
        return Ticket(number: number, fault: nil)
      }
    }

    /// Waits for the broker's word on a message.
    func acknowledgement(of ticket: Ticket) async -> MQTTFault? {
      if let fault = ticket.fault { return fault }
      return await withCheckedContinuation { continuation in
        let early: MQTTFault?? = acknowledgements.withLock { all in
          switch all[ticket.number] {
          case .arrived(let fault):
            all[ticket.number] = nil
            return .some(fault)
          case .awaited(let moment, _):
            all[ticket.number] = .awaited(until: moment, continuation)
            return nil
          case nil: return .some(.lost("it ended"))
          }
        }
        if let early { continuation.resume(returning: early) }
      }
    }

    private func answer(_ number: Int32, _ fault: MQTTFault?) {
      let waiting = acknowledgements.withLock { all -> CheckedContinuation<MQTTFault?, Never>? in
        if case .awaited(_, let continuation?) = all[number] {
          all[number] = nil
          return continuation
        }
        all[number] = .arrived(fault)
        return nil
      }
      waiting?.resume(returning: fault)
    }

    /// - Returns: whether something was not acknowledged in time: the connection then looks open and is dead.
    private func failLate() -> Bool {
      let late = acknowledgements.withLock { all in
        all.compactMap { number, state -> Int32? in
          if case .awaited(let until, _) = state, until < .now { number } else { nil }
        }
      }
      for number in late { answer(number, .notAcknowledged) }
      return !late.isEmpty
    }

    private func failAll(_ fault: MQTTFault) {
      let open = acknowledgements.withLock { all in
        all.compactMap { number, state -> Int32? in
          if case .awaited = state { number } else { nil }
        }
      }
      for number in open { answer(number, fault) }
    }

    // MARK: The thread

    private func live() -> MQTTFault {
      let own = Unmanaged.passUnretained(self).toOpaque()
      guard let client = mosquitto_new(nil, true, own) else { return .notSent("no memory") }
      defer {
        handle.withLock { $0.client = nil }
        mosquitto_destroy(client)
      }
      if let fault = prepare(client) { return fault }
      let outcome = mosquitto_connect_bind_v5(
        client, settings.broker.host, Int32(settings.broker.port), Self.keepAlive, nil, nil)
      guard outcome == Int32(MOSQ_ERR_SUCCESS.rawValue) else { return lost(outcome) }
      while true {
        let outcome = mosquitto_loop(client, 50, 1)
        if let refusal = refusal.withLock({ $0 }) { return refusal }
        guard outcome == Int32(MOSQ_ERR_SUCCESS.rawValue) else { return lost(outcome) }
        if failLate() { return .lost("it no longer answers") }
        if isLeaving.withLock({ $0 }) {
          mosquitto_disconnect(client)
          return .lost("we left")
        }
      }
    }

    private func lost(_ outcome: Int32) -> MQTTFault {
      .lost(complaint.withLock { $0 } ?? Self.words(outcome))
    }

    private func prepare(_ client: OpaquePointer) -> MQTTFault? {
      var steps: [Int32] = [
        mosquitto_threaded_set(client, true),
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, Int32(MQTT_PROTOCOL_V5)),
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1),
        mosquitto_username_pw_set(client, settings.user, settings.password),
        mosquitto_will_set_v5(
          client, topics.availability, Int32(MQTTTopics.blind.utf8.count), MQTTTopics.blind, 1,
          true, nil),
      ]
      if settings.isEncrypted {
        let folder = settings.authorities == nil ? "/etc/ssl/certs" : nil
        steps.append(
          mosquitto_tls_set(
            client, settings.authorities, folder, settings.certificate, settings.key, nil))
      }
      if let failed = steps.first(where: { $0 != Int32(MOSQ_ERR_SUCCESS.rawValue) }) {
        return .notSent(Self.words(failed))
      }
      mosquitto_log_callback_set(client) { _, own, level, words in
        guard level == Int32(MOSQ_LOG_ERR), let words else { return }
        MQTTLine.line(own).complaint.withLock { $0 = String(cString: words) }
      }
      mosquitto_connect_v5_callback_set(client) { _, own, code, _, _ in
        MQTTLine.line(own).connected(code)
      }
      mosquitto_publish_v5_callback_set(client) { _, own, number, code, _ in
        let fault =
          code < 128
          ? nil
          : MQTTFault.notSent("the broker: " + String(cString: mosquitto_reason_string(code)))
        MQTTLine.line(own).answer(number, fault)
      }
      mosquitto_message_v5_callback_set(client) { _, own, message, _ in
        guard let message = message?.pointee, let topic = message.topic else { return }
        let payload = UnsafeRawBufferPointer(
          start: message.payload, count: Int(message.payloadlen))
        // What is kept for whoever comes later is no answer to us.
        guard !message.retain else { return }
        MQTTLine.line(own).tell.yield(
          .message(topic: String(cString: topic), Array(payload.prefix(SirenReceipt.limit + 1))))
      }
      handle.withLock { $0.client = client }
      return nil
    }

    private static func line(_ own: UnsafeMutableRawPointer?) -> MQTTLine {
      Unmanaged<MQTTLine>.fromOpaque(own!).takeUnretainedValue()
    }

    private func connected(_ code: Int32) {
      guard code == 0 else {
        let words = String(cString: mosquitto_reason_string(code))
        refusal.withLock { $0 = .refused(words) }
        return
      }
      handle.withLock { handle in
        guard let client = handle.client else { return }
        mosquitto_subscribe_v5(client, nil, topics.receipts, 1, 0, nil)
      }
      tell.yield(.up)
    }

    private static func words(_ code: Int32) -> String {
      code == Int32(MOSQ_ERR_ERRNO.rawValue)
        ? String(cString: strerror(errno)) : String(cString: mosquitto_strerror(code))
    }
  }
#endif
