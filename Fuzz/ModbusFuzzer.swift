// needs: ModbusFrames=Sources/TocsinChannels/Modbus/ModbusFrame.swift
import ModbusFrames

/// What a device sends is a frame, a part of one or a fault; a frame confirms a request or does not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let read = try? ModbusFrame.first(of: bytes) else { return 0 }
  precondition(read.length <= bytes.count && read.length <= ModbusFrame.limit)
  precondition(read.frame.body.count == read.length - 7)
  for count in [1, 8, 9, 64] as [UInt16] {
    let coils = try? ModbusRequest.readCoils(address: 0, count: count).coils(in: read.frame)
    precondition(coils.map { $0.count == Int(count) } ?? true)
  }
  let write = ModbusRequest.writeCoil(address: 3, isOn: true)
  if (try? write.coils(in: read.frame)) != nil {
    precondition(read.frame.body == [5, 0, 3, 0xFF, 0])
  }
  return 0
}
