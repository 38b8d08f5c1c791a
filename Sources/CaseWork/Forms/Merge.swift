/// Two people changed the same record: what goes together by itself, and what a person must choose.
///
/// Nothing typed is lost: every text of either side is in the merged answers or in a clash. Where both changed one
/// field, the merged answers hold mine and the clash shows both.
public struct Merge: Hashable, Sendable {
  /// One field that both changed, differently.
  public struct Clash: Hashable, Sendable {
    /// The field's path in the merged answers.
    public let path: String
    public let base: [String]
    public let mine: [String]
    public let theirs: [String]
  }

  public private(set) var merged: Answers
  /// Paths, in the merged answers, where only the other side had changed something: taken over.
  public private(set) var taken: [String] = []
  public private(set) var clashes: [Clash] = []

  /// - Parameter form: tells which fields take several answers, whose choices are then merged one by one.
  public init(base: Answers, mine: Answers, theirs: Answers, form: Form? = nil) {
    merged = Answers()
    let groups = base.groups.union(mine.groups).union(theirs.groups)
    let several = form.map { Set($0.fields.filter(\.kind.takesSeveral).map(\.id)) } ?? []
    let paths = [base, mine, theirs].reduce(into: Set<String>()) {
      $0.formUnion($1.plainPaths(without: groups))
    }
    for path in paths.sorted() {
      merged[all: path] = cell(
        path, base[all: path], mine[all: path], theirs[all: path], takesSeveral: several.contains(path))
    }
    for group in groups.sorted() {
      let rows = rows(of: group, base.rows(group), mine.rows(group), theirs.rows(group))
      merged = merged.replacing(group, with: rows)
    }
  }

  /// Whether it can be saved without asking anybody.
  public var isClean: Bool { clashes.isEmpty }

  private mutating func cell(
    _ path: String, _ base: [String], _ mine: [String], _ theirs: [String], takesSeveral: Bool
  ) -> [String] {
    if mine == theirs || theirs == base { return mine }
    taken += mine == base || takesSeveral ? [path] : []
    if mine == base { return theirs }
    if takesSeveral {
      let kept = mine.filter { theirs.contains($0) || !base.contains($0) }
      return kept + theirs.filter { !base.contains($0) && !kept.contains($0) }
    }
    clashes.append(Clash(path: path, base: base, mine: mine, theirs: theirs))
    return mine
  }

  private mutating func rows(
    of group: String, _ base: [Answers], _ mine: [Answers], _ theirs: [Answers]
  ) -> [Answers] {
    let (toMine, toTheirs) = (RowMatching(base, mine), RowMatching(base, theirs))
    var result: [Answers] = []
    var (nextMine, nextTheirs) = (0, 0)
    for index in 0...base.count {
      let stopMine = index < base.count ? toMine.after[index] : mine.count
      let stopTheirs = index < base.count ? toTheirs.after[index] : theirs.count
      let mineNew = added(mine, toMine, &nextMine, until: stopMine)
      result += mineNew
      for row in added(theirs, toTheirs, &nextTheirs, until: stopTheirs) where !mineNew.contains(row) {
        taken.append("\(group).\(result.count)")
        result.append(row)
      }
      guard index < base.count else { break }
      if let row = row(
        "\(group).\(result.count)", base[index], stopMine.map { mine[$0] }, stopTheirs.map { theirs[$0] })
      {
        result.append(row)
      }
    }
    return result
  }

  /// The new rows that stand before the row `stop`; where that row is gone, they come with the next one that is not.
  private func added(
    _ rows: [Answers], _ matching: RowMatching, _ next: inout Int, until stop: Int?
  ) -> [Answers] {
    guard let stop, next <= stop else { return [] }
    defer { next = stop + 1 }
    return (next..<stop).filter { matching.before[$0] == nil }.map { rows[$0] }
  }

  private mutating func row(_ path: String, _ base: Answers, _ mine: Answers?, _ theirs: Answers?) -> Answers?
  {
    guard let mine, let theirs else {
      // Gone on one side: gone, unless the other side rewrote it meanwhile.
      guard let kept = mine ?? theirs, kept != base else {
        if mine != nil { taken.append(path) }
        return nil
      }
      for inner in Set(base.paths + kept.paths).sorted() where base[all: inner] != kept[all: inner] {
        clashes.append(
          Clash(
            path: "\(path).\(inner)", base: base[all: inner], mine: mine?[all: inner] ?? [],
            theirs: theirs?[all: inner] ?? []))
      }
      return kept
    }
    var row = Answers()
    for inner in Set(base.paths + mine.paths + theirs.paths).sorted() {
      row[all: inner] = cell(
        "\(path).\(inner)", base[all: inner], mine[all: inner], theirs[all: inner], takesSeveral: false)
    }
    return row.isEmpty ? nil : row
  }
}
