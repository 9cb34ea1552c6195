// needs: UkraineAlerts=Sources/UkraineAlerts
import UkraineAlerts

/// The answers of the Ukrainian services: an error or values, never a crash; and what was read can be written and
/// read back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let file = try? ActiveAlerts(bytes) {
    let again = try? ActiveAlerts(file.bytes)
    precondition(again?.alerts.count == file.alerts.count, "\(file)")
  }
  _ = try? RegionStates(bytes)
  _ = try? RegionLetters.read(bytes)
  return 0
}
