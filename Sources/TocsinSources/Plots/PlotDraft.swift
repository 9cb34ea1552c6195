import TocsinModel

/// The fields of a line as read, before they are held against their limits.
struct PlotDraft {
  var time: Timestamp?
  var radar: String?
  var range: Double?
  var azimuth: Double?
  var elevation: Double?
  var sigmaRange: Double?
  var sigmaAzimuth: Double?
  var sigmaElevation: Double?
  var hasSigma = false
  var doppler: Double?
  var id: String?
  var alive = false

  /// What is wrong with one field.
  struct Refusal: Error {
    var field: String
    var error: String
  }

  /// Holds every field against its limits.
  ///
  /// The limits on `sigma` and `doppler_mps` keep squares and products of them finite in the filter.
  func checked() throws(Refusal) -> PlotLine {
    let time = try present(time, "t")
    let radar = try present(radar, "radar")
    if radar.isEmpty { throw Refusal(field: "radar", error: "is empty; give the radar's id") }
    if alive { return .alive(radar: radar, time: time) }
    let range = try number(range, "range_m")
    guard range > 0, range <= 2_000_000 else {
      throw Refusal(
        field: "range_m", error: "\(range) is not above 0 and up to 2,000,000; give meters")
    }
    let azimuth = try number(azimuth, "azimuth_deg", within: 0...360, "degrees from true north")
    let elevation = try number(
      elevation, "elevation_deg", within: -90...90, "degrees above the horizontal")
    if let doppler {
      _ = try number(doppler, "doppler_mps", within: -20_000...20_000, "meters per second")
    }
    return .plot(
      Plot(
        measured: time, radar: radar, range: range, azimuth: azimuth, elevation: elevation,
        sigma: try sigma(), doppler: doppler, id: id))
  }

  private func sigma() throws(Refusal) -> Plot.Sigma? {
    guard hasSigma else { return nil }
    return Plot.Sigma(
      range: try number(sigmaRange, "sigma.range_m", within: 1e-6...100_000, "meters"),
      azimuth: try number(sigmaAzimuth, "sigma.azimuth_deg", within: 1e-6...90, "degrees"),
      elevation: try number(sigmaElevation, "sigma.elevation_deg", within: 1e-6...90, "degrees"))
  }

  private func present<Value>(_ value: Value?, _ field: String) throws(Refusal) -> Value {
    guard let value else {
      throw Refusal(field: field, error: "is missing; every line needs it")
    }
    return value
  }

  private func number(_ value: Double?, _ field: String) throws(Refusal) -> Double {
    let value = try present(value, field)
    guard value.isFinite else {
      throw Refusal(
        field: field, error: "\(value) is no number to compute with; leave the line out")
    }
    return value
  }

  private func number(
    _ value: Double?, _ field: String, within limits: ClosedRange<Double>, _ unit: String
  ) throws(Refusal) -> Double {
    let value = try number(value, field)
    guard limits.contains(value) else {
      throw Refusal(
        field: field,
        error: "\(value) is not within \(limits.lowerBound) and \(limits.upperBound); give \(unit)")
    }
    return value
  }
}
