/// What was answered in a form: texts by path, such as `goals.0.expected`, exactly as an HTML form sends them.
///
/// One flat shape serves the page, the draft, the version check, the difference and the sealed record alike. Days are
/// ISO text, numbers decimal text, codes themselves, flags `yes`; an answer left empty is absent.
public struct Answers: Hashable, Sendable, Codable {
  private var values: [String: [String]]

  public init(_ values: [String: [String]] = [:]) {
    self.values = values.compactMapValues { texts in
      let kept = texts.filter { !$0.isEmpty }
      return kept.isEmpty ? nil : kept
    }
  }

  public var isEmpty: Bool { values.isEmpty }
  /// Every answered path, in a stable order.
  public var paths: [String] { values.keys.sorted() }

  /// The only text at `path`, or its first.
  public subscript(_ path: String) -> String? {
    get { values[path]?.first }
    set { values[path] = newValue.flatMap { $0.isEmpty ? nil : [$0] } }
  }

  /// Every text at `path`, in the order given.
  public subscript(all path: String) -> [String] {
    get { values[path] ?? [] }
    set { values[path] = newValue.isEmpty ? nil : newValue }
  }

  public func number(_ path: String) -> Int? { self[path].flatMap { Int($0) } }
  public func day(_ path: String) -> Day? { self[path].flatMap { Day($0) } }
  public func flag(_ path: String) -> Bool { self[path] == "yes" }

  /// The rows of a group, each with its paths shortened to the row's own, in the order of their indices.
  public func rows(_ group: String) -> [Answers] {
    let prefix = group + "."
    var rows: [Int: [String: [String]]] = [:]
    for (path, texts) in values where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      guard let (index, dot) = Self.index(rest) else { continue }
      rows[index, default: [:]][String(rest[rest.index(after: dot)...])] = texts
    }
    return rows.sorted { $0.key < $1.key }.map { Answers($0.value) }
  }

  /// The indices of a group's rows as they stand in the paths, in order; there may be gaps.
  public func indices(of group: String) -> [Int] {
    let prefix = group + "."
    var found: Set<Int> = []
    for path in values.keys where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      if let (index, _) = Self.index(rest) { found.insert(index) }
    }
    return found.sorted()
  }

  /// The index before the first dot of `rest`. No page has as many rows as a made-up index may name, and whoever
  /// counts up to it must not.
  private static func index(_ rest: Substring) -> (index: Int, dot: Substring.Index)? {
    guard let dot = rest.firstIndex(of: "."), let index = Int(rest[..<dot]), (0..<1000).contains(index) else {
      return nil
    }
    return (index, dot)
  }

  /// These answers with `group` replaced by `rows`, numbered from 0.
  public func replacing(_ group: String, with rows: [Answers]) -> Answers {
    let prefix = group + "."
    var copy = self
    copy.values = values.filter { !$0.key.hasPrefix(prefix) }
    for (index, row) in rows.enumerated() {
      for (path, texts) in row.values { copy.values["\(prefix)\(index).\(path)"] = texts }
    }
    return copy
  }

  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: [String]].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}
