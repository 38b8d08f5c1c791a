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
      let files = try desk.find(parts.map(\.caseFile), for: .recordContact)
      return try desk.recordTogether(answers, for: parts, in: files)
    }
  }

  /// What the records of a programme begin with.
  struct Heading {
    let words: String
    /// A topic as it was typed, which may name nobody either.
    let topic: String
    /// Further names that may stand in no record: of students who are not spoken of now.
    let others: [String]
  }
}

extension Desk {
  /// One contact in the case of everybody who was there, with nothing of one child in the record of another.
  ///
  /// - Parameter files: the cases of `parts`, in which the asker may write.
  func recordTogether(
    _ answers: Answers, for parts: [RecordGroupSession.Part], in files: [CaseFile],
    under heading: RecordGroupSession.Heading? = nil
  ) throws -> [SavedRecord] {
    let present = parts.enumerated().filter(\.element.isPresent)
    guard !present.isEmpty else { throw Refusal.invalid([Problem("students", "required")]) }
    guard Set(parts.map(\.caseFile)).count == parts.count else {
      throw Refusal.invalid([Problem("students", "twice")])
    }
    let lines = try lines(of: files.map { Subject($0.student, $0.school) })
    let names = Names(
      of: files.map { lines[Subject($0.student, $0.school)]?.name ?? "" }, others: heading?.others ?? [])
    var told = answers
    told["topic"] = heading?.topic
    let problems = names.problems(in: told, parts)
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    let entries = present.map { index, part in
      var own = answers
      // Each record counts its own student, so that they can be added up; a programme keeps the number with its session.
      own["people"] = nil
      own["group"] = heading == nil ? answers["people"] ?? String(present.count) : nil
      let texts = [heading?.words, answers["facts"], part.line].compactMap(\.self).filter { !$0.isEmpty }
      own["facts"] = texts.joined(separator: "\n")
      return (answers: own, file: files[index])
    }
    return try write(.contact, entries, finishing: true)
  }
}

/// The names of those who are spoken of together.
private struct Names {
  let names: [String]
  let others: [String]

  init(of names: [String], others: [String]) {
    self.names = names
    self.others = others
  }

  /// Names that stand where another child's record would carry them.
  func problems(in answers: Answers, _ parts: [RecordGroupSession.Part]) -> [Problem] {
    var problems: [Problem] = []
    for path in answers.paths
    where answers[all: path].contains(where: { text in (names + others).contains { tells(text, $0) } }) {
      problems.append(Problem(path, "names-a-student"))
    }
    for (index, part) in parts.enumerated() {
      guard let line = part.line else { continue }
      let rest = names.enumerated().filter { $0.offset != index }.map(\.element) + others
      if rest.contains(where: { tells(line, $0) }) {
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
