public import CaseWork
import Practice
import Repositories
import Store

/// What a closing report (F17 종결보고서) shows: the text put together by rule, the evaluation it stands on, what is
/// planned afterwards and how long the case is kept.
///
/// A page writes `lines` with the wordings (`ClosingReport.Line.text`), offers them as the beginning of the summary, and
/// sends what is typed to `CloseCase`. Before a reason was chosen the line of the reason is left out. After the closure
/// the same reading gives the report to print; `record` is then approved and never changes.
public struct ReadClosing: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter reason: a code of `closure-reason` somebody is about to choose.
  /// - Throws: `Refusal.notFound` for whoever may not read plans, evaluations and closing reports of the case.
  public func callAsFunction(
    _ id: ID<CaseFile>, because reason: String? = nil, for asker: Asker
  ) async throws -> ClosingPage {
    try await office.look("read-closing", by: asker) { desk in
      let seen = try desk.see(id)
      guard desk.readable(seen).isSuperset(of: [.closure, .evaluation, .plan]) else { throw Refusal.notFound }
      return Looked(
        try desk.closing(of: seen, because: reason), at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

/// A case at its end.
public struct ClosingPage: Hashable, Sendable {
  public let evaluation: EvaluationPage
  public let school: School
  /// The closing report, finished or not; `nil` before there is one.
  public let record: CaseRecord?
  /// The text by rule: wording keys and what fills them.
  public let report: ClosingReport
  /// As planned at the closure; before it, as the office's policy would plan them from today.
  public let followUps: [CaseFacts.FollowUp]
  /// How long everything is kept, counted from the closure, before it from today.
  public let retention: Retention
  /// What the closure still needs; empty once it is done.
  public let missing: [Missing]
  /// Whether the closure may be taken before everything is there, with a reason.
  public let isOverridable: Bool
  /// Whether this person may close the case here and now.
  public let mayClose: Bool

  public var file: CaseFile { evaluation.file }
}

extension Desk {
  fileprivate func closing(of seen: CaseFiles.Seen, because chosen: String?) throws -> ClosingPage {
    let file = seen.file
    let evaluation = try evaluation(of: seen)
    let record = try session.records(of: file).latest(.closure).map { try opened($0, of: file) }
    let school = try session.schools.find(file.school) ?? School(id: file.school, name: "", kind: .elementary)
    let closedOn = file.closure?.day ?? record?.day ?? day
    let planned = try session.followUps(of: file).all()
    let mayClose =
      file.mayTake(.closure) && practice.permissions.allow(.close, as: seen.roles, at: file.stage)
    let step = file.isClosed ? nil : practice.workflow.closing(from: file.stage)
    return ClosingPage(
      evaluation: evaluation, school: school, record: record,
      report: ClosingReport(
        file: file, plan: evaluation.plan, summary: evaluation.summary,
        reason: file.closure?.reason ?? chosen ?? record?.answers["reason"], on: closedOn),
      followUps: planned.isEmpty && !file.isClosed ? practice.policy.followUps(after: closedOn) : planned,
      retention: try retention(
        of: file, in: school, closedOn: closedOn, birthDay: evaluation.student.birthDay,
        from: record?.answers["retention-from"]),
      missing: try step.map { practice.workflow.missing(for: $0, try facts(of: file), on: day) } ?? [],
      isOverridable: step?.isOverridable ?? false, mayClose: mayClose)
  }

  /// How long a case is kept that is closed on `closedOn`.
  func retention(
    of file: CaseFile, in school: School, closedOn: Day, birthDay: Day?, from start: String?
  ) throws -> Retention {
    let enrolment = try session.students(of: [file.school], with: sealer).enrolments(of: file.student)
      .max { $0.year < $1.year }
    return Retention(
      closedOn: closedOn, start: start.flatMap(Retention.Start.init) ?? .closure,
      years: practice.policy.retentionYears,
      graduatesOn: enrolment.flatMap { Retention.graduation(school.kind, grade: $0.grade, year: $0.year) },
      leftSchool: enrolment?.status == "left", birthDay: birthDay)
  }
}

extension Workflow {
  /// The step that closes a case at `stage`.
  func closing(from stage: Stage) -> Step? {
    let steps = steps.filter { $0.to == .followUp && $0.from.contains(stage) }
    return steps.first(where: \.isMain) ?? steps.first
  }
}
