/// Why a data block could not be read to its end: what, at which byte, and what to do.
///
/// Records before the fault are whole, and so are the blocks after it unless ``endsInput``.
public struct UnreadableBlock: Error, Hashable, Sendable {
  /// Of the block; 0 if not even that octet was there.
  public var category: UInt8
  /// Where the block begins, in bytes from the start of the input.
  public var block: Int
  /// Where the fault is, in bytes from the start of the input.
  public var offset: Int
  public var problem: Problem

  public enum Problem: Hashable, Sendable {
    /// Fewer than three octets are left for category and length.
    case noHeader(left: Int)
    /// The length says fewer octets than category and length have.
    case lengthTooSmall(Int)
    /// The length says more octets than there are.
    case blockTruncated(length: Int, left: Int)
    /// An item or FSPEC that ends past its block.
    case truncated(item: String, needed: Int, left: Int)
    /// An FSPEC or presence map announces something that the category leaves empty.
    case unassigned(item: String)
    /// An explicit item whose length does not count itself.
    case noLength(item: String)
  }

  public init(category: UInt8, block: Int, offset: Int, problem: Problem) {
    self.category = category
    self.block = block
    self.offset = offset
    self.problem = problem
  }

  /// Whether nothing after it can be read, because where the next block begins is not known.
  public var endsInput: Bool {
    switch problem {
    case .noHeader, .lengthTooSmall, .blockTruncated: true
    case .truncated, .unassigned, .noLength: false
    }
  }
}

extension UnreadableBlock: CustomStringConvertible {
  public var description: String {
    let editions = "Compare the sender's edition of category \(category) with ours."
    return switch problem {
    case .noHeader(let left):
      "byte \(offset): \(left) bytes are left and a block's category and length need 3; they were "
        + "skipped. The input may have been cut off."
    case .lengthTooSmall(let length):
      "byte \(offset): the block of category \(category) says that it is \(length) bytes long and "
        + "its header alone has 3; the rest of the input was skipped. This may be no ASTERIX."
    case .blockTruncated(let length, let left):
      "byte \(offset): the block of category \(category) says \(length) bytes and \(left) are left; "
        + "it was skipped. The input may have been cut off, or be no ASTERIX."
    case .truncated(let item, let needed, let left):
      "byte \(offset): \(item) needs \(needed) bytes and \(left) are left; the rest of the block at "
        + "byte \(block) was skipped. \(editions)"
    case .unassigned(let item):
      "byte \(offset): \(item) is announced and means nothing; the rest of the block at byte "
        + "\(block) was skipped. \(editions)"
    case .noLength(let item):
      "byte \(offset): \(item) says that it is 0 bytes long; the rest of the block at byte "
        + "\(block) was skipped. \(editions)"
    }
  }
}
