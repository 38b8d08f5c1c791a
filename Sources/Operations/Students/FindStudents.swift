public import CaseWork
internal import Foundation
internal import Practice
public import Repositories
internal import Store

/// One student that was found, and the open case where the asker may know of it.
public struct StudentHit: Hashable, Sendable {
  public let student: FoundStudent
  public let schoolName: String
  public let openCase: OpenCase?

  public struct OpenCase: Hashable, Sendable {
    public let id: ID<CaseFile>
    public let number: String
    public let stage: Stage
  }
}

public struct StudentHits: Hashable, Sendable {
  /// In the order of the alphabet (가나다), fifty at most.
  public let hits: [StudentHit]
  /// There are more: a longer query finds fewer.
  public let isCut: Bool
}

/// Finds students of the asker's schools by name, 초성, class `2-3`, case number `26-014` or the school's number.
public struct FindStudents: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter school: only there, where the asker works in several.
  public func callAsFunction(
    _ query: String, in school: ID<School>? = nil, by asker: Asker
  ) async throws -> StudentHits {
    let schools = asker.staff.schools(as: StudentRights.finding).filter { school == nil || $0 == school }
    guard !schools.isEmpty else { throw Refusal.notFound }
    let day = Day(inKoreaAt: office.clock())
    let year = SchoolYear.year(of: day)
    let (vault, permissions, remembered) = (office.vault, office.practice.permissions, office.students)
    let wanted = Wanted(query)
    let result = try await office.database.read { session in
      let students = session.students(of: schools, with: session.keys(vault), remembering: remembered)
      let cases = session.caseFiles(seenBy: asker.staff, on: day)
      let (found, isCut) = try wanted.find(in: students, cases, year: year)
      let open = try cases.open(
        of: found.map(\.id), roles: Set(asker.staff.assignments.map(\.role)), permissions)
      let names = Dictionary(
        try session.schools.some(Set(found.map(\.school))).map { ($0.id, $0.name) },
        uniquingKeysWith: { first, _ in first })
      return StudentHits(
        hits: found.map {
          StudentHit(student: $0, schoolName: names[$0.school] ?? "", openCase: open[$0.id])
        },
        isCut: isCut)
    }
    for (school, hits) in Dictionary(grouping: result.hits, by: \.student.school) {
      try await office.recordAccess(by: asker, work: "find-students", school: school, subjects: hits.count)
    }
    return result
  }
}

/// What a query looks like.
private enum Wanted {
  case name(String)
  case number(String)
  case schoolClass(grade: Int, String)
  /// `26-014`, or a class `26-…` that no school has.
  case caseNumber(String)
  case nothing

  init(_ query: String) {
    let text = Text.withPlainDigits(Text.cleaned(query, keepingLines: false))
    if text.isEmpty || text.count > 100 {
      self = .nothing
    } else if !text.contains(where: \.isNumber) {
      // Most often, and before the patterns: to make one takes longer than to find the name.
      self = .name(text)
    } else if text.wholeMatch(of: /[0-9]{2}-[0-9]{3,5}/) != nil {
      self = .caseNumber(text)
    } else if let match = text.wholeMatch(
      of: /([0-9]{1,2})\s*(?:-|학년)\s*([0-9]{1,2}|\p{Hangul}{1,10}?)\s*반?/),
      let grade = Int(match.1)
    {
      self = .schoolClass(grade: grade, Int(match.2).map(String.init) ?? String(match.2))
    } else {
      self = .number(text)
    }
  }

  func find(
    in students: Students, _ cases: CaseFiles, year: Int
  ) throws -> (found: [FoundStudent], isCut: Bool) {
    switch self {
    case .name(let text): return try students.named(text, year: year)
    case .number(let text): return (try students.numbered(text, year: year), false)
    case .schoolClass(let grade, let name): return try students.inClass(grade: grade, name, year: year)
    case .caseNumber(let text):
      let ids = try cases.standings(numbered: text).map(\.student)
      return (try students.listed(ids, year: year) + students.numbered(text, year: year), false)
    case .nothing: return ([], false)
    }
  }
}

extension CaseFiles {
  /// The cases under way that the searcher sees; a case led by somebody else is no more told of here than anywhere.
  fileprivate func open(
    of students: [ID<Student>], roles: Set<Role>, _ permissions: Permissions
  ) throws -> [ID<Student>: StudentHit.OpenCase] {
    var open: [ID<Student>: StudentHit.OpenCase] = [:]
    for standing in try openStandings(of: students)
    where permissions.allow(.seeCase, as: roles, at: standing.stage) {
      open[standing.student] = .init(id: standing.id, number: standing.number, stage: standing.stage)
    }
    return open
  }
}
