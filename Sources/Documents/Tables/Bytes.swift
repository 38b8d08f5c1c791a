extension [UInt8] {
  /// Whether `wanted` lies in them somewhere.
  func holds(_ wanted: some Collection<UInt8>) -> Bool {
    var wantedBytes = wanted.makeIterator()
    guard let first = wantedBytes.next() else { return true }
    let second = wantedBytes.next()
    var index = startIndex
    while let next = self[index...].firstIndex(of: first) {
      // In a sheet "<" is everywhere and "<!" nowhere: the second byte decides almost always.
      if second == nil || (next + 1 < endIndex && self[next + 1] == second),
        self[next...].starts(with: wanted)
      {
        return true
      }
      index = next + 1
    }
    return false
  }
}
