/// What changed between two versions of a form: one readable line for each field that differs.
public struct Difference: Hashable, Sendable {
  public enum Change: String, Hashable, Sendable { case added, removed, changed }

  public struct Line: Hashable, Sendable {
    /// The field's path after the change; before it, where a row was removed.
    public let path: String
    public let change: Change
    public let before: [String]
    public let after: [String]
    /// The text in pieces, word by word, where one text became another.
    public let spans: [Span]

    /// `goals` in `goals.0.m2`; the whole path outside groups.
    public var group: String? { path.contains(".") ? path.split(separator: ".").first.map(String.init) : nil }
    /// The row's place, from 0.
    public var row: Int? { path.split(separator: ".").dropFirst().first.flatMap { Int($0) } }
    public var field: String { path.split(separator: ".").last.map(String.init) ?? path }
  }

  /// A piece of text that stayed, went or came.
  public struct Span: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable { case same, added, removed }

    public let text: String
    public let change: Change
  }

  public let lines: [Line]
  public var isEmpty: Bool { lines.isEmpty }

  /// - Parameter form: puts the lines in the order of the form; without it they follow the paths' names.
  public init(from before: Answers, to after: Answers, form: Form? = nil) {
    let groups = before.groups.union(after.groups)
    let plain = Set(before.plainPaths(without: groups) + after.plainPaths(without: groups))
    var lines = plain.sorted().compactMap { Difference.line($0, before[all: $0], after[all: $0]) }
    for group in groups.sorted() {
      lines += Difference.lines(of: group, before.rows(group), after.rows(group))
    }
    guard let form else {
      self.lines = lines
      return
    }
    let order = Difference.order(of: form)
    self.lines = lines.enumerated().sorted { a, b in
      let (x, y) = (order(a.element), order(b.element))
      return x == y ? a.offset < b.offset : x.lexicographicallyPrecedes(y)
    }.map(\.element)
  }

  /// Word by word, spaces kept with the word before them.
  public static func spans(from before: String, to after: String) -> [Span] {
    let (old, new) = (words(of: before), words(of: after))
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    let (oldMiddle, newMiddle) = (old[head..<old.count - tail], new[head..<new.count - tail])
    var pieces = old[..<head].map { Span(text: $0, change: .same) }
    pieces += middle(Array(oldMiddle), Array(newMiddle))
    pieces += old.suffix(tail).map { Span(text: $0, change: .same) }
    return joined(pieces)
  }

  private static func line(_ path: String, _ before: [String], _ after: [String]) -> Line? {
    guard before != after else { return nil }
    let change: Change = before.isEmpty ? .added : after.isEmpty ? .removed : .changed
    let isText = before.count == 1 && after.count == 1
    return Line(
      path: path, change: change, before: before, after: after,
      spans: isText ? spans(from: before[0], to: after[0]) : [])
  }

  private static func lines(of group: String, _ before: [Answers], _ after: [Answers]) -> [Line] {
    let matching = RowMatching(before, after)
    let gone = before.indices.filter { matching.after[$0] == nil }.flatMap { index in
      before[index].paths.compactMap { line("\(group).\(index).\($0)", before[index][all: $0], []) }
    }
    let kept = after.indices.flatMap { index in
      let old = matching.before[index].map { before[$0] } ?? Answers()
      return Set(old.paths + after[index].paths).sorted().compactMap {
        line("\(group).\(index).\($0)", old[all: $0], after[index][all: $0])
      }
    }
    return gone + kept
  }

  private static func order(of form: Form) -> (Line) -> [Int] {
    var places: [String: [Int]] = [:]
    for (index, field) in form.fields.enumerated() {
      places[field.id] = [index]
      guard case .group(let inner, _) = field.kind else { continue }
      for (place, field2) in inner.enumerated() { places["\(field.id).\(field2.id)"] = [index, place] }
    }
    return { line in
      guard let group = line.group, let row = line.row else { return places[line.path] ?? [.max] }
      let place = places["\(group).\(line.field)"] ?? [.max, .max]
      return [place[0], line.change == .removed ? 0 : 1, row, place.count > 1 ? place[1] : 0]
    }
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if !character.isWhitespace, word.last?.isWhitespace ?? false {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func middle(_ old: [String], _ new: [String]) -> [Span] {
    // Beyond this a comparison word by word costs more than it tells.
    guard old.count + new.count <= 3000 else {
      return old.map { Span(text: $0, change: .removed) } + new.map { Span(text: $0, change: .added) }
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for step in new.difference(from: old) {
      switch step {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var spans: [Span] = []
    var j = 0
    for i in 0...old.count {
      if i < old.count, removed.contains(i) {
        spans.append(Span(text: old[i], change: .removed))
        continue
      }
      while j < new.count, inserted.contains(j) {
        spans.append(Span(text: new[j], change: .added))
        j += 1
      }
      guard i < old.count else { break }
      spans.append(Span(text: old[i], change: .same))
      j += 1
    }
    return spans
  }

  private static func joined(_ spans: [Span]) -> [Span] {
    spans.reduce(into: []) { result, span in
      if let last = result.last, last.change == span.change {
        result[result.count - 1] = Span(text: last.text + span.text, change: span.change)
      } else {
        result.append(span)
      }
    }
  }
}
