/// What CAP 1.2 asks of each `area` beyond the schema (3.2.4).
enum AreaRules {
  static func check(_ area: Element, _ faults: inout Faults) {
    if let description = area.first("areaDesc"), description.text.isBlank {
      faults.add(.areaDescriptionEmpty, at: description, "is empty; say in words where it is")
    }
    for element in area.all("polygon") { polygon(element, &faults) }
    for element in area.all("circle") { circle(element, &faults) }
    height(area, &faults)
  }

  private static func polygon(_ element: Element, _ faults: inout Faults) {
    do {
      let polygon = try Polygon(written: element.text)
      if polygon.jumpsAroundEarth {
        faults.add(
          .polygonAntimeridian, at: element,
          "has a side over 180 degrees of longitude long; write two polygons at the antimeridian")
      }
      switch polygon.crossesItself() {
      case true: faults.add(.polygonCrossing, at: element, "has a border that crosses itself")
      case nil:
        faults.add(
          .polygonUnchecked, at: element,
          "has \(polygon.points.count) points, too many to look for crossings")
      default: break
      }
    } catch let fault {
      faults.add(fault.rule, at: element, fault.text)
    }
  }

  private static func circle(_ element: Element, _ faults: inout Faults) {
    do {
      let circle = try Circle(written: element.text)
      if circle.radius == 0 {
        faults.add(.circleZero, at: element, "has the radius 0: a point, and no area")
      }
    } catch let fault {
      faults.add(fault.rule, at: element, fault.text)
    }
  }

  private static func height(_ area: Element, _ faults: inout Faults) {
    guard let ceiling = area.first("ceiling") else { return }
    guard let altitude = area.first("altitude") else {
      return faults.add(.ceilingAlone, at: ceiling, "stands without 'altitude', its lower bound")
    }
    if let top = Double(decimal: ceiling.text.trimmed),
      let bottom = Double(decimal: altitude.text.trimmed), top < bottom
    {
      faults.add(.ceilingBelow, at: ceiling, "is \(top) feet, below the altitude of \(bottom)")
    }
  }
}

extension Polygon {
  fileprivate var jumpsAroundEarth: Bool {
    zip(points, points.dropFirst()).contains { abs($0.longitude - $1.longitude) > 180 }
  }
}
