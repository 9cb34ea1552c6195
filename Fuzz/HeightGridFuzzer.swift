// needs: TocsinModel=Sources/TocsinModel TocsinConfiguration=Sources/TocsinConfiguration/FileBytes.swift,Sources/TocsinConfiguration/UnreadableFile.swift HeightGrids=Sources/TocsinSources/Terrain
import HeightGrids
import TocsinModel

/// An ESRI ASCII grid: an error, or a grid whose heights everywhere lie within its own bounds.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let grid = try? HeightGridFile.read(bytes, name: "a.asc") else { return 0 }
  let (width, depth) = (Double(grid.columns) * grid.cell, Double(grid.rows) * grid.cell)
  for share in [-0.1, 0, 0.3, 0.5, 0.99, 1, 1.1] {
    let place = Position(
      latitude: grid.southWest.latitude + share * depth,
      longitude: grid.southWest.longitude + (1 - share) * width)
    guard let height = grid.height(at: place) else { continue }
    precondition(height <= grid.highest + 1e-6 && height >= Double(HeightGrid.possible.lowerBound))
  }
  return 0
}
