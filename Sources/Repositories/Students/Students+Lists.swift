public import CaseWork
internal import Store
internal import Vault

/// A student to be added with others.
struct NewStudent {
  let student: Student
  let token: String
  let enrolment: Enrolment?
}

extension Students {
  /// A student the school already has, with this year's class.
  public struct Known: Hashable, Sendable {
    public let student: Student
    public let enrolment: Enrolment?
  }

  /// The students known by these keys (numbers, or names with birthdays), by key.
  public func existing(_ keys: [String], in school: ID<School>, year: Int) throws -> [String: Known] {
    guard schools.contains(school), !keys.isEmpty else { return [:] }
    let tokens: [String]
    do {
      tokens = try sealer.tokens(keys, purpose: Self.numberPurpose, of: .school(school))
    } catch VaultProblem.missing(_) {
      return [:]
    }
    let keyOf = Dictionary(zip(tokens, keys), uniquingKeysWith: { first, _ in first })
    var known: [String: Known] = [:]
    // Joined and not asked for with IN, which PostgreSQL compares with each row in turn once the list is long.
    try session.forEach(
      """
      WITH wanted (token) AS (VALUES \(SQL.rows(tokens.map { [.text($0)] })))
      SELECT s.number_token, s.id, s.version, s.profile, e.grade, e.class_name, e.seat, e.status
      FROM wanted w
      JOIN student s ON s.school_id = \(school) AND s.number_token = w.token
      LEFT JOIN enrolment e ON e.school_id = s.school_id AND e.student_id = s.id AND e.year = \(year)
      """
    ) { row in
      let id: ID<Student> = try row.get(1)
      let version: Int = try row.get(2)
      let enrolment: Enrolment? =
        if let grade = try row.optional(4, as: Int.self) {
          Enrolment(
            year: year, grade: grade, className: try row.get(5), seat: try row.optional(6),
            status: try row.get(7))
        } else {
          nil
        }
      guard let key = keyOf[try row.get(0)] else { return }
      known[key] = Known(
        student: Student(
          id: id, school: school, version: version, profile: try profile(row.get(3), id, school, version)),
        enrolment: enrolment)
    }
    return known
  }

  /// Adds many students of one school in a few statements.
  public func insert(_ students: [(student: Student, key: String, enrolment: Enrolment?)]) throws {
    guard let school = students.first?.student.school else { return }
    let tokens = try sealer.makeTokens(students.map(\.key), purpose: Self.numberPurpose, of: .school(school))
    try insert(
      zip(students, tokens).map { NewStudent(student: $0.student, token: $1, enrolment: $0.enrolment) })
  }

  /// Sets the classes of many students.
  public func set(_ enrolments: [(ID<Student>, ID<School>, Enrolment)]) throws {
    try insertEnrolments(enrolments)
  }

  /// Who is enrolled in a year and in none of these keys: to be reported, never removed.
  public func enrolled(in school: ID<School>, year: Int, butNot keys: [String]) throws -> [ID<Student>] {
    guard schools.contains(school) else { return [] }
    let tokens = Set(try sealer.tokens(keys, purpose: Self.numberPurpose, of: .school(school)))
    var missing: [ID<Student>] = []
    try session.forEach(
      """
      SELECT s.id, s.number_token
      FROM enrolment e
      JOIN student s ON s.school_id = e.school_id AND s.id = e.student_id
      WHERE e.school_id = \(school) AND e.year = \(year) AND e.status = 'enrolled'
      ORDER BY e.grade, e.class_name, e.seat, s.id
      """
    ) { row in
      if !tokens.contains(try row.get(1)) { missing.append(try row.get(0)) }
    }
    return missing
  }

  /// Adds a relative each of many new students of one school.
  public func insert(_ relatives: [(relative: Relative, student: ID<Student>)], in school: ID<School>) throws
  {
    guard schools.contains(school) else { throw Refusal.notFound }
    let rows = try relatives.map { relative, student -> [Value] in
      let sealed = try sealer.seal(
        json: relative, for: .student(student, school), at: Self.relativePlace(relative.id, 1))
      return [
        school.sqlValue, student.sqlValue, relative.id.sqlValue, relative.relation.sqlValue,
        relative.isLegalGuardian.sqlValue, relative.mustNotContact.sqlValue, .null, .bytes(sealed),
        .integer(1),
      ]
    }
    try session.insert(
      rows,
      "relative (school_id, student_id, id, relation, is_legal_guardian, must_not_contact, ended_at, sealed, version)"
    )
  }

  func insert(_ new: [NewStudent]) throws {
    guard let school = new.first?.student.school else { return }
    try sealer.makeKeys(for: new.map(\.student.id), of: school)
    let rows = try new.map { entry -> [Value] in
      let student = entry.student
      guard schools.contains(student.school) else { throw Refusal.notFound }
      let owner = KeyOwner.student(student.id, student.school)
      let name = StudentName(name: student.profile.name, birthDay: student.profile.birthDay)
      return [
        student.school.sqlValue, student.id.sqlValue, entry.token.sqlValue,
        .bytes(try sealer.seal(name.bytes, for: owner, at: Self.displayPlace(student.id, 1))),
        .bytes(try sealer.seal(json: student.profile, for: owner, at: Self.profilePlace(student.id, 1))),
        .integer(1),
      ]
    }
    try session.insert(rows, "student (school_id, id, number_token, display, profile, version)")
    try insertTokens(of: new.map(\.student))
    try insertEnrolments(
      new.compactMap { new in new.enrolment.map { (new.student.id, new.student.school, $0) } })
  }

  func insertEnrolments(_ enrolments: [(ID<Student>, ID<School>, Enrolment)]) throws {
    guard !enrolments.isEmpty else { return }
    let rows = enrolments.map { id, school, enrolment -> [Value] in
      [
        school.sqlValue, id.sqlValue, enrolment.year.sqlValue, enrolment.grade.sqlValue,
        enrolment.className.sqlValue, enrolment.seat?.sqlValue ?? .null, enrolment.status.sqlValue,
      ]
    }
    try session.insert(
      rows, "enrolment (school_id, student_id, year, grade, class_name, seat, status)",
      """
      ON CONFLICT (school_id, student_id, year) DO UPDATE
      SET grade = excluded.grade, class_name = excluded.class_name, seat = excluded.seat, status = excluded.status
      """)
  }

  func insertTokens(of students: [Student]) throws {
    for (school, students) in Dictionary(grouping: students, by: \.school) {
      let owed = students.flatMap { student in
        StudentSearch.terms(kept: student.profile).map { (student.id, $0) }
      }
      let tokens = try sealer.makeTokens(
        owed.map(\.1), purpose: StudentSearch.purpose, of: .school(school))
      // In the order of the index, so that those of many students fall on few of its pages at a time.
      let sorted = zip(owed, tokens).map { (token: $1, student: $0.0) }.sorted { $0.token < $1.token }
      try session.insert(
        sorted.map { [school.sqlValue, .text($0.token), $0.student.sqlValue] },
        "search_token (school_id, token, student_id)")
    }
  }
}
