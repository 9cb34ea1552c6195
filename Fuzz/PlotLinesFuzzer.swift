// needs: HomeFrontCommand=Sources/HomeFrontCommand UkraineAlerts=Sources/UkraineAlerts TocsinModel=Sources/TocsinModel TocsinConfiguration=Sources/TocsinConfiguration/FileBytes.swift,Sources/TocsinConfiguration/UnreadableFile.swift TocsinSources=Sources/TocsinSources/Plots,Sources/TocsinSources/Logs,Sources/TocsinSources/Zones,Sources/TocsinSources/Feeds/AlertCategory+Hazard.swift
import TocsinSources

/// Every line becomes a plot, a sign of life or a fault: no line counts twice.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let read = PlotLines(bytes)
  precondition(read.lines.count + read.faults.count <= bytes.split(separator: 10).count)
  return 0
}
