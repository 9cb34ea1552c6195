/// What of an entry does not go with the rest of the configuration.
package struct KeyFault: Hashable, Sendable {
  package var key: String
  package var words: String

  package init(_ key: String, _ words: String) {
    self.key = key
    self.words = words
  }
}
