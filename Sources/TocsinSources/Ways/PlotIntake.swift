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
