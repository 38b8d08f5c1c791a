public import CaseWork
public import Store

/// Writing cases. Whoever calls has found the case as its viewer, or has just made it.
public struct CaseFileStore {
  let session: any Session

  public func insert(_ file: CaseFile) throws {
    try session.execute(
      """
      INSERT INTO case_file (
        school_id, id, student_id, number, episode, previous_id, referral_id, family_id, opened_on, stage, standing,
        level, manager_id, held_since, version)
      VALUES (
        \(file.school), \(file.id), \(file.student), \(file.number), \(file.episode), \(file.previous),
        \(file.referral), \(file.family), \(file.openedOn), \(file.stage), \(file.standing), \(file.level?.rawValue),
        \(file.manager), \(file.heldSince), \(file.version))
      """
    )
  }

  /// Saves the next state of a case; `file.version` is the version it was read at.
  public func update(_ file: CaseFile) throws -> CaseFile {
    let changed = try session.execute(
      """
      UPDATE case_file
      SET stage = \(file.stage), standing = \(file.standing), level = \(file.level?.rawValue),
        manager_id = \(file.manager), family_id = \(file.family), held_since = \(file.heldSince),
        closed_on = \(file.closure?.day), closed_by = \(file.closure?.by), closure_reason = \(file.closure?.reason),
        closure_more = \(file.closure.map { text($0.moreReasons) }), version = \(file.version + 1)
      WHERE school_id = \(file.school) AND id = \(file.id) AND version = \(file.version)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    var saved = file
    saved.version += 1
    return saved
  }

  /// The newest episode of a student, whoever may see it: a new one must follow it.
  public func latestEpisode(of student: ID<Student>, in school: ID<School>) throws -> CaseFile? {
    try session.row(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id = \(school) AND c.student_id = \(student)
      ORDER BY c.episode DESC
      LIMIT 1
      """
    ) { try CaseFile(row: $0) }
  }

  /// The next number people say, `26-014`, counted per school and school year.
  public func nextNumber(in school: ID<School>, on day: Day) throws -> String {
    let year = SchoolYear.year(of: day) % 100
    let prefix = year < 10 ? "0\(year)-" : "\(year)-"
    let last = try session.row(
      """
      SELECT number FROM case_file
      WHERE school_id = \(school) AND number LIKE \(prefix + "%")
      ORDER BY length(number) DESC, number DESC
      LIMIT 1
      """
    ) { try $0.get(0, as: String.self) }
    let next = (last.flatMap { Int($0.dropFirst(prefix.count)) } ?? 0) + 1
    let digits = String(next)
    return prefix + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// Notes that somebody met the students on `day`.
  public func noteContact(on day: Day, in files: [CaseFile]) throws {
    guard !files.isEmpty else { return }
    try session.execute(
      """
      UPDATE case_file
      SET last_contact_on = \(day)
      WHERE school_id IN \(SQL.schools(of: files)) AND id IN \(SQL.list(files.map(\.id)))
        AND (last_contact_on IS NULL OR last_contact_on < \(day))
      """
    )
  }
}

extension Session {
  public var caseFileStore: CaseFileStore { CaseFileStore(session: self) }
}

extension Session {
  /// The episode under way of each student, if there is one: only its identity.
  public func openCases(of students: [(ID<Student>, ID<School>)]) throws -> [ID<Student>: ID<CaseFile>] {
    var open: [ID<Student>: ID<CaseFile>] = [:]
    try forEach(
      """
      SELECT student_id, id FROM case_file
      WHERE school_id IN \(SQL.list(Set(students.map(\.1)).sorted()))
        AND student_id IN \(SQL.list(Set(students.map(\.0)).sorted()))
        AND standing IN ('open', 'refused', 'suspended')
      """
    ) { open[try $0.get(0)] = try $0.get(1) }
    return open
  }
}
