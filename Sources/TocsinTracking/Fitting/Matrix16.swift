#if canImport(Glibc)
  import Glibc
#endif

/// A symmetric matrix of sixteen rows, kept whole and in place.
struct Matrix16: Sendable {
  private var rows: InlineArray<16, Numbers>

  init(diagonal: Numbers) {
    rows = InlineArray(repeating: Numbers())
    for index in 0..<16 { self[index, index] = diagonal[index] }
  }

  // Through spans: the subscript of an inline array is many times slower (Swift 6.3).
  subscript(row: Int, column: Int) -> Double {
    get { rows.span[row][column] }
    set {
      var span = rows.mutableSpan
      span[row][column] = newValue
    }
  }

  /// This + Σ leftᵢ rightᵢᵀ for three pairs.
  @inline(__always)
  mutating func add(
    _ left: (Numbers, Numbers, Numbers), _ right: (Numbers, Numbers, Numbers)
  ) {
    var rows = self.rows.mutableSpan
    for index in 0..<16 {
      var row = rows[index] + left.0[index] * right.0
      row += left.1[index] * right.1
      row += left.2[index] * right.2
      rows[index] = row
    }
  }

  /// This + share · (other + gap gapᵀ).
  mutating func add(_ other: Matrix16, gap: Numbers, share: Double) {
    var rows = self.rows.mutableSpan
    for index in 0..<16 {
      rows[index] += share * (other.rows.span[index] + gap[index] * gap)
    }
  }

  /// Cuts one number's ties to the others.
  mutating func forget(_ index: Int, variance: Double) {
    for other in 0..<16 {
      self[other, index] = 0
      self[index, other] = 0
    }
    self[index, index] = variance
  }

  func times(_ vector: Numbers) -> Numbers {
    var sum = Numbers()
    for index in 0..<16 { sum += vector[index] * rows.span[index] }
    return sum
  }

  /// This matrix's inverse and ln of its determinant; `nil` unless it is positive definite.
  func inverse() -> (inverse: Matrix16, logDeterminant: Double)? {
    var result = self
    var logDeterminant = 0.0
    let isPositive = result.withRows { rows -> Bool in
      // Gauss–Jordan on a positive definite matrix needs no pivoting; scaled by its diagonal.
      var scale = Numbers()
      for index in 0..<16 {
        guard rows[index][index] > 0, rows[index][index].isFinite else { return false }
        scale[index] = 1 / rows[index][index].squareRoot()
      }
      for index in 0..<16 { rows[index] = (scale[index] * rows[index]) * scale }
      for pivot in 0..<16 {
        let value = rows[pivot][pivot]
        guard value > 1e-14 else { return false }
        logDeterminant += log(value)
        let reciprocal = 1 / value
        var pivotRow = rows[pivot] * reciprocal
        pivotRow[pivot] = reciprocal
        for index in 0..<16 where index != pivot {
          let factor = rows[index][pivot]
          var row = rows[index]
          row[pivot] = 0
          rows[index] = row - factor * pivotRow
        }
        rows[pivot] = pivotRow
      }
      for index in 0..<16 {
        rows[index] = (scale[index] * rows[index]) * scale
        logDeterminant -= 2 * log(scale[index])
      }
      return true
    }
    guard isPositive else { return nil }
    result.symmetrise()
    return (result, logDeterminant)
  }

  mutating func symmetrise() {
    // In one go: each subscript by itself may copy the whole matrix.
    withRows { rows in
      for i in 0..<16 {
        for j in 0..<i {
          let mean = 0.5 * (rows[i][j] + rows[j][i])
          rows[i][j] = mean
          rows[j][i] = mean
        }
      }
    }
  }

  private mutating func withRows<Result>(
    _ work: (UnsafeMutableBufferPointer<Numbers>) -> Result
  ) -> Result {
    var span = rows.mutableSpan
    return span.withUnsafeMutableBufferPointer(work)
  }
}

extension Matrix16: Hashable {
  static func == (left: Matrix16, right: Matrix16) -> Bool {
    (0..<16).allSatisfy { left.rows.span[$0] == right.rows.span[$0] }
  }

  func hash(into hasher: inout Hasher) {
    for index in 0..<16 { hasher.combine(rows.span[index]) }
  }
}

extension Matrix16: Codable {
  private enum CodingKeys: CodingKey { case rows }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let stored = try container.decode([Numbers].self, forKey: .rows)
    guard stored.count == 16 else {
      throw DecodingError.dataCorruptedError(
        forKey: .rows, in: container,
        debugDescription: "A stored matrix has \(stored.count) rows, not 16.")
    }
    rows = InlineArray { stored[$0] }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode((0..<16).map { rows.span[$0] }, forKey: .rows)
  }
}
