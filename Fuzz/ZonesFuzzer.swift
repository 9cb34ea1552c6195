// needs: HomeFrontCommand=Sources/HomeFrontCommand UkraineAlerts=Sources/UkraineAlerts TocsinModel=Sources/TocsinModel TocsinConfiguration=Sources/TocsinConfiguration/FileBytes.swift,Sources/TocsinConfiguration/UnreadableFile.swift TocsinSources=Sources/TocsinSources/Plots,Sources/TocsinSources/Logs,Sources/TocsinSources/Zones,Sources/TocsinSources/Feeds/AlertCategory+Hazard.swift
import TocsinSources

/// GeoJSON, the pair's files and the table of places: an error or zones, never a crash.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = try? ZoneFile.read(bytes, name: bytes.first == 123 || bytes.first == 91 ? "a.json" : "a.tsv")
  return 0
}
