internal import CaseWork
internal import Yams

/// A piece of a practice file with its place in it, read strictly: what nobody reads is refused.
///
/// Problems are collected, not thrown, so that an office sees all of them at once.
struct Piece {
  let node: Node
  let file: String
  let log: ProblemLog
  /// The file was not there or no YAML, which was said once: nothing more is said of what is in it.
  var isUnread = false

  func problem(_ reason: String) {
    guard !isUnread else { return }
    log.add(PracticeProblem(file: file, line: node.mark?.line, reason: reason))
  }

  /// Refuses every key that is not among `keys`.
  func allow(_ keys: String...) {
    guard let mapping = node.mapping else { return problem("named parts are expected here") }
    for key in mapping.keys where !keys.contains(key.scalar?.string ?? "") {
      log.add(
        PracticeProblem(
          file: file, line: key.mark?.line, reason: "unknown key “\(key.scalar?.string ?? "?")”"))
    }
  }

  subscript(_ key: String) -> Piece? {
    node.mapping?.first { $0.key.scalar?.string == key }.map { piece($0.value) }
  }

  /// The part under `key`; a problem where it is missing.
  func need(_ key: String) -> Piece? {
    let part = self[key]
    if part == nil { problem("“\(key)” is missing") }
    return part
  }

  /// Keys and parts in the order of the file.
  var parts: [(key: String, piece: Piece)] {
    guard let mapping = node.mapping else {
      problem("named parts are expected here")
      return []
    }
    var seen: Set<String> = []
    return mapping.map { key, value in
      let name = key.scalar?.string ?? ""
      // YAML takes 4 and "4" for two keys; here they are one.
      if !seen.insert(name).inserted { piece(value).problem("the key “\(name)” is there twice") }
      return (name, piece(value))
    }
  }

  var list: [Piece] {
    guard let sequence = node.sequence else {
      problem("a list is expected here")
      return []
    }
    return sequence.map { piece($0) }
  }

  var text: String {
    guard let text = node.scalar?.string else {
      problem("a text is expected here")
      return ""
    }
    return text
  }

  /// The text, where this is one; no problem where it is not.
  var word: String? { node.scalar?.string }

  /// Whether this has named parts.
  var isNamed: Bool { node.mapping != nil }

  var number: Int {
    guard let number = node.scalar.flatMap({ Int($0.string) }) else {
      problem("a whole number is expected here")
      return 0
    }
    return number
  }

  var flag: Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      problem("true or false is expected here")
      return false
    }
  }

  /// `0..4`.
  var range: ClosedRange<Int> {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap { Int($0) }
    guard ends.count == 2, ends[0] <= ends[1] else {
      problem("a range such as 0..4 is expected here")
      return 0...0
    }
    return ends[0]...ends[1]
  }

  /// One of the codes of `type`.
  func code<Code: RawRepresentable>(_ type: Code.Type) -> Code? where Code.RawValue == String {
    let code = Code(rawValue: text)
    if code == nil { problem("“\(text)” is not one of the known names") }
    return code
  }

  /// The words under `ko` and `en`, or `hint-ko` and `hint-en`; both or none.
  func words(_ prefix: String = "") -> Words? {
    let ko = self[prefix + "ko"]?.text
    let en = self[prefix + "en"]?.text
    switch (ko, en) {
    case (let ko?, let en?) where !ko.isEmpty && !en.isEmpty: return Words(ko: ko, en: en)
    case (nil, nil): return nil
    default:
      problem("“\(prefix)ko” and “\(prefix)en” belong together")
      return nil
    }
  }

  func needWords() -> Words {
    if let words = words() { return words }
    problem("“ko” and “en” are missing")
    return Words(ko: "?", en: "?")
  }

  private func piece(_ node: Node) -> Piece { Piece(node: node, file: file, log: log) }
}

/// Where problems gather while one practice is read.
final class ProblemLog {
  private(set) var problems: [PracticeProblem] = []

  func add(_ problem: PracticeProblem) {
    if !problems.contains(problem) { problems.append(problem) }
  }
}
