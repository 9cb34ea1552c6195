/// The edition of the standard, by the namespace of its root element.
public enum Version: String, Hashable, Sendable, CaseIterable {
  case v10 = "http://www.incident.com/cap/1.0"
  case v11 = "urn:oasis:names:tc:emergency:cap:1.1"
  case v12 = "urn:oasis:names:tc:emergency:cap:1.2"

  public var namespace: String { rawValue }

  public var name: String {
    switch self {
    case .v10: "1.0"
    case .v11: "1.1"
    case .v12: "1.2"
    }
  }
}
