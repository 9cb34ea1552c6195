/// A request of Modbus/TCP, of the three functions that relays need.
///
/// Source: MODBUS Application Protocol Specification V1.1b3, 6.1, 6.5, 6.11; MODBUS Messaging on TCP/IP
/// Implementation Guide V1.0b, 3.1.3.
package enum ModbusRequest: Hashable, Sendable {
  /// Function 1.
  case readCoils(address: UInt16, count: UInt16)
  /// Function 5.
  case writeCoil(address: UInt16, isOn: Bool)
  /// Function 15; at most 1,968 coils, the first at the address.
  case writeCoils(address: UInt16, [Bool])

  var function: UInt8 {
    switch self {
    case .readCoils: 1
    case .writeCoil: 5
    case .writeCoils: 15
    }
  }

  /// The whole frame.
  package func frame(transaction: UInt16, unit: UInt8) -> [UInt8] {
    var body = [unit, function]
    switch self {
    case .readCoils(let address, let count): body += address.octets + count.octets
    case .writeCoil(let address, let isOn): body += address.octets + [isOn ? 0xFF : 0, 0]
    case .writeCoils(let address, let coils):
      let packed = coils.packed
      body += address.octets + UInt16(coils.count).octets + [UInt8(packed.count)] + packed
    }
    return transaction.octets + [0, 0] + UInt16(body.count).octets + body
  }

  /// What an answer says to this request: the coils read, or nothing for a write that was confirmed.
  package func coils(in frame: ModbusFrame) throws(ModbusFault) -> [Bool] {
    let body = frame.body
    guard let function = body.first else { throw .strange("is empty") }
    if function == self.function | 0x80 {
      throw .refused(function: self.function, code: body.count > 1 ? body[1] : 0)
    }
    guard function == self.function else { throw .strange("is of function \(function)") }
    switch self {
    case .readCoils(_, let count):
      let octets = Int(count + 7) / 8
      guard body.count == 2 + octets, Int(body[1]) == octets else {
        throw .strange("has another number of coils")
      }
      return (0..<Int(count)).map { body[2 + $0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    case .writeCoil, .writeCoils:
      // An echo of the first five octets after the unit.
      let sent = self.frame(transaction: 0, unit: 0)[7..<12]
      guard body == Array(sent) else { throw .strange("confirms something else") }
      return []
    }
  }
}

/// An answer as it came: transaction, unit, and what follows.
package struct ModbusFrame: Hashable, Sendable {
  package var transaction: UInt16
  package var unit: UInt8
  package var body: [UInt8]

  package init(transaction: UInt16, unit: UInt8, body: [UInt8]) {
    self.transaction = transaction
    self.unit = unit
    self.body = body
  }

  /// Octets that one frame may have.
  package static let limit = 260

  /// The first frame of what has come so far.
  /// - Returns: the frame and how many octets it took; `nil` while it is not whole.
  package static func first(
    of bytes: some RandomAccessCollection<UInt8>
  ) throws(ModbusFault) -> (frame: ModbusFrame, length: Int)? {
    guard bytes.count >= 6 else { return nil }
    let head = Array(bytes.prefix(7))
    guard head[2] == 0, head[3] == 0 else { throw .strange("is no Modbus/TCP") }
    let length = Int(head[4]) << 8 | Int(head[5])
    guard length >= 2, length + 6 <= limit else { throw .strange("says it has \(length) bytes") }
    guard bytes.count >= length + 6 else { return nil }
    let frame = ModbusFrame(
      transaction: UInt16(head[0]) << 8 | UInt16(head[1]), unit: head[6],
      body: Array(bytes.dropFirst(7).prefix(length - 1)))
    return (frame, length + 6)
  }
}

/// Why a device did not do what it was asked.
package enum ModbusFault: Error, Hashable, Sendable, CustomStringConvertible {
  case refused(function: UInt8, code: UInt8)
  case strange(String)
  case unreachable(String)
  case silent(String)
  case otherState(wanted: Bool)

  package var description: String {
    switch self {
    case .refused(let function, let code):
      "refuses function \(function) with code \(code) (\(Self.meaning(code)))"
    case .strange(let what): "gives an answer that \(what). Check address and port"
    case .unreachable(let reason): "cannot be reached (\(reason))"
    case .silent(let span): "has not answered within \(span)"
    case .otherState(let wanted):
      "was switched \(wanted ? "on" : "off") and reads back as \(wanted ? "off" : "on"). Look at the relay"
    }
  }

  /// Section 7 of the protocol specification.
  private static func meaning(_ code: UInt8) -> String {
    switch code {
    case 1: "it does not know the function"
    case 2: "it has no such coil; check the coil numbers"
    case 3: "wrong value"
    case 4: "device failure"
    case 6: "it is busy"
    case 10, 11: "the gateway does not reach the unit; check the unit number"
    default: "no meaning known"
    }
  }
}

extension UInt16 {
  fileprivate var octets: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}

extension [Bool] {
  /// Eight coils an octet, the first lowest.
  fileprivate var packed: [UInt8] {
    var octets = [UInt8](repeating: 0, count: (count + 7) / 8)
    for (index, isOn) in enumerated() where isOn { octets[index / 8] |= 1 << UInt8(index % 8) }
    return octets
  }
}
