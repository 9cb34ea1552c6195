// needs: HomeFrontCommand=Sources/HomeFrontCommand UkraineAlerts=Sources/UkraineAlerts TocsinModel=Sources/TocsinModel TocsinConfiguration=Sources/TocsinConfiguration/FileBytes.swift,Sources/TocsinConfiguration/UnreadableFile.swift TocsinSources=Sources/TocsinSources/Plots,Sources/TocsinSources/Logs,Sources/TocsinSources/Zones,Sources/TocsinSources/Feeds/AlertCategory+Hazard.swift
import TocsinSources

/// No CSV crashes the reader, whatever its quotes, columns and bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  _ = AlertLog(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
