import ArgumentParser

/// Measures what the budgets are about, on this machine, in this run.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tocsin-benchmarks",
    abstract: "Figures of one run; compare only those of the same machine and minute.",
    subcommands: [Decisions.self, Tracks.self, Commits.self, Restart.self, Lines.self, Zones.self])
}

/// Durations of single calls.
struct Spans {
  private var spans: [Duration] = []

  mutating func time<Result>(_ call: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    defer { spans.append(ContinuousClock.now - start) }
    return try call()
  }

  mutating func timeAsync<Result>(_ call: () async throws -> Result) async rethrows -> Result {
    let start = ContinuousClock.now
    defer { spans.append(ContinuousClock.now - start) }
    return try await call()
  }

  var count: Int { spans.count }
  var total: Double { spans.reduce(.zero, +) / .seconds(1) }

  /// Microseconds that a share of the calls, 0 to 1, did not exceed.
  func quantile(_ share: Double) -> Double {
    let sorted = spans.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / .microseconds(1)
  }

  var line: String {
    let names = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1)]
    return names.map { "\($0.0) \(rounded(quantile($0.1))) us" }.joined(separator: ", ")
  }
}

func rounded(_ number: Double) -> String {
  number.isFinite ? "\((number * 10).rounded() / 10)" : "-"
}
