/// Gives each row at most one column at least total cost.
///
/// - Parameter costs: by rows; `nil` where a pair must not be.
/// - Parameter idle: what a row costs that gets no column.
/// - Returns: for each row its column or `nil`.
///
/// Shortest augmenting paths with dual prices over rows × (columns + one idle column for each row).
/// Source: R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and sparse
/// linear assignment problems", Computing 38 (1987).
func assign(_ costs: [[Double?]], idle: Double) -> [Int?] {
  let rows = costs.count
  let columns = costs.first?.count ?? 0
  guard rows > 0 else { return [] }
  let width = columns + rows
  let forbidden = 1e12
  func cost(_ row: Int, _ column: Int) -> Double {
    if column < columns { return costs[row][column] ?? forbidden }
    return column - columns == row ? idle : forbidden
  }
  var rowPrice = [Double](repeating: 0, count: rows + 1)
  var columnPrice = [Double](repeating: 0, count: width + 1)
  var owner = [Int](repeating: 0, count: width + 1)
  for row in 1...rows {
    owner[0] = row
    var current = 0
    var least = [Double](repeating: .infinity, count: width + 1)
    var previous = [Int](repeating: 0, count: width + 1)
    var used = [Bool](repeating: false, count: width + 1)
    repeat {
      used[current] = true
      let active = owner[current]
      var step = Double.infinity
      var next = 0
      for column in 1...width where !used[column] {
        let reduced = cost(active - 1, column - 1) - rowPrice[active] - columnPrice[column]
        if reduced < least[column] {
          least[column] = reduced
          previous[column] = current
        }
        if least[column] < step {
          step = least[column]
          next = column
        }
      }
      for column in 0...width {
        if used[column] {
          rowPrice[owner[column]] += step
          columnPrice[column] -= step
        } else {
          least[column] -= step
        }
      }
      current = next
    } while owner[current] != 0
    repeat {
      let before = previous[current]
      owner[current] = owner[before]
      current = before
    } while current != 0
  }
  var result = [Int?](repeating: nil, count: rows)
  for column in 1...width where owner[column] > 0 && column <= columns {
    if costs[owner[column] - 1][column - 1] != nil { result[owner[column] - 1] = column - 1 }
  }
  return result
}
