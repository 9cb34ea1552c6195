#if MQTT
  import Foundation
  import Logging
  import ServiceLifecycle
  import TocsinCore
  import TocsinEngine
  import TocsinModel

  /// Zones and sirens at a broker.
  ///
  /// Each zone has a retained topic that says what is so there, and runs out by itself; our last will says that we
  /// cannot see. A siren gets commands and answers with receipts. A delivery counts as delivered once the broker has
  /// acknowledged all of its messages and every siren that it concerns has said that it did as told.
  ///
  /// An actor, because deliveries, views and sirens' receipts come at any time.
  actor MQTTChannel: Channel, Service, Viewer {
    nonisolated let outlet: String
    private let hears: Outlet
    private let settings: MQTTSettings
    private let topics: MQTTTopics
    private let zones: [Zone]
    private let memory: SoundedMemory
    private let logger: Logger
    private let circuit = Circuit()
    private let circuits: [String: Circuit]
    private let encoder = JSONEncoder()

    private var board: ZoneBoard
    /// The connection, while it is up.
    private var line: MQTTLine?
    private var whoWaits: [UUID: CheckedContinuation<Void, Never>] = [:]
    private var lastFault = MQTTFault.notConnected
    private var receipts: [String: AwaitedReceipt] = [:]

    private enum AwaitedReceipt {
      case open(CheckedContinuation<SirenReceipt?, Never>?)
      case arrived(SirenReceipt)
    }

    private nonisolated let views: AsyncStream<View>
    private nonisolated let shows: AsyncStream<View>.Continuation

    /// Messages that are not warnings on their way at once; a warning waits behind no more.
    private static let slice = 20
    /// How often everything is said again, so that it does not run out.
    private static let refresh = Duration.seconds(60)
    /// After which "online" runs out at the broker.
    private static let onlineLasts = Duration.seconds(180)
    /// The engine may show faster than anybody can read.
    private static let viewPause = Duration.milliseconds(250)

    init(
      _ outlet: Outlet, _ settings: MQTTSettings, zones: [Zone], memory path: String,
      logger: Logger
    ) {
      self.outlet = outlet.id
      hears = outlet
      self.settings = settings
      self.zones = zones
      self.logger = logger
      topics = MQTTTopics(prefix: settings.prefix)
      memory = SoundedMemory(path: path, logger: logger)
      circuits = Dictionary(
        settings.sirens.map { ($0.id, Circuit()) }, uniquingKeysWith: { first, _ in first })
      board = ZoneBoard(mode: outlet.actual ? .actual : .exercise, zones: zones.map(\.id))
      (views, shows) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    nonisolated func show(_ view: View) { shows.yield(view) }

    func run() async throws {
      await cancelWhenGracefulShutdown { [self] in
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await self.stayConnected() }
          group.addTask { await self.followViews() }
          group.addTask { await self.repeatAll() }
        }
      }
    }

    // MARK: Deliveries

    func deliver(_ delivery: Delivery) async -> Receipt.Outcome {
      if let refusal = hears.refusal(of: delivery) { return refusal }
      let notice = delivery.message.notice
      board.take(notice, entry: Int(delivery.id.prefix { $0 != "-" }) ?? 0)
      guard let line = await connected() else {
        return .failed(
          "\(settings.broker): \(lastFault)" + (circuit.isOpen ? ". \(Circuit.words)" : ""))
      }
      let tickets = notice.rows.map { say($0.zone, over: line) }
      let sirens = await withTaskGroup(of: String?.self) { group in
        for siren in settings.sirens {
          group.addTask { await self.tell(siren, delivery, over: line) }
        }
        var faults: [String] = []
        for await fault in group { faults += [fault].compactMap(\.self) }
        return faults
      }
      var faults = Set<String>()
      for ticket in tickets {
        if let fault = await line.acknowledgement(of: ticket) { faults.insert(fault.description) }
      }
      let all = faults.sorted() + sirens.sorted()
      return all.isEmpty ? .delivered : .failed(all.joined(separator: "; "))
    }

    /// The connection; waits a little for one that is being made.
    private func connected() async -> MQTTLine? {
      guard line == nil, !circuit.isOpen else { return line }
      let id = UUID()
      let alarm = Task {
        try? await Task.sleep(for: settings.patience)
        whoWaits.removeValue(forKey: id)?.resume()
      }
      await withCheckedContinuation { whoWaits[id] = $0 }
      alarm.cancel()
      return line
    }

    private func say(_ zone: String, over line: MQTTLine) -> MQTTLine.Ticket {
      let now = SystemClock().read().now
      let state = board.state(of: zone, at: now)
      return line.send(
        encoded(state), to: topics.state(of: zone), isRetained: true,
        lasts: state.expires - now, within: settings.patience)
    }

    private func encoded(_ value: some Encodable) -> [UInt8] {
      // Nothing that is encoded here has a value that JSON lacks.
      Array((try? encoder.encode(value)) ?? Data("{}".utf8))
    }

    // MARK: Sirens

    /// - Returns: what went wrong, in words.
    private func tell(
      _ siren: MQTTSiren, _ delivery: Delivery, over line: MQTTLine
    ) async -> String? {
      let notice = delivery.message.notice
      let order = SirenOrder(notice, siren.reach)
      guard
        let command = SirenCommand(order, delivery, siren: siren.id, stale: settings.stale)
      else { return nil }
      if case .sound(_, let zones) = order {
        let now = SystemClock().read().now
        if let refusal = notice.staleness(for: zones, after: settings.stale, at: now) {
          return "'\(siren.id)' \(refusal)"
        }
        guard await memory.remember(delivery.id, siren.id) else {
          return "'\(siren.id)' began this delivery before a restart; it does not sound twice"
        }
      }
      receipts[command.id] = .open(nil)
      defer { receipts[command.id] = nil }
      let ticket = line.send(
        encoded(command), to: topics.command(to: siren.id), isRetained: false,
        lasts: settings.stale, within: settings.patience)
      if let fault = await line.acknowledgement(of: ticket) {
        if fault.isSurelyUnsent { await memory.forget(delivery.id, siren.id) }
        return "'\(siren.id)': \(fault)"
      }
      return await outcome(of: command, at: siren)
    }

    private func outcome(of command: SirenCommand, at siren: MQTTSiren) async -> String? {
      let circuit = circuits[siren.id]!
      let wait = circuit.isOpen ? Duration.milliseconds(100) : settings.patience
      guard let receipt = await receipt(of: command.id, within: wait) else {
        if circuit.count() { log("Siren sends no receipts", siren.id) }
        return
          "'\(siren.id)' sent no receipt within \(wait.inSeconds) s; whether it sounds is not known"
          + (circuit.isOpen ? ". \(Circuit.words)" : "")
      }
      return receipt.outcome == .done
        ? nil : "'\(siren.id)' failed: \((receipt.reason ?? "no reason given").prefix(200))"
    }

    private func receipt(of id: String, within time: Duration) async -> SirenReceipt? {
      if case .arrived(let receipt) = receipts[id] { return receipt }
      let alarm = Task {
        try? await Task.sleep(for: time)
        if case .open(let continuation?) = receipts[id] {
          receipts[id] = .open(nil)
          continuation.resume(returning: nil)
        }
      }
      defer { alarm.cancel() }
      return await withCheckedContinuation { receipts[id] = .open($0) }
    }

    private func hear(_ topic: String, _ bytes: [UInt8]) {
      guard let siren = topics.siren(in: topic), let circuit = circuits[siren],
        let receipt = SirenReceipt(bytes)
      else { return log("What is no receipt was not heeded", topic) }
      guard receipt.id.hasSuffix("-\(siren)") else {
        return log("A receipt for another siren's command was not heeded", topic)
      }
      if circuit.close() { log("Siren sends receipts again", siren) }
      guard case .open(let continuation) = receipts[receipt.id] else { return }
      receipts[receipt.id] = .arrived(receipt)
      continuation?.resume(returning: receipt)
    }

    // MARK: The connection

    private func stayConnected() async {
      var pause = Duration.milliseconds(250)
      while !Task.isCancelled {
        let line = MQTTLine(settings)
        line.start()
        var all: Task<Void, Never>?
        for await event in line.events {
          switch event {
          case .up:
            pause = .milliseconds(250)
            enter(line)
            all = Task { await tellAll(over: line) }
          case .message(let topic, let bytes): hear(topic, bytes)
          case .down(let fault): end(fault)
          }
        }
        all?.cancel()
        if Task.isCancelled { return await leave(line) }
        // A random part, so that many who lost one broker do not come back together.
        try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
        pause = min(pause * 2, .seconds(5))
      }
    }

    private func enter(_ line: MQTTLine) {
      self.line = line
      lastFault = .notConnected
      if circuit.close() { log("Broker reachable again", "\(settings.broker)") }
      for continuation in whoWaits.values { continuation.resume() }
      whoWaits = [:]
    }

    /// What whoever listens there must know, from the beginning of a connection on.
    private func tellAll(over line: MQTTLine) async {
      await sayAll(over: line)
      guard let prefix = settings.discovery else { return }
      let found = zones.flatMap { topics.discovery(of: $0) }
      await inSlices(found, over: line) { entity in
        line.send(
          encoded(entity.config), to: "\(prefix)/\(entity.topic)", isRetained: true, lasts: nil,
          within: settings.patience)
      }
    }

    private func end(_ fault: MQTTFault) {
      line = nil
      if fault != lastFault { log("Broker lost", "\(settings.broker): \(fault)") }
      lastFault = fault
      if circuit.count() { log("Broker unreachable", "\(settings.broker): \(fault)") }
    }

    /// Says itself what the last will would say.
    private func leave(_ line: MQTTLine) async {
      guard self.line != nil else { return }
      self.line = nil
      let ticket = line.send(
        Array(MQTTTopics.blind.utf8), to: topics.availability, isRetained: true, lasts: nil,
        within: .seconds(1))
      _ = await line.acknowledgement(of: ticket)
      line.leave()
    }

    // MARK: What is said again

    /// Every zone, those with a warning first, and at last that we are here.
    private func sayAll(over line: MQTTLine) async {
      let now = SystemClock().read().now
      let states = zones.map { board.state(of: $0.id, at: now) }
      let warned = states.filter { $0.warning != nil }.map(\.zone)
      let quiet = states.filter { $0.warning == nil }.map(\.zone)
      await inSlices(warned + quiet, over: line) { say($0, over: line) }
      let online = line.send(
        Array(MQTTTopics.online.utf8), to: topics.availability, isRetained: true,
        lasts: Self.onlineLasts, within: settings.patience)
      _ = await line.acknowledgement(of: online)
    }

    private func inSlices<Item>(
      _ items: [Item], over line: MQTTLine, _ send: (Item) -> MQTTLine.Ticket
    ) async {
      for start in stride(from: 0, to: items.count, by: Self.slice) {
        let tickets = items[start..<min(start + Self.slice, items.count)].map(send)
        for ticket in tickets {
          // Whatever is wrong, the connection ends by it, and the next one begins anew.
          if await line.acknowledgement(of: ticket) != nil || Task.isCancelled { return }
        }
      }
    }

    private func repeatAll() async {
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.refresh)
        if let line, !Task.isCancelled { await sayAll(over: line) }
      }
    }

    private func followViews() async {
      let districts = Dictionary(grouping: zones, by: \.district)
      for await view in views {
        let now = SystemClock().read().now
        let blind = view.picture.health.filter { $0.state != .covered }.map(\.district)
        let changed = board.take(
          Array(view.tocsin.warnings.values),
          unseen: Set(blind.flatMap { districts[$0] ?? [] }.map(\.id)),
          entry: view.tocsin.number, at: now)
        if let line {
          await inSlices(changed.sorted(), over: line) { say($0, over: line) }
        }
        try? await Task.sleep(for: Self.viewPause)
      }
    }

    private func log(_ words: Logger.Message, _ reason: String) {
      logger.warning(words, metadata: ["channel": "\(outlet)", "reason": "\(reason)"])
    }
  }

  extension MQTTFault {
    /// Whether the siren cannot have heard it.
    fileprivate var isSurelyUnsent: Bool {
      switch self {
      case .notConnected, .notSent, .refused: true
      case .lost, .notAcknowledged: false
      }
    }
  }
#endif
