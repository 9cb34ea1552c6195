package import TocsinModel

/// ASTERIX tells the time of day and no date: that comes from when the record was received.
package enum TimeOfDay {
  /// The moment with this time of day that is nearest to another, less than 12 h away on either side: a plot
  /// of 23:59:59.9 that comes after midnight is of the day before.
  ///
  /// - Parameter seconds: after midnight UTC; `nil` is answered for what is no time of a day.
  package static func moment(_ seconds: Double, near received: Timestamp) -> Timestamp? {
    let day: Int64 = 86_400_000_000_000
    guard seconds >= 0, seconds < 86_400 else { return nil }
    let inDay = Int64((seconds * 1e9).rounded())
    let now = ((received.nanoseconds % day) + day) % day
    let late = inDay - now
    let span = late > day / 2 ? late - day : late <= -day / 2 ? late + day : late
    return received + .nanoseconds(span)
  }
}
