public import CaseWork
public import Store
public import Vault

extension Session {
  /// The students of the schools the asker may look into; those of others do not exist here.
  public func students(of schools: [ID<School>], _ vault: Vault) -> Students {
    students(of: schools, with: keys(vault))
  }
}

/// Students, found only within some schools, opened with their own keys.
public struct Students {
  let session: any Session
  let sealer: Sealer
  let schools: [ID<School>]
  /// Where lists of students are remembered, if they are.
  let memory: RememberedStudents?

  public func find(_ id: ID<Student>) throws -> Student {
    let student = try session.row(
      """
      SELECT s.school_id, s.version, s.profile
      FROM student s
      WHERE s.id = \(id) AND s.school_id IN \(SQL.list(schools)) AND \(SQL.kept("s.school_id", "s.id"))
      """
    ) { row in
      let school: ID<School> = try row.get(0)
      let version: Int = try row.get(1)
      return Student(
        id: id, school: school, version: version, profile: try profile(row.get(2), id, school, version))
    }
    guard let student else { throw Refusal.notFound }
    return student
  }

  /// The names of some students, for lists; who is not in the schools is left out.
  public func names(of ids: [ID<Student>]) throws -> [ID<Student>: StudentName] {
    var names: [ID<Student>: StudentName] = [:]
    for start in stride(from: 0, to: ids.count, by: 500) {
      let part = Array(ids[start..<min(start + 500, ids.count)])
      try session.forEach(
        """
        SELECT s.id, s.school_id, s.version, s.display
        FROM student s
        WHERE s.school_id IN \(SQL.list(schools)) AND s.id IN \(SQL.list(part))
          AND \(SQL.kept("s.school_id", "s.id"))
        """
      ) { row in
        let id: ID<Student> = try row.get(0)
        names[id] = try name(row.get(3), id, row.get(1), row.get(2))
      }
    }
    return names
  }

  public func enrolments(of id: ID<Student>) throws -> [Enrolment] {
    try session.rows(
      """
      SELECT year, grade, class_name, seat, status
      FROM enrolment
      WHERE student_id = \(id) AND school_id IN \(SQL.list(schools))
      ORDER BY year DESC
      """
    ) { row in
      Enrolment(
        year: try row.get(0), grade: try row.get(1), className: try row.get(2), seat: try row.optional(3),
        status: try row.get(4))
    }
  }

  /// Adds a student with the key of its own.
  public func insert(_ student: Student, key: String, enrolment: Enrolment?) throws {
    let seen = try existing([key], in: student.school, year: 0)
    guard seen.isEmpty else { throw Refusal.conflict(.alreadyExists) }
    let token = try sealer.makeToken(key, purpose: Self.numberPurpose, of: .school(student.school))
    try insert([NewStudent(student: student, token: token, enrolment: enrolment)])
  }

  /// Saves a changed profile; `student.version` is the version it was read with.
  public func update(_ student: Student) throws {
    let (owner, next) = (KeyOwner.student(student.id, student.school), student.version + 1)
    let display = StudentName(name: student.profile.name, birthDay: student.profile.birthDay).bytes
    let changed = try session.execute(
      """
      UPDATE student
      SET display = \(sealer.seal(display, for: owner, at: Self.displayPlace(student.id, next))),
        profile = \(sealer.seal(json: student.profile, for: owner, at: Self.profilePlace(student.id, next))),
        version = \(next)
      WHERE school_id = \(student.school) AND id = \(student.id) AND version = \(student.version)
        AND school_id IN \(SQL.list(schools))
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    try session.execute(
      "DELETE FROM search_token WHERE school_id = \(student.school) AND student_id = \(student.id)")
    try insertTokens(of: [student])
  }

  public func set(_ enrolment: Enrolment, of id: ID<Student>, in school: ID<School>) throws {
    try insertEnrolments([(id, school, enrolment)])
  }

  static let numberPurpose = "student-number"

  static func displayPlace(_ id: ID<Student>, _ version: Int) -> Binding {
    Binding(table: "student.display", record: id.description, version: version)
  }

  static func profilePlace(_ id: ID<Student>, _ version: Int) -> Binding {
    Binding(table: "student.profile", record: id.description, version: version)
  }

  func profile(
    _ sealed: [UInt8], _ id: ID<Student>, _ school: ID<School>, _ version: Int
  ) throws -> Student.Profile {
    try sealer.open(
      json: Student.Profile.self, sealed, of: .student(id, school), at: Self.profilePlace(id, version))
  }

  func name(_ sealed: [UInt8], _ id: ID<Student>, _ school: ID<School>, _ version: Int) throws -> StudentName
  {
    StudentName(bytes: try sealer.open(sealed, of: .student(id, school), at: Self.displayPlace(id, version)))
  }
}
