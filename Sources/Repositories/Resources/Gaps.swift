public import CaseWork
public import Foundation
public import Store

/// The needs of one case for which nothing was found.
public struct UnmetNeeds {
  let session: any Session
  let file: CaseFile

  public func add(_ unmet: UnmetNeed, sealed: [UInt8]?) throws {
    try session.execute(
      """
      INSERT INTO unmet_need (
        school_id, id, case_id, student_id, need, reason, grade, area, day, by_id, met_on, sealed, version)
      VALUES (
        \(unmet.school), \(unmet.id), \(unmet.caseFile), \(unmet.student), \(unmet.need), \(unmet.reason),
        \(unmet.grade), \(unmet.area), \(unmet.day), \(unmet.by), \(unmet.metOn), \(sealed), \(unmet.version))
      """)
  }

  /// Newest first, with what lies sealed.
  public func all() throws -> [(unmet: UnmetNeed, sealed: [UInt8]?)] {
    try session.rows(
      """
      SELECT \(UnmetNeed.columns), sealed
      FROM unmet_need
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY id DESC
      """
    ) { (unmet: try UnmetNeed(row: $0), sealed: try $0.optional(12)) }
  }

  /// Notes that something was found after all.
  public func meet(_ id: ID<UnmetNeed>, on day: Day, from version: Int) throws {
    let changed = try session.execute(
      """
      UPDATE unmet_need
      SET met_on = \(day), version = version + 1
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND id = \(id) AND version = \(version)
        AND met_on IS NULL
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }
}

/// What a region lacks, over many cases, and what is done about it.
public struct Gaps {
  let session: any Session

  /// The needs that were not met in some schools since a day.
  public func unmet(in schools: [ID<School>], from day: Day, atMost limit: Int) throws -> [UnmetNeed] {
    try session.rows(
      """
      SELECT \(UnmetNeed.columns)
      FROM unmet_need
      WHERE school_id IN \(SQL.list(schools)) AND day >= \(day)
      ORDER BY school_id, day, id
      LIMIT \(limit)
      """,
      UnmetNeed.init(row:))
  }

  /// Links that were declined or accepted, of some schools since an instant.
  ///
  /// - Parameter year: the school year of which grades are told.
  public func linked(
    in schools: [ID<School>], since instant: Date, year: Int, atMost limit: Int
  ) throws -> [GapLink] {
    let first = ID<Linkage>(at: instant, random: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    return try session.rows(
      """
      SELECT l.needs, l.state, l.sent_at, l.accepted_on, s.reason, f.student_id, e.grade, c.kind, c.area
      FROM linkage l
      JOIN case_file f ON f.school_id = l.school_id AND f.id = l.case_id
      JOIN school c ON c.id = l.school_id
      LEFT JOIN enrolment e ON e.school_id = l.school_id AND e.student_id = f.student_id AND e.year = \(year)
      LEFT JOIN linkage_step s ON s.school_id = l.school_id AND s.linkage_id = l.id AND s.to_state = 'rejected'
      WHERE l.school_id IN \(SQL.list(schools)) AND l.id >= \(first) AND l.sent_at IS NOT NULL
        AND (l.state = 'rejected' OR l.accepted_on IS NOT NULL)
      ORDER BY l.school_id, l.id
      LIMIT \(limit)
      """
    ) { row in
      let before = try row.get(7, as: School.Kind.self).gradesBefore
      return GapLink(
        needs: codes(try row.get(0)), wasDeclined: try row.get(1, as: String.self) == "rejected",
        sentAt: try row.get(2), acceptedOn: try row.optional(3), reason: try row.optional(4),
        student: try row.get(5), grade: try row.optional(6, as: Int.self).map { min(12, $0 + before) },
        area: try row.optional(8))
    }
  }

  /// What came of the links to some resources since an instant, over the whole office.
  public func experience(
    with resources: [ID<Resource>], since instant: Date
  ) throws -> [ID<Resource>: ResourceExperience] {
    var links: [ID<Resource>: [(wait: Int?, helped: Bool?)]] = [:]
    try session.forEach(
      """
      SELECT resource_id, sent_at, accepted_on, help
      FROM linkage
      WHERE resource_id IN \(SQL.list(resources)) AND sent_at >= \(instant)
      LIMIT 20000
      """
    ) { row in
      let sent = Day(inKoreaAt: try row.get(1))
      let wait = try row.optional(2, as: Day.self).map { max(0, sent.days(until: $0)) }
      links[try row.get(0), default: []].append(
        (wait, try row.optional(3, as: String.self).map { $0 != "no" }))
    }
    return links.mapValues { links in
      let waits = links.compactMap(\.wait).sorted()
      let answers = links.compactMap(\.helped)
      return ResourceExperience(
        asked: links.count, accepted: waits.count, medianWait: waits.isEmpty ? nil : waits[waits.count / 2],
        answered: answers.count, helped: answers.count { $0 })
    }
  }
}

/// What a report of gaps knows of one link.
public struct GapLink: Hashable, Sendable {
  public let needs: [String]
  public let wasDeclined: Bool
  public let sentAt: Date
  public let acceptedOn: Day?
  public let reason: String?
  public let student: ID<Student>
  /// Counted through from 1 (초1) to 12 (고3).
  public let grade: Int?
  /// Where the school lies.
  public let area: String?
}

/// Resources that are developed.
public struct Developments {
  let session: any Session

  public func insert(_ development: Development) throws {
    try session.execute(
      """
      INSERT INTO development (
        id, school_id, leader_id, need, title, state, begun_on, due_on, ended_on, resource_id, version)
      VALUES (
        \(development.id), \(development.school), \(development.leader), \(development.need),
        \(development.title), \(development.state), \(development.begunOn), \(development.dueOn),
        \(development.endedOn), \(development.resource), \(development.version))
      """)
  }

  /// Saves a changed one; `development.version` is the one that was read.
  public func update(_ development: Development) throws -> Development {
    let changed = try session.execute(
      """
      UPDATE development
      SET title = \(development.title), state = \(development.state), due_on = \(development.dueOn),
        ended_on = \(development.endedOn), resource_id = \(development.resource),
        version = \(development.version + 1)
      WHERE id = \(development.id) AND version = \(development.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    var saved = development
    saved.version += 1
    return saved
  }

  public func find(_ id: ID<Development>) throws -> Development {
    let found = try session.row(
      "SELECT \(Development.columns) FROM development WHERE id = \(id)", Development.init(row:))
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Those under way, or those that have ended, newest first.
  public func some(over isOver: Bool, atMost limit: Int) throws -> [Development] {
    let states: [Development.State] = Development.State.allCases.filter { $0.isOver == isOver }
    return try session.rows(
      """
      SELECT \(Development.columns)
      FROM development
      WHERE state IN \(SQL.list(states))
      ORDER BY begun_on DESC, id DESC
      LIMIT \(limit)
      """,
      Development.init(row:))
  }

  public func add(
    _ id: ID<Development.Contact>, to development: ID<Development>, on day: Day, by staff: ID<Staff>,
    sealed: [UInt8]
  ) throws {
    try session.execute(
      """
      INSERT INTO development_contact (development_id, id, day, by_id, sealed)
      VALUES (\(development), \(id), \(day), \(staff), \(sealed))
      """)
  }

  /// Newest first.
  public func contacts(
    of development: ID<Development>
  ) throws -> [(id: ID<Development.Contact>, day: Day, by: ID<Staff>, sealed: [UInt8])] {
    try session.rows(
      """
      SELECT id, day, by_id, sealed
      FROM development_contact
      WHERE development_id = \(development)
      ORDER BY day DESC, id DESC
      LIMIT 200
      """
    ) { (id: try $0.get(0), day: try $0.get(1), by: try $0.get(2), sealed: try $0.get(3)) }
  }
}

extension Session {
  public func unmetNeeds(of file: CaseFile) -> UnmetNeeds { UnmetNeeds(session: self, file: file) }
  public var gaps: Gaps { Gaps(session: self) }
  public var developments: Developments { Developments(session: self) }
}

extension Development.State: SQLValue {}

extension UnmetNeed {
  static let columns: SQL =
    "id, school_id, case_id, student_id, need, reason, grade, area, day, by_id, met_on, version"

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(0), school: try row.get(1), caseFile: try row.get(2), student: try row.get(3),
      need: try row.get(4), reason: try row.get(5), grade: try row.optional(6), area: try row.optional(7),
      day: try row.get(8), by: try row.get(9), metOn: try row.optional(10), version: try row.get(11))
  }
}

extension Development {
  static let columns: SQL = """
    id, school_id, leader_id, need, title, state, begun_on, due_on, ended_on, resource_id, version
    """

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(0), school: try row.get(1), leader: try row.get(2), need: try row.get(3),
      title: try row.get(4), state: try row.get(5), begunOn: try row.get(6), dueOn: try row.optional(7),
      endedOn: try row.optional(8), resource: try row.optional(9), version: try row.get(10))
  }
}
