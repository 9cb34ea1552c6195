import Logging
import TocsinModel

/// Plays one siren: one loop with its state as local variables; nothing else touches the relay.
///
/// After every change the coils are read back; what is not confirmed is tried again, so that a siren is switched
/// off at the end of its pattern as soon as it can be reached.
struct SirenTask: Sendable {
  let siren: SirenSettings
  let mailbox: SirenMailbox
  let circuit = Circuit()
  let patience: Duration
  let logger: Logger

  /// How often a relay without a watchdog is looked at.
  static let look = Duration.seconds(10)

  private struct State {
    var player = SirenPlayer()
    /// What the coils read back as; `nil`: not known, as at the start, so that they are switched off first.
    var confirmed: Bool?
    var waiting: [SirenJob] = []
    var lastFault: ModbusFault?
    /// Whether an order that waits may have sounded although it was not confirmed.
    var mayHaveSounded = false
    var nextTry = ContinuousClock.now
    var nextLook = ContinuousClock.now
    var pause = Duration.milliseconds(250)
    var beat = false
    var isForeign = false
  }

  func run() async {
    var state = State()
    while !Task.isCancelled {
      let (isOn, change) = state.player.state(at: .now)
      if isOn != state.confirmed, .now >= state.nextTry { await switchRelays(isOn, &state) }
      if .now >= state.nextLook { await look(&state) }
      settle(isOn, &state)
      let deadlines = state.waiting.map(\.deadline)
      let retry = isOn != state.confirmed ? [state.nextTry] : []
      let wake = ([state.nextLook] + deadlines + retry + (change.map { [$0] } ?? [])).min()
      if let job = await mailbox.next(until: wake ?? state.nextLook) { take(job, &state) }
    }
    await stop(&state)
  }

  private func take(_ job: SirenJob, _ state: inout State) {
    switch job.order {
    case .sound(let play): state.player.begin(play)
    case .stop(let warning, let zones): state.player.end(warning, zones: zones)
    }
    state.waiting.append(job)
    state.nextTry = .now
    state.mayHaveSounded = false
  }

  /// Tells those who wait what became of their orders.
  private func settle(_ isOn: Bool, _ state: inout State) {
    var still: [SirenJob] = []
    for job in state.waiting {
      if let answer = answer(to: job, isOn, state) {
        job.answer.resume(returning: answer)
      } else {
        still.append(job)
      }
    }
    state.waiting = still
  }

  private func answer(to job: SirenJob, _ isOn: Bool, _ state: State) -> SirenJob.Answer? {
    if case .sound = job.order, !isOn, state.player.play == nil {
      return .failed("it was ended before it sounded", mayHaveSounded: state.mayHaveSounded)
    }
    if state.confirmed == isOn { return .done }
    guard let fault = state.lastFault, .now >= job.deadline || circuit.isOpen else { return nil }
    let words = circuit.isOpen ? "\(fault). \(Circuit.words)" : fault.description
    return .failed(words, mayHaveSounded: state.mayHaveSounded)
  }

  private func switchRelays(_ isOn: Bool, _ state: inout State) async {
    do {
      try await write(isOn)
      state.confirmed = isOn
      succeed(&state)
    } catch {
      state.confirmed = nil
      if isOn { state.mayHaveSounded = state.mayHaveSounded || error.mayHaveSwitched }
      fail(error, &state)
      state.nextTry = .now + state.pause
      state.pause = min(state.pause * 2, .seconds(5))
    }
  }

  private func write(_ isOn: Bool) async throws(ModbusFault) {
    let order: ModbusRequest =
      siren.relays == 1
      ? .writeCoil(address: siren.coil, isOn: isOn)
      : .writeCoils(address: siren.coil, Array(repeating: isOn, count: siren.relays))
    let answers = try await call.perform([order, reading])
    guard answers[1].allSatisfy({ $0 == isOn }) else { throw .otherState(wanted: isOn) }
  }

  private var call: ModbusCall {
    ModbusCall(address: siren.address, unit: siren.unit, patience: patience)
  }

  private var reading: ModbusRequest {
    .readCoils(address: siren.coil, count: UInt16(siren.relays))
  }

  /// Shows the device that we live, and looks whether its relays are as we left them.
  private func look(_ state: inout State) async {
    state.nextLook = .now + (siren.watchdogCoil == nil ? Self.look : siren.watchdogPeriod)
    state.beat.toggle()
    let beat = siren.watchdogCoil.map { ModbusRequest.writeCoil(address: $0, isOn: state.beat) }
    do {
      let answers = try await call.perform((beat.map { [$0] } ?? []) + [reading])
      succeed(&state)
      compare(answers.last ?? [], &state)
    } catch {
      fail(error, &state)
      if circuit.isOpen { state.nextLook = max(state.nextLook, .now + .seconds(5)) }
    }
  }

  private func compare(_ coils: [Bool], _ state: inout State) {
    let isForeign = state.confirmed == false && coils.contains(true)
    if isForeign, !state.isForeign { log("Siren is on and nobody here decided it", nil) }
    state.isForeign = isForeign
    // Off while it should sound: it lost its power, or somebody switched it off; it is switched on again.
    if state.confirmed == true, coils.contains(false) { state.confirmed = nil }
  }

  /// At the end of the service nothing stays on.
  private func stop(_ state: inout State) async {
    await mailbox.close()
    for job in state.waiting {
      job.answer.resume(
        returning: .failed("the service is stopping", mayHaveSounded: state.mayHaveSounded))
    }
    for _ in 0..<3 where state.confirmed != false { await switchRelays(false, &state) }
    if state.confirmed != false { log("Siren may still be on", state.lastFault) }
  }

  private func succeed(_ state: inout State) {
    if circuit.close() { log("Siren reachable again", nil) }
    state.lastFault = nil
    state.pause = .milliseconds(250)
  }

  private func fail(_ fault: ModbusFault, _ state: inout State) {
    state.lastFault = fault
    if circuit.count() { log("Siren unreachable", fault) }
  }

  private func log(_ words: Logger.Message, _ fault: ModbusFault?) {
    logger.error(
      words, metadata: ["siren": "\(siren.id)", "reason": "\(fault?.description ?? "")"])
  }
}

extension ModbusFault {
  /// Whether the device may have switched although it did not confirm it.
  fileprivate var mayHaveSwitched: Bool {
    switch self {
    case .refused, .unreachable: false
    case .strange, .silent, .otherState: true
    }
  }
}
