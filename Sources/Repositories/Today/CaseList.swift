public import CaseWork
public import Store

/// Which cases a list shows.
public struct CaseFilter: Hashable, Sendable {
  public var school: ID<School>?
  public var levels: Set<Level>
  public var stages: Set<Stage>
  public var standings: Set<Standing>
  /// Only those with something overdue.
  public var isOverdue: Bool
  /// Only those this person leads.
  public var isMine: Bool
  /// Only these students, or cases whose number begins with `number`.
  public var students: [ID<Student>]?
  public var number: String?
  /// Only these cases.
  public var cases: [ID<CaseFile>]?

  public init(
    school: ID<School>? = nil, levels: Set<Level> = [], stages: Set<Stage> = [],
    standings: Set<Standing> = Standing.active, isOverdue: Bool = false, isMine: Bool = false,
    students: [ID<Student>]? = nil, number: String? = nil, cases: [ID<CaseFile>]? = nil
  ) {
    self.school = school
    self.levels = levels
    self.stages = stages
    self.standings = standings
    self.isOverdue = isOverdue
    self.isMine = isMine
    self.students = students
    self.number = number
    self.cases = cases
  }
}

/// A case as the caseload lists it.
public struct ListedCase: Hashable, Sendable {
  public let file: CaseFile
  public let lastContactOn: Day?
  public let nextDueOn: Day?
  public let nextDueKind: String?
}

/// How many cases stand where.
public struct CaseCount: Hashable, Sendable {
  public let standing: Standing
  public let stage: Stage
  public let level: Level?
  public let count: Int
  public let overdue: Int

  public init(standing: Standing, stage: Stage, level: Level?, count: Int, overdue: Int) {
    self.standing = standing
    self.stage = stage
    self.level = level
    self.count = count
    self.overdue = overdue
  }
}

extension CaseFiles {
  /// One page, the higher levels first, then what is due earliest.
  public func page(_ filter: CaseFilter, from offset: Int, atMost limit: Int) throws -> [ListedCase] {
    try session.rows(
      """
      \(select(try narrowed(filter)))
      ORDER BY COALESCE(c.level, 0) DESC, COALESCE(c.next_due_on, '9999'), c.number, c.id
      LIMIT \(limit) OFFSET \(offset)
      """
    ) { row in
      ListedCase(
        file: try CaseFile(row: row), lastContactOn: try row.optional(19), nextDueOn: try row.optional(20),
        nextDueKind: try row.optional(21))
    }
  }

  /// The statement of one page without its order, for tests of the query plan.
  public func select(_ filter: CaseFilter) -> SQL {
    """
    SELECT \(CaseFile.columns), c.last_contact_on, c.next_due_on, c.next_due_kind
    FROM \(source(filter))
    WHERE \(condition(filter, visible))
    """
  }

  /// Who heads no school meets cases one by one: those they lead and those they take part in, not all of the schools.
  private func source(_ filter: CaseFilter) -> SQL {
    guard !filter.isMine, !headsSchools else { return "case_file c" }
    return """
      (
        SELECT m.school_id, m.id AS case_id
        FROM case_file m
        WHERE m.manager_id = \(staff.id) AND m.standing IN \(standings(filter))
        UNION
        SELECT p.school_id, p.case_id
        FROM case_participant p
        WHERE \(takesPart)
      ) met
      JOIN case_file c ON c.school_id = met.school_id AND c.id = met.case_id
      """
  }

  /// Who neither heads a school nor takes part in a case of somebody else meets their own cases and no others, and these are
  /// found by their manager alone.
  private func narrowed(_ filter: CaseFilter) throws -> CaseFilter {
    guard !filter.isMine, !headsSchools else { return filter }
    let part = try session.row(
      """
      SELECT 1 FROM case_participant p WHERE \(takesPart) LIMIT 1
      """
    ) { try $0.get(0, as: Int.self) }
    guard part == nil else { return filter }
    var filter = filter
    filter.isMine = true
    return filter
  }

  private var headsSchools: Bool { !staff.schools(as: CaseFiles.heads).isEmpty }

  private func standings(_ filter: CaseFilter) -> SQL {
    SQL.list(filter.standings.map(\.rawValue).sorted())
  }

  public func counts(_ filter: CaseFilter) throws -> [CaseCount] {
    let filter = try narrowed(filter)
    return try session.rows(
      """
      SELECT c.standing, c.stage, c.level, COUNT(*),
        CAST(SUM(CASE WHEN c.next_due_on < \(day) THEN 1 ELSE 0 END) AS bigint)
      FROM \(source(filter))
      WHERE \(condition(filter, theirs))
      GROUP BY c.standing, c.stage, c.level
      ORDER BY c.standing, c.stage, c.level
      """
    ) { row in
      CaseCount(
        standing: try row.get(0), stage: try row.get(1),
        level: try row.optional(2, as: Int.self).flatMap(Level.init(rawValue:)), count: try row.get(3),
        overdue: try row.get(4))
    }
  }

  private func condition(_ filter: CaseFilter, _ scope: SQL) -> SQL {
    var parts: [SQL] = ["c.standing IN \(standings(filter))", "(\(scope))"]
    if filter.isMine {
      // One's own cases are found by their manager, whatever else there is in the schools.
      parts.append("c.manager_id = \(staff.id) AND c.school_id IN \(SQL.list(staff.schools))")
    } else if headsSchools {
      parts.append("c.school_id IN (\(reachable))")
    }
    if let school = filter.school { parts.append("c.school_id = \(school)") }
    if !filter.levels.isEmpty {
      parts.append("c.level IN \(SQL.list(filter.levels.map(\.rawValue).sorted()))")
    }
    if !filter.stages.isEmpty {
      parts.append("c.stage IN \(SQL.list(filter.stages.map(\.rawValue).sorted()))")
    }
    if filter.isOverdue { parts.append("c.next_due_on < \(day)") }
    if let cases = filter.cases { parts.append("c.id IN \(SQL.list(cases))") }
    switch (filter.students, filter.number) {
    case (let students?, let number?):
      parts.append("(c.student_id IN \(SQL.list(students)) OR c.number LIKE \(number + "%"))")
    case (let students?, nil): parts.append("c.student_id IN \(SQL.list(students))")
    case (nil, let number?): parts.append("c.number LIKE \(number + "%")")
    case (nil, nil): break
    }
    return parts.joined(by: " AND ")
  }
}

extension CaseFiles {
  /// The schools in which there may be a case for this person.
  public func schools() throws -> [ID<School>] {
    try session.rows(reachable) { try $0.get(0) }
  }
}
