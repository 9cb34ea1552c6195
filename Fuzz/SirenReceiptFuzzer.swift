// needs: SirenReceipts=Sources/TocsinChannels/MQTT/SirenReceipt.swift

import SirenReceipts

/// What a siren, or anybody at the broker, may send as a receipt.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let receipt = SirenReceipt(bytes) {
    precondition(count <= SirenReceipt.limit && receipt.id.utf8.count < count)
  }
  return 0
}
