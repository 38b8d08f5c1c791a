public import CaseWork
import Practice
import Repositories
import Store

/// What a reassessment (F14 재사정지) begins with and is compared with: the answers of the assessment before it, and
/// needs, risk, level and scores before and after.
///
/// A page asks this before the first save (`record` is `nil`, `answers` are those of the last assessment without what
/// must be said anew, and nothing differs yet), while it is half written, and afterwards. For what was typed but not
/// saved, `AssessmentComparison(from: page.before.answers, to: typed)` compares without another reading.
public struct ReadReassessment: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter record: a reassessment of the past; the newest one, or one about to be begun, without it.
  /// - Throws: `Refusal.notFound` for whoever may not read assessments of the case.
  public func callAsFunction(
    _ id: ID<CaseFile>, record: ID<CaseRecord>? = nil, for asker: Asker
  ) async throws -> ReassessmentPage {
    try await office.look("read-reassessment", by: asker) { desk in
      let seen = try desk.see(id)
      guard desk.readable(seen).isSuperset(of: [.assessment, .reassessment]) else { throw Refusal.notFound }
      return Looked(
        try desk.reassessment(record, of: seen), at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

/// Two assessments of one student side by side.
public struct ReassessmentPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let day: Day
  /// The assessment or reassessment that is compared with; `nil` where none was written.
  public let before: CaseRecord?
  /// The reassessment itself; `nil` before it was saved first.
  public let record: CaseRecord?
  /// What the form shows: the reassessment's answers, or those to begin with.
  public let answers: Answers
  public let comparison: AssessmentComparison
  /// Scales through the case; `nil` for whoever may not read scores.
  public let scores: [InstrumentCourse]?
  /// What the step to a reassessment still needs; empty once the case stands there.
  public let missing: [Missing]
  /// Whether this person may write it here and now.
  public let mayWrite: Bool
}

extension Desk {
  fileprivate func reassessment(
    _ id: ID<CaseRecord>?, of seen: CaseFiles.Seen
  ) throws -> ReassessmentPage {
    let file = seen.file
    let records = session.records(of: file)
    let all = try records.all([.assessment, .reassessment])
    let newest = all.last { $0.header.kind == .reassessment }
    let shown: StoredRecord? =
      if let id {
        all.first { $0.header.id == id && $0.header.kind == .reassessment }
      } else {
        // A finished one is of the past: the next is begun from it.
        newest.flatMap { $0.header.approval == nil || !seen.file.mayReassess ? $0 : nil }
      }
    if id != nil, shown == nil { throw Refusal.notFound }
    let before = all.last { stored in
      stored.header.id != shown?.header.id
        && (shown.map { stored.header.writtenAt < $0.header.writtenAt } ?? true)
    }
    let beforeRecord = try before.map { try opened($0, of: file) }
    let record = try shown.map { try opened($0, of: file) }
    let answers = record?.answers ?? (beforeRecord?.answers ?? Answers()).carriedIntoReassessment
    let step = practice.workflow.steps.first { $0.to == .reassessment && $0.from.contains(file.stage) }
    let scores = try readable(seen).contains(.score) ? session.counted(of: file).scores() : nil
    return ReassessmentPage(
      file: file, student: try line(of: file), day: day, before: beforeRecord, record: record,
      answers: answers,
      comparison: AssessmentComparison(
        from: beforeRecord?.answers ?? Answers(), to: answers, form: practice.forms["reassessment"]),
      scores: scores.map { InstrumentCourse.courses($0.map { (day: $0.day, score: $0.score) }) },
      missing: try step.map { practice.workflow.missing(for: $0, try facts(of: file), on: day) } ?? [],
      mayWrite: file.mayTake(.reassessment) && record?.approval == nil
        && practice.permissions.allow(.reassess, as: seen.roles, at: file.stage))
  }
}

extension CaseFile {
  /// Whether the case stands where a reassessment can be begun.
  fileprivate var mayReassess: Bool {
    switch stage {
    case .service, .monitoring, .reassessment: standing == .open
    case .intake, .assessment, .planning, .evaluation, .followUp: false
    }
  }
}

extension Answers {
  /// What a reassessment takes over from the assessment before it: everything but what must be said anew.
  var carriedIntoReassessment: Answers {
    var answers = self
    for path in ["day", "changes", "decision", "level-why", "next-risk-day"] { answers[path] = nil }
    return answers
  }
}
