/// Which rows of a group are the same row in two versions, though rows came and went between them.
struct RowMatching {
  /// For each row before, its place after; `nil` where it is gone.
  let after: [Int?]
  /// For each row after, its place before; `nil` where it is new.
  let before: [Int?]

  init(_ old: [Answers], _ new: [Answers]) {
    var pairs = RowMatching.pairs(old, new)
    pairs += RowMatching.gaps(pairs, old.count, new.count)
    var after = [Int?](repeating: nil, count: old.count)
    var before = [Int?](repeating: nil, count: new.count)
    for (a, b) in pairs {
      after[a] = b
      before[b] = a
    }
    self.after = after
    self.before = before
  }

  /// The pairs in order that share most answers.
  private static func pairs(_ old: [Answers], _ new: [Answers]) -> [(Int, Int)] {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    var best = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    let scores = old.map { a in new.map { likeness(a, $0) } }
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        let paired = scores[i][j] > 0 ? scores[i][j] + best[i + 1][j + 1] : 0
        best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    var pairs: [(Int, Int)] = []
    while i < old.count, j < new.count {
      if scores[i][j] > 0, best[i][j] == scores[i][j] + best[i + 1][j + 1] {
        pairs.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if best[i][j] == best[i + 1][j] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  private static func likeness(_ a: Answers, _ b: Answers) -> Int {
    if a == b { return 1000 }
    return a.paths.reduce(0) { $0 + (a[all: $1] == b[all: $1] ? 1 + min(9, (a[$1] ?? "").count / 4) : 0) }
  }

  /// Between two pairs, as many rows gone as new are the same rows rewritten.
  private static func gaps(_ pairs: [(Int, Int)], _ old: Int, _ new: Int) -> [(Int, Int)] {
    var found: [(Int, Int)] = []
    var (i, j) = (0, 0)
    for (a, b) in pairs + [(old, new)] {
      if a - i == b - j { found += zip(i..<a, j..<b).map { ($0, $1) } }
      (i, j) = (a + 1, b + 1)
    }
    return found
  }
}

extension Answers {
  /// The names of the groups that have rows.
  var groups: Set<String> {
    Set(
      paths.compactMap { path in
        let parts = path.split(separator: ".", maxSplits: 2)
        return parts.count == 3 && Int(parts[1]) != nil ? String(parts[0]) : nil
      })
  }

  /// The paths outside every group.
  func plainPaths(without groups: Set<String>) -> [String] {
    paths.filter { path in !groups.contains { path.hasPrefix($0 + ".") } }
  }
}
