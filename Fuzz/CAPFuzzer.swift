// needs: CAP=Sources/CAP
// with: -ISources/CXML/include -lxml2 -lxmlsec1-openssl -lxmlsec1 -lcrypto
import CAP

/// No document traps the reader, and what could be identified and written is read again as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let document = Document.read(bytes, profiles: Profile.allCases)
  for fault in document.faults { precondition(fault.line > 0) }
  if case .alert(let reading) = document, var alert = reading.alert {
    alert.signatures = 0
    if let written = try? alert.write() { precondition(Reading(written).alert == alert) }
  }
  return 0
}
