/// What flies: how the air slows it, and whether it is driven.
public struct Body: Hashable, Sendable {
  /// Kilograms per square meter: mass over drag coefficient and cross-section, well below the speed of
  /// sound; `nil`: the air does nothing to it.
  public var ballisticCoefficient: Double?
  /// How much greater the drag coefficient is at a Mach number than well below the speed of sound.
  public var drag: DragCurve
  /// What drives it at first; `nil`: nothing does.
  public var thrust: Thrust?
  /// When it begins to tumble; `nil`: it does not.
  public var tumble: Tumble?

  public init(
    ballisticCoefficient: Double?, drag: DragCurve = .slender, thrust: Thrust? = nil,
    tumble: Tumble? = nil
  ) {
    self.ballisticCoefficient = ballisticCoefficient
    self.drag = drag
    self.thrust = thrust
    self.tumble = tumble
  }

  /// A push along the line of flight that ends.
  public struct Thrust: Hashable, Sendable {
    /// Meters per second squared.
    public var acceleration: Double
    public var duration: Duration

    public init(acceleration: Double, duration: Duration) {
      self.acceleration = acceleration
      self.duration = duration
    }
  }

  /// A body that loses its balance: more drag for the rest of its flight.
  public struct Tumble: Hashable, Sendable {
    /// After the start of the flight; it shows at the next step of the computation.
    public var after: Duration
    /// How much greater its drag is from then on.
    public var factor: Double

    public init(after: Duration, factor: Double) {
      self.after = after
      self.factor = factor
    }
  }
}

/// A factor on drag by Mach number, straight between its points and level beyond them.
public struct DragCurve: Hashable, Sendable {
  /// By ascending Mach number.
  public var points: [Point]

  public struct Point: Hashable, Sendable {
    public var mach: Double
    public var factor: Double

    public init(_ mach: Double, _ factor: Double) {
      self.mach = mach
      self.factor = factor
    }
  }

  public init(_ points: [Point]) {
    precondition(!points.isEmpty, "a drag curve needs a point")
    self.points = points.sorted { $0.mach < $1.mach }
  }

  public func factor(atMach mach: Double) -> Double {
    guard let after = points.firstIndex(where: { $0.mach > mach }) else {
      return points[points.count - 1].factor
    }
    guard after > 0 else { return points[0].factor }
    let (low, high) = (points[after - 1], points[after])
    return low.factor + (high.factor - low.factor) * (mach - low.mach) / (high.mach - low.mach)
  }

  /// The usual shape for a slender body: a steep rise at the speed of sound, a slow fall beyond it. It
  /// stands for no device.
  public static let slender = DragCurve([
    Point(0.7, 1), Point(0.9, 1.15), Point(1.05, 1.9), Point(1.2, 2), Point(1.5, 1.8),
    Point(2, 1.5), Point(3, 1.15), Point(5, 0.9),
  ])

  /// The same drag at every speed.
  public static let level = DragCurve([Point(0, 1)])
}
