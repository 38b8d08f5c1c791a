public import CaseWork
import Practice
public import Repositories
import Store

/// F27: a suspicion of abuse was reported (아동학대처벌법 제10조②). It needs no consent and leaves no trace in the case.
public struct ReportAbuse: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, about student: ID<Student>, in school: ID<School>, by asker: Asker
  ) async throws -> ID<AbuseReport> {
    try await office.act(by: asker) { desk in
      try desk.permit(.reportAbuse, in: school)
      guard try desk.isStudent(student, of: school, isTraced: false) else { throw Refusal.notFound }
      let answers = try desk.checkedAbuse(answers)
      let id: ID<AbuseReport> = desk.newID()
      try desk.session.abuseReports(seenBy: desk.staff).insert(
        StoredAbuseReport(
          id: id, school: school, student: student, manager: desk.staff.id, madeAt: desk.instant, version: 1,
          sealed: try desk.sealInCompartment(answers, id, 1, of: Subject(student, school))))
      // On purpose without a case, a student or a telling word: the trail is read by people who may not know.
      try desk.note("compartment", "compartment", id.description, in: school)
      return id
    }
  }

  /// Adds what became known later; the first text is replaced by one that holds it.
  public func callAsFunction(
    completing id: ID<AbuseReport>, _ answers: Answers, from version: Int, by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let old = try desk.session.abuseReports(seenBy: desk.staff).find(id)
      guard old.manager == desk.staff.id else { throw Refusal.notAllowed }
      guard old.version == version else { throw Refusal.conflict(.changedByAnother) }
      let answers = try desk.checkedAbuse(answers)
      let next = StoredAbuseReport(
        id: id, school: old.school, student: old.student, manager: old.manager, madeAt: old.madeAt,
        version: version + 1,
        sealed: try desk.sealInCompartment(answers, id, version + 1, of: Subject(old.student, old.school)))
      try desk.session.abuseReports(seenBy: desk.staff).update(next)
      try desk.note("compartment", "compartment", id.description, in: old.school)
    }
  }
}

extension Desk {
  fileprivate func checkedAbuse(_ answers: Answers) throws -> Answers {
    guard practice.forms["abuse-report"] != nil else {
      let told = answers.paths.flatMap { answers[all: $0] }
      if told.contains(where: NationalID.isFound) { throw Refusal.invalid([Problem("facts", "national-id")]) }
      return answers
    }
    return try checked(answers, with: "abuse-report", finishing: true)
  }
}
