import Testing
import TocsinChannels

@Suite struct `A Modbus request` {
  // The examples of the protocol specification V1.1b3, sections 6.1, 6.5 and 6.11, in a frame of unit 17.
  @Test(
    arguments: [
      (.readCoils(address: 0x13, count: 0x13), [1, 0, 0x13, 0, 0x13]),
      (.writeCoil(address: 0xAC, isOn: true), [5, 0, 0xAC, 0xFF, 0]),
      (.writeCoil(address: 0xAC, isOn: false), [5, 0, 0xAC, 0, 0]),
      (
        .writeCoils(
          address: 0x13, [true, false, true, true, false, false, true, true, true, false]),
        [15, 0, 0x13, 0, 10, 2, 0xCD, 0x01]
      ),
    ] as [(ModbusRequest, [UInt8])])
  func `is written as the specification shows`(request: ModbusRequest, body: [UInt8]) {
    #expect(
      request.frame(transaction: 0x1234, unit: 17)
        == [0x12, 0x34, 0, 0, 0, UInt8(body.count + 1), 17] + body)
  }

  @Test func `reads coils, the first lowest`() throws {
    // 19 coils: CD 6B 05.
    let frame = ModbusFrame(transaction: 1, unit: 17, body: [1, 3, 0xCD, 0x6B, 0x05])
    let coils = try ModbusRequest.readCoils(address: 0x13, count: 19).coils(in: frame)
    #expect(coils.prefix(8) == [true, false, true, true, false, false, true, true])
    #expect(coils.suffix(3) == [true, false, true])
  }

  @Test(
    arguments: [
      ([0x85, 2], .refused(function: 5, code: 2)),
      ([5, 0, 0xAC, 0, 0], .strange("confirms something else")),
      ([5, 0, 0xAD, 0xFF, 0], .strange("confirms something else")),
      ([5, 0, 0xAC, 0xFF], .strange("confirms something else")),
      ([1, 1, 1], .strange("is of function 1")), ([], .strange("is empty")),
    ] as [([UInt8], ModbusFault)])
  func `is not confirmed by any other answer`(body: [UInt8], fault: ModbusFault) {
    let request = ModbusRequest.writeCoil(address: 0xAC, isOn: true)
    #expect(throws: fault) {
      try request.coils(in: ModbusFrame(transaction: 1, unit: 1, body: body))
    }
  }

  @Test(arguments: [[1, 0], [1, 2, 0, 0], [1, 1]] as [[UInt8]])
  func `for coils is not answered by another number of them`(body: [UInt8]) {
    #expect(throws: ModbusFault.strange("has another number of coils")) {
      try ModbusRequest.readCoils(address: 0, count: 3).coils(
        in: ModbusFrame(transaction: 1, unit: 1, body: body))
    }
  }
}

@Suite struct `A Modbus frame` {
  static let whole: [UInt8] = [0, 7, 0, 0, 0, 6, 1, 5, 0, 0xAC, 0xFF, 0]

  @Test func `is waited for until it is whole, and leaves what follows`() throws {
    for count in 0..<Self.whole.count {
      #expect(try ModbusFrame.first(of: Self.whole.prefix(count)) == nil)
    }
    let read = try #require(try ModbusFrame.first(of: Self.whole + [0, 8]))
    #expect(read.frame == ModbusFrame(transaction: 7, unit: 1, body: [5, 0, 0xAC, 0xFF, 0]))
    #expect(read.length == 12)
  }

  @Test(
    arguments: [
      [0, 7, 0, 1, 0, 6, 1],  // Another protocol.
      [0, 7, 0, 0, 0, 1, 1],  // No function.
      [0, 7, 0, 0, 1, 0, 1],  // Longer than any frame.
      [0x48, 0x54, 0x54, 0x50, 0x2F, 0x31],  // HTTP.
    ] as [[UInt8]])
  func `that is none is refused`(bytes: [UInt8]) {
    #expect(throws: ModbusFault.self) { try ModbusFrame.first(of: bytes) }
  }
}
