/// A large value that is kept on the heap, so that what holds it is moved cheaply. Still a value: copies are independent.
@propertyWrapper
struct Heaped<Value> {
  private var storage: [Value]

  init(wrappedValue: Value) { storage = [wrappedValue] }

  var wrappedValue: Value {
    get { storage[0] }
    _modify { yield &storage[0] }
  }
}

extension Heaped: Sendable where Value: Sendable {}
extension Heaped: Equatable where Value: Equatable {}
extension Heaped: Hashable where Value: Hashable {}

/// Stored as the value alone.
extension Heaped: Codable where Value: Codable {
  init(from decoder: any Decoder) throws {
    self.init(wrappedValue: try decoder.singleValueContainer().decode(Value.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}
