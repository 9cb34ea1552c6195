/// What is wrong with a polygon or circle as it is written.
struct GeometryFault: Error, Hashable {
  var rule: Rule
  var text: String
}

extension Coordinate {
  /// Reads `lat,lon`: WGS-84 degrees, no space inside, no third number (CAP 1.2, 3.2.4).
  init(written pair: Substring) throws(GeometryFault) {
    let parts = pair.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let latitude = Double(decimal: parts[0]),
      let longitude = Double(decimal: parts[1])
    else {
      throw GeometryFault(
        rule: .coordinateForm,
        text: "'\(pair.shortened)' is no pair 'latitude,longitude' in decimal degrees")
    }
    guard abs(latitude) <= 90, abs(longitude) <= 180 else {
      let isSwapped = abs(longitude) <= 90 && abs(latitude) <= 180
      throw GeometryFault(
        rule: .coordinateRange,
        text: "'\(pair.shortened)' is not on Earth: latitude is -90 to 90, longitude -180 to 180"
          + (isSwapped ? "; latitude comes first, are they swapped?" : ""))
    }
    self.init(latitude: latitude, longitude: longitude)
  }
}

extension Polygon {
  /// Reads `lat,lon lat,lon …` as the standard has it: at least four pairs, the last equal to the first.
  init(written text: String) throws(GeometryFault) {
    let words = text.words
    guard !words.isEmpty else {
      throw GeometryFault(rule: .polygonEmpty, text: "names no point; leave the element away")
    }
    var points: [Coordinate] = []
    points.reserveCapacity(words.count)
    for word in words { points.append(try Coordinate(written: word)) }
    guard points.count >= 4 else {
      throw GeometryFault(
        rule: .polygonTooShort,
        text: "has \(points.count) points; a ring has at least 4, the last equal to the first")
    }
    guard points.first == points.last else {
      throw GeometryFault(
        rule: .polygonOpen,
        text: "is not closed: it begins at \(words[0].shortened) and ends at "
          + (words.last ?? "").shortened)
    }
    self.init(points: points)
  }
}

extension Circle {
  /// Reads `lat,lon radius`, the radius in kilometers.
  init(written text: String) throws(GeometryFault) {
    let words = text.words
    guard words.count == 2 else {
      throw GeometryFault(
        rule: .circleForm, text: "'\(text.trimmed.shortened)' is not 'latitude,longitude radius'")
    }
    let center = try Coordinate(written: words[0])
    guard let radius = Double(decimal: words[1]) else {
      throw GeometryFault(
        rule: .circleForm, text: "has the radius '\(words[1].shortened)', which is no number")
    }
    guard radius >= 0, radius <= Self.halfAroundEarth else {
      throw GeometryFault(
        rule: .circleRadius,
        text: "has a radius of \(words[1].shortened) km; it is 0 to \(Int(Self.halfAroundEarth))")
    }
    self.init(center: center, radius: radius)
  }

  private static let halfAroundEarth = 20_038.0
}

extension Double {
  /// Reads digits with an optional sign and point, nothing else: no exponent, no NaN, no infinity.
  init?(decimal text: Substring) {
    guard text.utf8.count <= 40,
      text.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "+")
      }),
      let value = Double(text), value.isFinite
    else { return nil }
    self = value
  }
}

extension StringProtocol {
  /// Short enough for one line of a terminal.
  var shortened: String {
    let line = prefix(60).map { $0.isNewline ? " " : $0 }
    return String(line) + (dropFirst(60).isEmpty ? "" : "…")
  }
}
