public import CaseWork
public import Store

/// The cases one person may see, and no other: what is not theirs is not found.
///
/// Case managers see the cases they lead or cover, the heads of a school all of its cases, everybody else those they
/// take part in. Teachers, the administrator and the privacy officer see none.
public struct CaseFiles {
  let session: any Session
  let staff: Staff
  let day: Day

  init(session: any Session, staff: Staff, day: Day) {
    self.session = session
    self.staff = staff
    self.day = day
  }

  /// The case, and in which roles this person meets it.
  public func find(_ id: ID<CaseFile>) throws -> Seen {
    let found = try session.row(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id IN (\(reachable)) AND c.id = \(id) AND (\(visible))
      """,
      file
    )
    guard let found else { throw Refusal.notFound }
    return Seen(file: found, roles: try roles(in: found))
  }

  /// Several cases at once, as far as this person sees them, in two statements.
  public func find(_ ids: [ID<CaseFile>]) throws -> [ID<CaseFile>: Seen] {
    let files = try some(ids)
    guard !files.isEmpty else { return [:] }
    var taken: [ID<CaseFile>: Set<Role>] = [:]
    try session.forEach(
      """
      SELECT case_id, capacity FROM case_participant
      WHERE staff_id = \(staff.id) AND school_id IN \(SQL.list(Set(files.values.map(\.school)).sorted()))
        AND case_id IN \(SQL.list(files.keys.sorted()))
        AND from_day <= \(day) AND (until_day IS NULL OR until_day >= \(day))
        AND capacity IN \(SQL.list(capacities))
      """
    ) { taken[try $0.get(0), default: []].insert(try $0.get(1, as: Participant.Capacity.self).role) }
    return files.mapValues { file in
      Seen(file: file, roles: ownRoles(in: file).union(taken[file.id] ?? []))
    }
  }

  /// Every case of the student that this person may see, the newest episode first.
  public func of(_ student: ID<Student>, in school: ID<School>) throws -> [CaseFile] {
    try session.rows(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id = \(school) AND c.student_id = \(student) AND (\(visible))
      ORDER BY c.episode DESC
      """,
      file
    )
  }

  /// Every case of a household that this person may see, the newest first.
  public func of(_ family: ID<Household>) throws -> [CaseFile] {
    try session.rows(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.family_id = \(family) AND c.school_id IN (\(reachable)) AND (\(visible))
      ORDER BY c.opened_on DESC, c.id DESC
      """,
      file
    )
  }

  /// A case and the roles in which it is met.
  public struct Seen {
    public let file: CaseFile
    public let roles: Set<Role>
  }

  /// The condition on a case `c` under which this person sees it: theirs, and the student was not destroyed.
  public var visible: SQL { "(\(theirs)) AND \(SQL.kept("c.school_id", "c.student_id"))" }

  /// The condition under which a case counts for this person, destroyed students among them.
  var theirs: SQL {
    let managed = staff.schools(as: [.caseManager])
    let headed = staff.schools(as: CaseFiles.heads)
    let partaking: Set<Role> = [.caseManager, .specialistTeacher, .supervisor, .centreStaff]
    let participation: SQL =
      staff.schools(as: partaking).isEmpty
      ? "1 = 0"
      : """
      EXISTS (
        SELECT 1 FROM case_participant p
        WHERE p.school_id = c.school_id AND p.case_id = c.id AND \(takesPart)
          AND p.capacity IN \(SQL.list(capacities))
      )
      """
    return """
      (c.manager_id = \(staff.id) AND c.school_id IN \(SQL.list(managed)))
      OR c.school_id IN \(SQL.list(headed))
      OR \(participation)
      """
  }

  /// The schools in which there may be a case for this person, as a list or subquery.
  public var reachable: SQL {
    let own = staff.schools(as: CaseFiles.heads.union([.caseManager]))
    let partaken: SQL = """
      SELECT p.school_id FROM case_participant p WHERE \(takesPart)
      """
    return own.isEmpty
      ? partaken : "\(partaken) UNION SELECT id FROM school WHERE id IN \(SQL.list(own))"
  }

  /// The condition on a row `p` of `case_participant` under which this person takes part today.
  var takesPart: SQL {
    "p.staff_id = \(staff.id) AND p.from_day <= \(day) AND (p.until_day IS NULL OR p.until_day >= \(day))"
  }

  static let heads: Set<Role> = [.vicePrincipal, .principal]

  /// Capacities are worth what the role behind them is still worth.
  private var capacities: [String] {
    var all: [String] = []
    if staff.has(.caseManager) { all += ["manager", "cover"] }
    if staff.has(.specialistTeacher) { all.append("specialist") }
    if staff.has(.supervisor) { all.append("supervisor") }
    if staff.has(.centreStaff) { all.append("centre") }
    return all
  }

  private func file(_ row: borrowing Row) throws -> CaseFile { try CaseFile(row: row) }

  /// Without those of somebody who takes part in it.
  private func ownRoles(in file: CaseFile) -> Set<Role> {
    let roles = staff.roles(in: file.school)
    let isManager = file.manager == staff.id && roles.contains(.caseManager)
    return roles.intersection(CaseFiles.heads).union(isManager ? [.caseManager] : [])
  }

  private func roles(in file: CaseFile) throws -> Set<Role> {
    let capacities = try session.rows(
      """
      SELECT capacity FROM case_participant
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND staff_id = \(staff.id)
        AND from_day <= \(day) AND (until_day IS NULL OR until_day >= \(day))
        AND capacity IN \(SQL.list(capacities))
      """
    ) { try $0.get(0, as: Participant.Capacity.self) }
    return ownRoles(in: file).union(capacities.map(\.role))
  }
}

extension Session {
  public func caseFiles(seenBy staff: Staff, on day: Day) -> CaseFiles {
    CaseFiles(session: self, staff: staff, day: day)
  }
}

extension CaseFile {
  static let columns: SQL = """
    c.id, c.school_id, c.student_id, c.number, c.episode, c.previous_id, c.referral_id, c.family_id, c.opened_on,
    c.stage, c.standing, c.level, c.manager_id, c.held_since, c.closed_on, c.closed_by, c.closure_reason,
    c.closure_more, c.version
    """

  init(row: borrowing Row, at first: Int = 0) throws {
    let closedOn: Day? = try row.optional(first + 14)
    let closedBy: ID<Staff>? = try row.optional(first + 15)
    let reason: String? = try row.optional(first + 16)
    let more: String? = try row.optional(first + 17)
    var closure: Closure?
    if let closedOn, let closedBy, let reason {
      closure = Closure(day: closedOn, by: closedBy, reason: reason, moreReasons: codes(more ?? ""))
    }
    self.init(
      id: try row.get(first), school: try row.get(first + 1), student: try row.get(first + 2),
      number: try row.get(first + 3),
      episode: try row.get(first + 4), previous: try row.optional(first + 5),
      referral: try row.optional(first + 6),
      family: try row.optional(first + 7), openedOn: try row.get(first + 8), stage: try row.get(first + 9),
      standing: try row.get(first + 10),
      level: try row.optional(first + 11, as: Int.self).flatMap(Level.init(rawValue:)),
      manager: try row.get(first + 12),
      heldSince: try row.optional(first + 13), closure: closure, version: try row.get(first + 18))
  }
}

/// A list of codes as one column holds it: separated by spaces.
func codes(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
func text(_ codes: [String]) -> String { codes.joined(separator: " ") }
