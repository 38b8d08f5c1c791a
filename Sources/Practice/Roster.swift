public import CaseWork
public import Foundation
import Yams

extension Roster {
  /// Reads `roster.yaml` of the pack, strictly: an unknown key, field or a header under two fields is refused.
  public init(folder: URL) throws {
    let file = "roster.yaml"
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    guard let root = try Yams.compose(yaml: text)?.mapping else {
      throw RosterFileProblem(line: 1, what: "mapping")
    }
    let parts = try Self.parts(
      root,
      keys: [
        "version", "columns", "refused", "sexes", "relations", "other-relation", "grade-marks", "class-marks",
      ])
    var columns: [Field: [String]] = [:]
    var seen: Set<String> = []
    for (key, texts) in try Self.lists(parts["columns"]) {
      guard let field = Field(rawValue: key) else { throw RosterFileProblem(line: 1, what: "columns.\(key)") }
      for text in texts where !seen.insert(text.lowercased()).inserted {
        throw RosterFileProblem(line: 1, what: "columns.\(key): \(text)")
      }
      columns[field] = texts
    }
    guard let other = parts["other-relation"]?.string else {
      throw RosterFileProblem(line: 1, what: "other-relation")
    }
    self.init(
      columns: columns, refused: try Self.texts(parts["refused"]), sexes: try Self.lists(parts["sexes"]),
      relations: try Self.lists(parts["relations"]), otherRelation: other,
      gradeMarks: try Self.texts(parts["grade-marks"]), classMarks: try Self.texts(parts["class-marks"]))
  }

  private static func parts(_ mapping: Node.Mapping, keys: Set<String>?) throws -> [String: Node] {
    var parts: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.string, keys?.contains(name) ?? true, parts.updateValue(value, forKey: name) == nil
      else {
        throw RosterFileProblem(line: key.mark?.line ?? 0, what: key.string ?? "key")
      }
    }
    if let missing = keys?.first(where: { parts[$0] == nil }) {
      throw RosterFileProblem(line: 0, what: missing)
    }
    return parts
  }

  private static func lists(_ node: Node?) throws -> [String: [String]] {
    guard let mapping = node?.mapping else {
      throw RosterFileProblem(line: node?.mark?.line ?? 0, what: "mapping")
    }
    return try parts(mapping, keys: nil).mapValues { try texts($0) }
  }

  private static func texts(_ node: Node?) throws -> [String] {
    guard let list = node?.sequence else {
      throw RosterFileProblem(line: node?.mark?.line ?? 0, what: "list")
    }
    return try list.map { item in
      guard let text = item.scalar?.string else {
        throw RosterFileProblem(line: item.mark?.line ?? 0, what: "text")
      }
      return text
    }
  }
}

/// What is wrong with `roster.yaml`, and in which line.
public struct RosterFileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let line: Int
  public let what: String

  public var description: String { "roster.yaml:\(line): \(what)" }
}
