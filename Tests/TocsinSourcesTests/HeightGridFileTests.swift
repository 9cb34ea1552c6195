import Foundation
import Testing
import TocsinConfiguration
import TocsinModel
import TocsinSources

private let header = """
  ncols 3
  nrows 2
  xllcorner 34.5
  yllcorner 31.5
  cellsize 0.1
  NODATA_value -32768

  """

private func read(_ text: String) throws(UnreadableFile) -> HeightGrid {
  try HeightGridFile.read([UInt8](text.utf8), name: "a.asc")
}

/// What reading says is wrong.
private func faults(_ text: String) -> [String] {
  do {
    _ = try read(text)
    return []
  } catch {
    guard case .faults(let faults) = error.problem else { return ["\(error)"] }
    return faults
  }
}

@Suite struct `A file of heights` {
  @Test func `is read from the north down`() throws {
    let grid = try read(header + "1 2.5 -3\n4 5e1 -32768\n")
    #expect(
      grid
        == HeightGrid(
          southWest: Position(latitude: 31.5, longitude: 34.5), cell: 0.1, columns: 3, rows: 2,
          heights: [4, 50, HeightGrid.missing, 1, 2.5, -3]))
  }

  @Test func `may give the middle of its first cell, any order and case, and any line ends`() throws
  {
    let text = """
      \u{FEFF}CELLSIZE 0.5\r\nNROWS 1\r\nNCOLS 2\r\nXLLCENTER 34.75\r\nYLLCENTER 31.75\r\n
        -9999\r\n\t7\r\n
      """
    #expect(
      try read(text)
        == HeightGrid(
          southWest: Position(latitude: 31.5, longitude: 34.5), cell: 0.5, columns: 2, rows: 1,
          heights: [HeightGrid.missing, 7]))
  }

  @Test func `may write missing heights as nan`() throws {
    let text = header.replacing("-32768", with: "nan") + "nan 2 3 4 5 NaN"
    #expect(try read(text).heights == [4, 5, HeightGrid.missing, HeightGrid.missing, 2, 3])
  }

  @Test func `with a bad height is refused with its line`() {
    #expect(
      faults(header + "1 2 3\n4 5,5 6\n") == [
        "line 8: '5,5' is no number; write heights in meters with a decimal point"
      ])
    for height in ["9001", "-9999", "inf", "-1e400", "1e39"] {
      let told = faults(header + "1 2 3\n4 \(height) 6\n")
      #expect(told.count == 1 && told[0].hasPrefix("line 8: '\(height)' is no height"), "\(told)")
    }
  }

  @Test func `with too few or too many heights is refused`() {
    #expect(
      faults(header + "1 2 3\n4 5\n") == [
        "line 9: ends after 5 heights; 3 columns × 2 rows need 6. Fetch the file again"
      ])
    #expect(
      faults(header + "1 2 3\n4 5 6\n7\n") == [
        "line 9: '7' comes after all 6 heights; check ncols and nrows"
      ])
    #expect(faults(header + "-32768 -32768 -32768 -32768 -32768 -32768").count == 1)
  }

  @Test func `names every fault of its head`() {
    let text = "ncols 0\nnrows 2.5\nxllcorner 34.5\nxllcenter 34.5\ncellsize 0.1\n1 2 3"
    #expect(
      faults(text).map { $0.prefix { $0 != ";" } } == [
        "line 1: ncols: is 0.0, not within 1.0 and 1500000.0",
        "line 2: nrows: is 2.5",
        "line 5: xllcorner and xllcenter both stand here",
        "line 5: yllcorner or yllcenter: is missing",
      ])
    #expect(faults("ncols 3\nncols 3\n")[0].hasPrefix("line 2: ncols: stands here a second time"))
  }

  @Test func `in meters, of oblong cells, or of another kind says what to do`() {
    let meters = header.replacing("31.5", with: "3486000")
    #expect(faults(meters + "1 2 3 4 5 6")[0].contains("gdalwarp -t_srs EPSG:4979"))
    let oblong = header.replacing("cellsize 0.1", with: "dx 0.1\ndy 0.2")
    #expect(faults(oblong + "1 2 3 4 5 6")[0].hasPrefix("line 5: dx: cells have to be square"))
    #expect(faults("{\"a\": 1}")[0].hasPrefix("line 1: '{\"a\":' is neither a height nor a key"))
    #expect(faults("II*\0\u{8}\0\0")[0].contains("nor a key"))
    #expect(faults("ncols")[0].contains("has no number"))
    #expect(faults("").count == 5)
  }

  @Test func `that is too large is refused before its heights are read`() {
    let wide = header.replacing("ncols 3", with: "ncols 1000000").replacing("0.1", with: "1e-5")
    #expect(faults(wide)[0].contains("has 2000000 cells, more than 1500000"))
    let tall = header.replacing("nrows 2", with: "nrows 600")
    #expect(faults(tall)[0].contains("reaches beyond the poles"))
    let long = [UInt8](repeating: UInt8(ascii: " "), count: HeightGridFile.limit + 1)
    #expect(throws: UnreadableFile(path: "a", problem: .tooLong(limit: HeightGridFile.limit))) {
      try HeightGridFile.read(long, name: "a")
    }
  }

  @Test func `is named in a plan beside the flat height, and none takes it away`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func plan(_ text: String, over base: Plan) throws -> Plan {
      let file = folder.appending(path: "plan.yaml")
      try Data(text.utf8).write(to: file)
      return try PlanFields.read(file.path, over: base).plan
    }
    try Data((header + "1 2 3 4 5 6").utf8).write(to: folder.appending(path: "hills.asc"))
    let hilly = try plan("ground_height_m: 40\nheight_grid: hills.asc\n", over: Plan())
    #expect(hilly.groundHeight == 40 && hilly.heightGrid?.highest == 6)
    #expect(try plan("tracked_hazard: rockets\n", over: hilly) == hilly)
    #expect(try plan("height_grid: none\n", over: hilly).heightGrid == nil)

    try Data((header + "1 2 3 4 5 x").utf8).write(to: folder.appending(path: "bad.asc"))
    do {
      _ = try plan("\nheight_grid: bad.asc\n", over: hilly)
      Issue.record("a bad grid was read")
    } catch let error as UnreadableFile {
      #expect(error.description.contains("line 2: 'height_grid' cannot be read"))
      #expect(error.description.contains("bad.asc, line 7: 'x' is no number"))
    }
  }

  @Test func `that is not there says so`() {
    #expect(throws: UnreadableFile.self) { try HeightGridFile.read("/nowhere/at/all.asc") }
  }
}
