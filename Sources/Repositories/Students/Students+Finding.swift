public import CaseWork
internal import Store
internal import Vault

/// A student as a list of hits shows them.
public struct FoundStudent: Hashable, Sendable {
  public let id: ID<Student>
  public let school: ID<School>
  public let name: String
  /// Tells two students of one name apart.
  public let birthDay: Day?
  public let enrolment: Enrolment?
}

extension Students {
  /// By name: two letters and more anywhere in it, one letter at its beginning, 초성 alike.
  ///
  /// - Returns: in the order of the alphabet (가나다), and whether there are more.
  public func named(
    _ query: String, year: Int, atMost limit: Int = 50
  ) throws -> (found: [FoundStudent], isCut: Bool) {
    let terms = StudentSearch.terms(asked: query).sorted()
    guard !terms.isEmpty else { return ([], false) }
    var ids: [ID<Student>] = []
    var isCut = false
    for school in schools {
      guard let tokens = try tokens(terms, in: school) else { continue }
      let hits = try session.rows(Self.holders(of: tokens, in: school)) {
        try $0.get(0, as: ID<Student>.self)
      }
      isCut = isCut || hits.count > Self.candidates
      ids += hits.prefix(Self.candidates)
    }
    let isFound = StudentSearch.confirming(query)
    let found = try listed(ids, year: year).filter { isFound($0.name) }
    return (Array(found.prefix(limit)), isCut || found.count > limit)
  }

  /// The statement for those who have every token, for tests of the query plan: the students of one token, each looked
  /// up under the others. More than a few narrow no further; the names themselves decide.
  static func holders(of tokens: [String], in school: ID<School>) -> SQL {
    let others = tokens.dropFirst().prefix(4).map { token -> SQL in
      """
      AND EXISTS (
        SELECT 1 FROM search_token o
        WHERE o.school_id = \(school) AND o.token = \(token) AND o.student_id = t.student_id
      )
      """
    }
    return """
      SELECT t.student_id
      FROM search_token t
      WHERE t.school_id = \(school) AND t.token = \(tokens.first ?? "") \(others.joined(by: " "))
      ORDER BY t.student_id
      LIMIT \(candidates + 1)
      """
  }

  /// By the school's number, whole.
  public func numbered(_ number: String, year: Int) throws -> [FoundStudent] {
    guard !StudentSearch.letters(number).isEmpty else { return [] }
    var ids: [ID<Student>] = []
    for school in schools {
      guard let tokens = try tokens([StudentSearch.number(number)], in: school) else { continue }
      ids += try session.rows(
        """
        SELECT student_id
        FROM search_token
        WHERE school_id = \(school) AND token IN \(SQL.list(tokens))
        ORDER BY student_id
        LIMIT 50
        """
      ) { try $0.get(0) }
    }
    return try listed(ids, year: year)
  }

  /// Everybody in one class of this year.
  public func inClass(
    grade: Int, _ className: String, year: Int, atMost limit: Int = 50
  ) throws -> (found: [FoundStudent], isCut: Bool) {
    let ids = try session.rows(
      """
      SELECT student_id
      FROM enrolment
      WHERE school_id IN \(SQL.list(schools)) AND year = \(year) AND grade = \(grade) AND class_name = \(className)
        AND status = 'enrolled'
      ORDER BY school_id, seat, student_id
      LIMIT \(Self.candidates + 1)
      """
    ) { try $0.get(0, as: ID<Student>.self) }
    let found = try listed(Array(ids.prefix(Self.candidates)), year: year)
    return (Array(found.prefix(limit)), ids.count > limit)
  }

  /// The students of some ids as a list shows them, in the order of the alphabet.
  public func listed(_ ids: [ID<Student>], year: Int) throws -> [FoundStudent] {
    try some(ids, year: year).sorted(by: Self.isBefore)
  }

  /// The same in no order.
  public func some(_ ids: [ID<Student>], year: Int) throws -> [FoundStudent] {
    // Whoever asks for one student opens more of that one next, and needs the key that comes with the row. A transaction
    // that writes may have changed them already, and may yet be rolled back.
    guard let memory, ids.count > 1, !(session is any TrailKeeping), schools.count <= Self.mostRemembered
    else { return try stored(ids, year: year) }
    let stamps = try StudentStamps(session: session).of(schools)
    let (known, missing) = memory.take(ids, year: year, under: stamps)
    sealer.expect(known.map { ($0.id, $0.school) })
    guard !missing.isEmpty else { return known }
    let read = try stored(missing, year: year)
    memory.keep(read, of: missing, year: year, under: stamps)
    return known + read
  }

  /// Of more schools than these at once nothing is remembered: each student may be in each of them.
  private static let mostRemembered = 8

  private func stored(_ ids: [ID<Student>], year: Int) throws -> [FoundStudent] {
    guard !ids.isEmpty else { return [] }
    for school in schools { try sealer.prepare(for: school) }
    var found: [FoundStudent] = []
    for start in stride(from: 0, to: ids.count, by: 500) {
      let part = Array(ids[start..<min(start + 500, ids.count)])
      found += try session.rows(
        """
        SELECT s.id, s.school_id, s.version, s.display, e.grade, e.class_name, e.seat, e.status, k.wrapped
        FROM student s
        LEFT JOIN sealing_key k ON k.school_id = s.school_id AND k.owner_kind = 'student' AND k.owner_id = s.id
        LEFT JOIN enrolment e ON e.school_id = s.school_id AND e.student_id = s.id AND e.year = \(year)
        WHERE s.school_id IN \(SQL.list(schools)) AND s.id IN \(SQL.list(part))
          AND \(SQL.kept("s.school_id", "s.id"))
        """
      ) { row in
        let (id, school): (ID<Student>, ID<School>) = (try row.get(0), try row.get(1))
        try sealer.take(row.optional(8), of: id, in: school)
        let name = try name(row.get(3), id, school, row.get(2))
        let enrolment: Enrolment? =
          if let grade = try row.optional(4, as: Int.self) {
            Enrolment(
              year: year, grade: grade, className: try row.get(5), seat: try row.optional(6),
              status: try row.get(7))
          } else {
            nil
          }
        return FoundStudent(
          id: id, school: school, name: name.name, birthDay: name.birthDay, enrolment: enrolment)
      }
    }
    return found
  }

  /// How many hits are opened at most, in one school.
  private static let candidates = 400

  /// 가나다 is the order of the code points of syllables; then class, seat, birthday, so that it never changes.
  private static func isBefore(_ a: FoundStudent, _ b: FoundStudent) -> Bool {
    if a.name != b.name { return a.name < b.name }
    let (one, other) = (a.enrolment, b.enrolment)
    let (grade, otherGrade) = (one?.grade ?? 99, other?.grade ?? 99)
    if grade != otherGrade { return grade < otherGrade }
    let (name, otherName) = (one?.className ?? "", other?.className ?? "")
    if name != otherName { return name < otherName }
    let (born, otherBorn) = (a.birthDay?.ordinal ?? .min, b.birthDay?.ordinal ?? .min)
    return (one?.seat ?? 0, born, a.id) < (other?.seat ?? 0, otherBorn, b.id)
  }

  /// `nil` where the school has no key yet, so no student.
  private func tokens(_ terms: [String], in school: ID<School>) throws -> [String]? {
    do {
      return try sealer.tokens(terms, purpose: StudentSearch.purpose, of: .school(school))
    } catch VaultProblem.missing(_) {
      return nil
    }
  }
}
