#if canImport(Glibc)
  import Glibc
#endif

/// A symmetric matrix of sixteen rows, kept whole.
struct Matrix16: Hashable, Sendable, Codable {
  private(set) var rows: [Numbers]

  init(diagonal: Numbers) {
    rows = (0..<16).map { index in
      var row = Numbers()
      row[index] = diagonal[index]
      return row
    }
  }

  subscript(row: Int, column: Int) -> Double {
    get { rows[row][column] }
    set { rows[row][column] = newValue }
  }

  /// This + Σ leftᵢ rightᵢᵀ for three pairs.
  @inline(__always)
  mutating func add(
    _ left: (Numbers, Numbers, Numbers), _ right: (Numbers, Numbers, Numbers)
  ) {
    rows.withUnsafeMutableBufferPointer { rows in
      for index in 0..<16 {
        var row = rows[index] + left.0[index] * right.0
        row += left.1[index] * right.1
        row += left.2[index] * right.2
        rows[index] = row
      }
    }
  }

  /// This + share · (other + gap gapᵀ).
  mutating func add(_ other: Matrix16, gap: Numbers, share: Double) {
    for index in 0..<16 {
      rows[index] += share * (other.rows[index] + gap[index] * gap)
    }
  }

  /// Cuts one number's ties to the others.
  mutating func forget(_ index: Int, variance: Double) {
    for other in 0..<16 {
      rows[other][index] = 0
      rows[index][other] = 0
    }
    rows[index][index] = variance
  }

  func times(_ vector: Numbers) -> Numbers {
    var sum = Numbers()
    for index in 0..<16 { sum += vector[index] * rows[index] }
    return sum
  }

  /// This matrix's inverse and ln of its determinant; `nil` unless it is positive definite.
  func inverse() -> (inverse: Matrix16, logDeterminant: Double)? {
    var result = self
    var logDeterminant = 0.0
    let isPositive = result.rows.withUnsafeMutableBufferPointer { rows -> Bool in
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
    for i in 0..<16 {
      for j in 0..<i {
        let mean = 0.5 * (rows[i][j] + rows[j][i])
        rows[i][j] = mean
        rows[j][i] = mean
      }
    }
  }
}
