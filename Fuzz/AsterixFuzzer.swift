// needs: Asterix=Sources/Asterix
import Asterix

/// As blocks or as a capture: no record reaches beyond its input, every record is written again as it was, and
/// every line can be printed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  check(BlockReader(bytes), count)
  if let capture = try? PacketCapture(bytes) {
    for datagram in capture.datagrams {
      check(BlockReader(capture.payload, in: datagram), datagram.upperBound)
    }
  }
  return 0
}

func check(_ blocks: BlockReader, _ end: Int) {
  var reached = 0
  for piece in blocks {
    switch piece {
    case .record(let record):
      precondition(record.offset >= reached && record.length > 0)
      reached = record.offset + record.length
      precondition(reached <= end)
      precondition(RecordDraft(record).octets == Array(record.octets))
      precondition(RecordLine.core(record, offset: 0).utf8.count < 4_000)
      precondition(!RecordLine.full(record, offset: 0).isEmpty)
      _ = record.implausibility
    case .unreadable(let fault): precondition(fault.offset <= end && !fault.description.isEmpty)
    case .skipped(_, let offset, let length): precondition(offset + length <= end)
    }
  }
}
