package import TocsinEngine
public import TocsinModel

/// What lines from radars tell the core: their plots, and which radars gave a sign of life without a target.
public struct PlotIntake: Hashable, Sendable {
  public private(set) var plots: [Plot] = []
  public private(set) var alive: [String] = []

  public init(_ lines: [PlotLine]) {
    for line in lines {
      switch line {
      case .plot(let plot): plots.append(plot)
      case .alive(let radar, _): alive.append(radar)
      }
    }
  }

  public var contents: [Event.Content] {
    let signs = Set(alive).sorted().map { radar in
      Event.Content.statement(Statement(source: radar, said: nil, content: .alive))
    }
    return (plots.isEmpty ? [] : [.plots(plots)]) + signs
  }
}

extension Inbox {
  /// Puts in what lines said and returns once it is decided and written down.
  /// - Returns: why something of it was not taken, in words.
  package func put(_ intake: PlotIntake) async -> [String] {
    var refusals: [String] = []
    for content in intake.contents {
      do {
        let entry = try await put(content)
        for case .refuse(let refusal) in entry.effects { refusals.append(refusal.text) }
      } catch {
        refusals.append("\(error)")
      }
    }
    return refusals
  }
}
