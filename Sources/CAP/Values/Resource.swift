/// A file that belongs to a message: named by an address, or carried inside.
public struct Resource: Hashable, Sendable {
  public var description: String
  public var mimeType: String?
  /// Bytes.
  public var size: Int?
  public var uri: String?
  /// The file's bytes in base64, for one-way links; whoever forwards it to a two-way network strips it.
  public var content: String?
  /// SHA-1 of the file, in hexadecimal digits.
  public var digest: String?

  public init(
    description: String, mimeType: String?, size: Int? = nil, uri: String? = nil,
    content: String? = nil, digest: String? = nil
  ) {
    self.description = description
    self.mimeType = mimeType
    self.size = size
    self.uri = uri
    self.content = content
    self.digest = digest
  }
}
