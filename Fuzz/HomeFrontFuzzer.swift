// needs: HomeFrontCommand=Sources/HomeFrontCommand
import HomeFrontCommand

/// Both files of the Home Front Command: an error or values, never a crash; and what was read can be written and
/// read back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let file = try? RealTimeFile(bytes), let alert = file.alert {
    _ = alert.category
    let again = try? RealTimeFile(RealTimeFile(alert).bytes)
    precondition(again?.alert?.zones == alert.zones, "\(alert)")
  }
  if let file = try? HistoryFile(bytes), !file.rows.isEmpty {
    let again = try? HistoryFile(HistoryFile(file.rows).shortBytes)
    precondition(again?.rows.count == file.rows.count, "\(file.rows)")
  }
  return 0
}
