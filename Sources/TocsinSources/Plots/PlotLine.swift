public import TocsinModel

/// What one line of NDJSON from a radar says.
///
/// Source: the plot format of Tocsin's own interface (`Docs/FORMATS.md`); RFC 8259, RFC 3339.
public enum PlotLine: Hashable, Sendable {
  case plot(Plot)
  /// The radar works and sees nothing.
  case alive(radar: String, time: Timestamp)

  public var radar: String {
    switch self {
    case .plot(let plot): plot.radar
    case .alive(let radar, _): radar
    }
  }

  /// When the radar measured or said it, by its own clock.
  public var time: Timestamp {
    switch self {
    case .plot(let plot): plot.measured
    case .alive(_, let time): time
    }
  }

  /// Bytes that one line may have; a longer one is refused unread.
  public static let limit = 65_536
}
