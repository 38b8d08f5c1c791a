public import CaseWork
import Foundation
import Repositories
import Store

/// Several students at once: one entry, one record in each case, and nothing of one child in the record of another.
public struct RecordGroupSession: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// What is said of one student.
  public struct Part: Hashable, Sendable {
    public let caseFile: ID<CaseFile>
    /// Whoever was absent gets no record.
    public let isPresent: Bool
    /// A line about this student only.
    public let line: String?

    public init(_ caseFile: ID<CaseFile>, isPresent: Bool = true, line: String? = nil) {
      self.caseFile = caseFile
      self.isPresent = isPresent
      self.line = line
    }
  }

  /// `answers` are a contact without anybody's name.
  @discardableResult
  public func callAsFunction(
    _ answers: Answers, for parts: [Part], by asker: Asker
  ) async throws -> [SavedRecord] {
    try await office.act(by: asker) { desk in
      let present = parts.enumerated().filter(\.element.isPresent)
      guard !present.isEmpty else { throw Refusal.invalid([Problem("students", "required")]) }
      guard Set(parts.map(\.caseFile)).count == parts.count else {
        throw Refusal.invalid([Problem("students", "twice")])
      }
      let files = try parts.map { try desk.find($0.caseFile, for: .recordContact) }
      let lines = try desk.lines(of: files.map { Subject($0.student, $0.school) })
      let names = files.map { lines[Subject($0.student, $0.school)]?.name ?? "" }
      let problems = named(names, in: answers, parts)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      return try present.map { index, part in
        var own = answers
        own["people"] = answers["people"] ?? String(present.count)
        if let line = part.line, !line.isEmpty {
          own["facts"] = [answers["facts"], line].compactMap(\.self).joined(separator: "\n")
        }
        return try desk.write(.contact, own, in: files[index], finishing: true)
      }
    }
  }

  /// Names that stand where another child's record would carry them.
  private func named(_ names: [String], in answers: Answers, _ parts: [Part]) -> [Problem] {
    var problems: [Problem] = []
    for path in answers.paths
    where answers[all: path].contains(where: { text in names.contains { tells(text, $0) } }) {
      problems.append(Problem(path, "names-a-student"))
    }
    for (index, part) in parts.enumerated() {
      guard let line = part.line else { continue }
      let others = names.enumerated().filter { $0.offset != index }.map(\.element)
      if others.contains(where: { tells(line, $0) }) {
        problems.append(Problem("students.\(index).line", "names-another-student"))
      }
    }
    return problems
  }

  /// Whether `text` has the whole name, or the given name of a name of three syllables.
  private func tells(_ text: String, _ name: String) -> Bool {
    guard name.count > 1 else { return false }
    return text.contains(name) || (name.count > 2 && text.contains(name.dropFirst()))
  }
}
