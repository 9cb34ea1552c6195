import Asterix
import Testing

/// Builds captures by hand: the file's header, one packet, its layers.
private struct Packets {
  var isBig = false
  var isNano = false
  var link: UInt32 = 1
  var packets: [[UInt8]] = []

  var bytes: [UInt8] {
    let magic: UInt32 = isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4
    var bytes = [magic, 0x0004_0002, 0, 0, 65_535, link].flatMap(number)
    for packet in packets {
      let length = UInt32(packet.count)
      bytes += [1, 2, length, length].flatMap(number) + packet
    }
    return bytes
  }

  private func number(_ value: UInt32) -> [UInt8] {
    let big = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    return isBig ? big : big.reversed()
  }

  static let payload = octets(Stream.plot)
  static let user = octets("1111 2222 0024 0000") + payload
  static let ipv4 = octets("4500 0038 0000 0000 01 11 0000 C0000201 E0000001") + user
  static let ipv6 =
    octets("60000000 0024 11 40") + [UInt8](repeating: 0x20, count: 32) + user
  static let ethernet = octets("01005E000001 020000000001 0800") + ipv4
}

@Suite struct `A capture` {
  @Test(arguments: [false, true], [false, true])
  func `is read in both byte orders and with micro- or nanoseconds`(isBig: Bool, isNano: Bool)
    throws
  {
    let packets = Packets(
      isBig: isBig, isNano: isNano, packets: [Packets.ethernet, Packets.ethernet])
    let capture = try PacketCapture(packets.bytes)
    #expect(capture.payload == Packets.payload + Packets.payload)
    #expect(capture.datagrams == [0..<28, 28..<56])
  }

  @Test(
    arguments: [
      (1, octets("01005E000001 020000000001 8100 0064 0800") + Packets.ipv4),
      (1, octets("01005E000001 020000000001 88A8 0064 8100 0065 86DD") + Packets.ipv6),
      // The tail of a short frame is padding.
      (1, Packets.ethernet + [0, 0, 0, 0]),
      (113, octets("0000 0001 0006 020000000001 0000 0800") + Packets.ipv4),
      (276, octets("0800 0000 00000001 0001 00 06 0200000000010000") + Packets.ipv4),
      (0, octets("02000000") + Packets.ipv4),
      (101, Packets.ipv6),
    ] as [(UInt32, [UInt8])])
  func `is read on every link type`(link: UInt32, packet: [UInt8]) throws {
    let capture = try PacketCapture(Packets(link: link, packets: [packet]).bytes)
    #expect(capture.payload == Packets.payload)
  }

  @Test(arguments: [
    // A first fragment, TCP, ARP, and a datagram that the capture cut short.
    octets("01005E000001 020000000001 0800 4500 0038 0000 2000 01 11 0000 C0000201 E0000001")
      + Packets.user,
    octets("01005E000001 020000000001 0800 4500 0038 0000 0000 01 06 0000 C0000201 E0000001")
      + Packets.user,
    octets("01005E000001 020000000001 0806 0001"),
    Array(Packets.ethernet.dropLast()),
    [],
  ])
  func `counts packets without a whole datagram and leaves them out`(packet: [UInt8]) throws {
    let capture = try PacketCapture(Packets(packets: [packet, Packets.ethernet]).bytes)
    #expect(capture.otherPackets == 1)
    #expect(capture.datagrams.count == 1)
  }

  @Test func `that is cut off gives what came before, and the byte`() throws {
    let whole = Packets(packets: [Packets.ethernet, Packets.ethernet]).bytes
    let capture = try PacketCapture(whole.dropLast())
    #expect(capture.datagrams.count == 1)
    #expect(capture.fault == .truncated(offset: 126, needed: 70, left: 69))
    for length in 0..<whole.count { _ = try? PacketCapture(Array(whole.prefix(length))) }
  }

  @Test func `of an unknown link type or kind is refused with what to do`() {
    #expect(throws: UnreadableCapture.unknownLinkType(147)) {
      try PacketCapture(Packets(link: 147).bytes)
    }
    #expect(throws: UnreadableCapture.notCapture) { try PacketCapture(octets("0A0D0D0A00000000")) }
  }
}
