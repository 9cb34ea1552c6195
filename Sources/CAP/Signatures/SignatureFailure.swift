/// Why a signature was not made, or does not count.
public enum SignatureFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(UnreadableXML)
  /// The key or certificate is none that can be used.
  case key(String)
  /// The document has no signature as a child of its root.
  case missing
  /// A signature of a form by which it may be over something else than the document.
  case form(String)
  /// The key did not make the signature, or the document has changed since.
  case broken
  /// xmlsec could not do it.
  case failed(String)

  public var description: String {
    switch self {
    case .unreadable(let problem): problem.description
    case .key(let problem): "The key cannot be used: \(problem)."
    case .missing: "The document is not signed."
    case .form(let problem): "The signature does not count: \(problem)."
    case .broken: "The signature does not fit the document and the key."
    case .failed(let problem): "xmlsec failed: \(problem)."
    }
  }
}
