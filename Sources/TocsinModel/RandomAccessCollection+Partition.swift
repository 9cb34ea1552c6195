extension RandomAccessCollection {
  /// The first index whose element meets a condition that all after it meet too.
  package func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
      if belongs(self[middle]) { high = middle } else { low = index(after: middle) }
    }
    return low
  }
}
