public import TocsinModel

extension Tracker {
  /// What a site decides about tracking.
  public struct Settings: Hashable, Sendable, Codable {
    /// Flat ground, meters above the ellipsoid.
    public var groundHeight: Double
    /// The ground where it is known better; elsewhere it is flat.
    public var heightGrid: HeightGrid?
    /// Between two forecasts of a track, in plot time.
    public var forecastEvery: Duration
    /// Wind and temperature by height; `nil`: the standard atmosphere and wind of any direction.
    public var met: Met?
    /// Degrees above a radar's horizontal below which it sees nothing.
    public var lowestElevation: Double
    /// Probability that a look finds what is there, 0 to 1.
    public var detection: Double
    /// One standard deviation of a plot's Doppler speed, m/s (plots do not carry it).
    public var dopplerSigma: Double
    /// Rate at which bodies burst in flight, per second; what missed looks are weighed against.
    public var burstRate: Double
    /// Cubic meters of the sky around a plot in which false plots are counted, if they are not dense enough to be told in
    /// less.
    public var falsePlotVolume: Double
    /// How many tracks live at once; the surest stay.
    public var trackLimit: Int

    public init(
      groundHeight: Double = 0, heightGrid: HeightGrid? = nil,
      forecastEvery: Duration = .milliseconds(500), met: Met? = nil,
      lowestElevation: Double = 1, detection: Double = 0.9, dopplerSigma: Double = 3,
      burstRate: Double = 0.002, falsePlotVolume: Double = 1e12, trackLimit: Int = 2_000
    ) {
      self.groundHeight = groundHeight
      self.heightGrid = heightGrid
      self.forecastEvery = forecastEvery
      self.met = met
      self.lowestElevation = lowestElevation
      self.detection = detection
      self.dopplerSigma = dopplerSigma
      self.burstRate = burstRate
      self.falsePlotVolume = falsePlotVolume
      self.trackLimit = trackLimit
    }
  }
}
