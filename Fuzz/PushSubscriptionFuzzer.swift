// needs: PushSubscriptions=Sources/TocsinChannels/WebPush/PushSubscription.swift

import PushSubscriptions

/// What anybody may post as a browser's address: a fault, or what can be kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let subscription = try? PushSubscription(bytes) else { return 0 }
  precondition(subscription.key.count == 65 && subscription.secret.count == 16)
  precondition(subscription.zones.count <= PushSubscription.mostZones)
  precondition(subscription.endpoint.host?.isEmpty == false)
  return 0
}
