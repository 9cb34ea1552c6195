/// The UDP datagrams in a capture file, in order.
///
/// Reads pcap (both byte orders, micro- and nanoseconds) with Ethernet (VLAN tags too), Linux cooked (versions
/// 1 and 2), BSD loopback and raw IP; IPv4 and IPv6. Fragments, other protocols and truncated packets are
/// counted and left out.
///
/// Source: draft-ietf-opsawg-pcap; LINKTYPE registry of tcpdump.org; RFC 791, 8200, 768; IEEE 802.1Q.
public struct PacketCapture: Sendable {
  /// Every payload, one after the other.
  public private(set) var payload: [UInt8] = []
  /// Where each datagram is in ``payload``.
  public private(set) var datagrams: [Range<Int>] = []
  /// Packets that carry no whole UDP datagram.
  public private(set) var otherPackets = 0
  /// What ended the reading early; `nil` if the file is whole.
  public private(set) var fault: UnreadableCapture?

  /// Whether bytes begin as a pcap file does.
  public static func isCapture(_ bytes: [UInt8]) -> Bool { ByteOrder(magic: bytes) != nil }

  /// - Throws: if not even the file's header can be used; faults later in it are ``fault``.
  public init(_ bytes: [UInt8]) throws(UnreadableCapture) {
    guard let order = ByteOrder(magic: bytes) else { throw .notCapture }
    guard bytes.count >= 24 else { throw .truncated(offset: 0, needed: 24, left: bytes.count) }
    guard let link = LinkType(rawValue: order.number(bytes, at: 20) & 0x0FFF_FFFF) else {
      throw .unknownLinkType(order.number(bytes, at: 20))
    }
    var position = 24
    while position < bytes.count {
      let left = bytes.count - position
      guard left >= 16 else {
        fault = .truncated(offset: position, needed: 16, left: left)
        return
      }
      let length = Int(order.number(bytes, at: position + 8))
      guard length <= left - 16 else {
        fault = .truncated(offset: position + 16, needed: length, left: left - 16)
        return
      }
      take(Packet(bytes, position + 16..<position + 16 + length), link)
      position += 16 + length
    }
  }

  private mutating func take(_ packet: Packet, _ link: LinkType) {
    guard let range = packet.datagram(link) else {
      otherPackets += 1
      return
    }
    let start = payload.count
    payload += packet.bytes[range]
    datagrams.append(start..<payload.count)
  }
}

/// Why a capture file could not be read, or not to its end.
public enum UnreadableCapture: Error, Hashable, Sendable, CustomStringConvertible {
  case notCapture
  case unknownLinkType(UInt32)
  case truncated(offset: Int, needed: Int, left: Int)

  public var description: String {
    switch self {
    case .notCapture: "this is no pcap file. Convert others with 'editcap -F pcap IN OUT'."
    case .unknownLinkType(let type):
      "the capture's link type \(type) is not known. Capture on Ethernet, or with 'tcpdump -i any'."
    case .truncated(let offset, let needed, let left):
      "byte \(offset) of the capture: \(needed) bytes are announced and \(left) are left; what came "
        + "before was read. The file may have been cut off."
    }
  }
}

/// Link types by their number in the registry of tcpdump.org.
private enum LinkType: UInt32 {
  case loopback = 0
  case ethernet = 1
  case rawIP = 101
  case linuxCooked = 113
  case ipv4 = 228
  case ipv6 = 229
  case linuxCooked2 = 276
}

private enum ByteOrder {
  case big, little

  init?(magic bytes: [UInt8]) {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0xA1, 0xB2, 0xC3, 0xD4), (0xA1, 0xB2, 0x3C, 0x4D): self = .big
    case (0xD4, 0xC3, 0xB2, 0xA1), (0x4D, 0x3C, 0xB2, 0xA1): self = .little
    default: return nil
    }
  }

  func number(_ bytes: [UInt8], at position: Int) -> UInt32 {
    let four = bytes[position..<position + 4]
    return (self == .big ? Array(four) : four.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// One captured packet.
private struct Packet {
  let bytes: [UInt8]
  private let range: Range<Int>

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The payload of its UDP datagram; `nil` if it carries none that is whole.
  func datagram(_ link: LinkType) -> Range<Int>? {
    let start = range.lowerBound
    switch link {
    case .rawIP, .ipv4, .ipv6: return internet(at: start)
    case .loopback: return internet(at: start + 4)
    case .ethernet: return network(type: start + 12)
    case .linuxCooked: return network(type: start + 14)
    case .linuxCooked2:
      return number(start) == 0x0800 || number(start) == 0x86DD ? internet(at: start + 20) : nil
    }
  }

  /// From the place of an EtherType, past any VLAN tags.
  private func network(type start: Int) -> Range<Int>? {
    var position = start
    while let type = number(position), [0x8100, 0x88A8, 0x9100].contains(type) { position += 4 }
    guard let type = number(position), type == 0x0800 || type == 0x86DD else { return nil }
    return internet(at: position + 2)
  }

  private func internet(at start: Int) -> Range<Int>? {
    guard let first = octet(start) else { return nil }
    switch first >> 4 {
    case 4:
      // A fragment has an offset, or the flag that more follow.
      guard octet(start + 9) == 17, let fragment = number(start + 6), fragment & 0x3FFF == 0
      else { return nil }
      return user(at: start + Int(first & 0xF) * 4)
    case 6: return octet(start + 6) == 17 ? user(at: start + 40) : nil
    default: return nil
    }
  }

  private func user(at start: Int) -> Range<Int>? {
    guard let length = number(start + 4), length >= 8, start + length <= range.upperBound
    else { return nil }
    return start + 8..<start + length
  }

  private func octet(_ position: Int) -> UInt8? { range.contains(position) ? bytes[position] : nil }

  private func number(_ position: Int) -> Int? {
    guard let high = octet(position), let low = octet(position + 1) else { return nil }
    return Int(high) << 8 | Int(low)
  }
}
