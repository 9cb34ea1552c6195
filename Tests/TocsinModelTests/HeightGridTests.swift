import Foundation
import Testing
import TocsinModel

private let corner = Position(latitude: 31, longitude: 34)

private func grid(_ columns: Int, _ heights: [Float], at corner: Position = corner) -> HeightGrid? {
  HeightGrid(
    southWest: corner, cell: 0.1, columns: columns, rows: heights.count / columns, heights: heights)
}

@Suite struct `A height grid` {
  private let heights: [Float] = [10, 20, 30, 40, 50, 60]

  private func height(_ latitude: Double, _ longitude: Double) throws -> Double? {
    try #require(grid(3, heights)).height(at: Position(latitude: latitude, longitude: longitude))
  }

  @Test func `has each cell's height in its middle, from the south-west on`() throws {
    for (index, known) in heights.enumerated() {
      let (row, column) = (Double(index / 3), Double(index % 3))
      let found = try #require(try height(31.05 + 0.1 * row, 34.05 + 0.1 * column))
      #expect(abs(found - Double(known)) < 1e-6)
    }
  }

  @Test func `is bilinear between the middles and level beyond them`() throws {
    #expect(abs(try #require(try height(31.05, 34.1)) - 15) < 1e-6)
    #expect(abs(try #require(try height(31.1, 34.1)) - 30) < 1e-6)
    #expect(abs(try #require(try height(31.075, 34.175)) - (10 + 12.5 + 7.5)) < 1e-6)
    #expect(abs(try #require(try height(31.001, 34.001)) - 10) < 1e-6)
    #expect(abs(try #require(try height(31.199, 34.299)) - 60) < 1e-6)
  }

  @Test func `says nothing outside, and nothing beside a missing cell`() throws {
    for (latitude, longitude) in [
      (30.999, 34.1), (31.201, 34.1), (31.1, 33.999), (31.1, 34.301), (.nan, 34.1),
      (31.1, .infinity),
    ] {
      #expect(try height(latitude, longitude) == nil)
    }
    let holed = try #require(grid(3, [10, 20, 30, 40, 50, HeightGrid.missing]))
    #expect(holed.height(at: Position(latitude: 31.1, longitude: 34.2)) == nil)
    #expect(holed.height(at: Position(latitude: 31.1, longitude: 34.1)) != nil)
    #expect(holed.highest == 50)
  }

  @Test func `may have a single row, column or cell`() throws {
    let single = try #require(grid(1, [7]))
    #expect(single.height(at: Position(latitude: 31.01, longitude: 34.09)) == 7)
    let row = try #require(grid(2, [10, 20]))
    #expect(row.height(at: Position(latitude: 31.09, longitude: 34.01)) == 10)
    let column = try #require(grid(1, [10, 20]))
    #expect(column.height(at: Position(latitude: 31.19, longitude: 34.01)) == 20)
  }

  @Test func `may cross the meridian of 180 degrees`() throws {
    let date = Position(latitude: 31, longitude: 179.9)
    let crossing = try #require(grid(2, [10, 20], at: date))
    #expect(crossing.height(at: Position(latitude: 31.05, longitude: 179.92)) == 10)
    #expect(crossing.height(at: Position(latitude: 31.05, longitude: -179.92)) == 20)
    #expect(crossing.height(at: Position(latitude: 31.05, longitude: -179.8)) == nil)
  }

  @Test func `is stored and read without the least change`() throws {
    let rough = (0..<600).map { Float(sin(Double($0))) * 900 + 1 / 3 }
    let kept = try #require(grid(20, rough + [Float](repeating: HeightGrid.missing, count: 20)))
    let bytes = try JSONEncoder().encode(kept)
    #expect(try JSONDecoder().decode(HeightGrid.self, from: bytes) == kept)
    let text = String(decoding: bytes, as: UTF8.self).replacing("\"rows\":31", with: "\"rows\":30")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(HeightGrid.self, from: Data(text.utf8))
    }
  }

  @Test func `that cannot be is none`() {
    #expect(grid(2, [10, .nan]) == nil)
    #expect(grid(2, [10, 9001]) == nil)
    #expect(grid(2, [10, -.infinity]) == nil)
    #expect(grid(2, [HeightGrid.missing, HeightGrid.missing]) == nil)
    #expect(grid(1, [10], at: Position(latitude: 89.95, longitude: 34)) == nil)
    #expect(grid(1, [10], at: Position(latitude: 31, longitude: 181)) == nil)
    func sized(_ columns: Int, _ rows: Int, _ cell: Double) -> HeightGrid? {
      HeightGrid(southWest: corner, cell: cell, columns: columns, rows: rows, heights: [1])
    }
    #expect(sized(1, 1, 0.1) != nil)
    #expect(sized(1, 2, 0.1) == nil && sized(0, 1, 0.1) == nil && sized(1, -1, 0.1) == nil)
    #expect(sized(1, 1, 0) == nil && sized(1, 1, .nan) == nil)
    #expect(sized(.max, .max, 0.1) == nil)
  }
}
