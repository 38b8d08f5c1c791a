public import CaseWork
import Practice
import Repositories
import Store

/// What an evaluation sheet (F16 평가서) shows beside its questions: every goal from its baseline to its last level, the
/// T score, instruments before and after, and what was given.
///
/// Its figures are counted anew at every reading, so a page shows them before the evaluation is written, while it is
/// half written, and afterwards. `BeginRecord(.evaluation)` gives the empty form with a row for each goal; this gives
/// what stands around it. The number of statements does not grow with the case.
public struct ReadEvaluation: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.notFound` for whoever may not read plans and evaluations of the case.
  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> EvaluationPage {
    try await office.look("read-evaluation", by: asker) { desk in
      let seen = try desk.see(id)
      guard desk.readable(seen).isSuperset(of: [.evaluation, .plan]) else { throw Refusal.notFound }
      return Looked(try desk.evaluation(of: seen), at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

/// A case in figures, as one person may read it.
public struct EvaluationPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let manager: String
  public let day: Day
  /// The newest evaluation, finished or not; `nil` before there is one.
  public let record: CaseRecord?
  /// The plan that holds, and which version it is; an empty plan and 0 where none was approved.
  public let plan: Plan
  public let planVersion: Int
  /// One line a goal, in the order of the plan.
  public let goals: [Goal]
  /// T before and now, services by kind and in all, attendance, satisfaction.
  public let summary: EvaluationSummary
  /// Scales before and after; `nil` for whoever may not read scores.
  public let scores: [InstrumentCourse]?
  /// Whether this person may write the evaluation here and now.
  public let mayWrite: Bool

  public struct Goal: Hashable, Sendable {
    public let goal: Plan.Goal
    public let course: GoalCourse

    /// What the level at the start looks like, in the plan's words.
    public var textBefore: String? { course.baseline.flatMap(goal.ladder.text(of:)) }
    /// What the last level looks like; `nil` while the goal was not rated.
    public var textNow: String? { course.last.flatMap(goal.ladder.text(of:)) }
  }
}

extension Desk {
  func evaluation(of seen: CaseFiles.Seen) throws -> EvaluationPage {
    let file = seen.file
    let records = session.records(of: file)
    let counted = session.counted(of: file)
    let plans = try plans(of: file)
    let record = try records.latest(.evaluation).map { try opened($0, of: file) }
    // The answers of the evaluation are counted from what it says, so its rows are left out here.
    let summary = EvaluationSummary(
      plans: plans, rated: try counted.rated(besides: record?.id),
      evaluation: record?.answers ?? Answers(), on: record?.day ?? day, given: try counted.services())
    return EvaluationPage(
      file: file, student: try line(of: file), manager: try staffNames([file.manager])[file.manager] ?? "",
      day: day, record: record, plan: plans.current, planVersion: plans.number,
      goals: summary.courses.compactMap { course in
        plans.current[goal: course.goal].map { EvaluationPage.Goal(goal: $0, course: course) }
      },
      summary: summary,
      scores: readable(seen).contains(.score)
        ? InstrumentCourse.courses(try counted.scores().map { (day: $0.day, score: $0.score) }) : nil,
      mayWrite: file.mayTake(.evaluation) && record?.approval == nil
        && practice.permissions.allow(.evaluate, as: seen.roles, at: file.stage))
  }
}
