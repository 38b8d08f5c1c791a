public import CaseWork
public import Store

/// The programmes of the schools in which somebody runs them; those of other schools are not found.
public struct Programmes {
  let session: any Session
  public let schools: [ID<School>]

  public func find(_ id: ID<Programme>) throws -> Programme {
    let found = try session.row(
      """
      SELECT \(Programme.columns)
      FROM programme p
      WHERE p.school_id IN \(SQL.list(schools)) AND p.id = \(id)
      """,
      Programme.init(row:)
    )
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The ones that end last in front.
  public func newest(atMost limit: Int) throws -> [Programme] {
    try session.rows(selectNewest(atMost: limit), Programme.init(row:))
  }

  /// The statement of the list, for tests of the query plan.
  public func selectNewest(atMost limit: Int) -> SQL {
    """
    SELECT \(Programme.columns)
    FROM programme p
    WHERE p.school_id IN \(SQL.list(schools))
    ORDER BY p.last_day DESC, p.id DESC
    LIMIT \(limit)
    """
  }

  /// How many are enrolled and wait, and how many sessions were held, of several programmes.
  public func counts(of programmes: [Programme]) throws -> [ID<Programme>: ProgrammeCounts] {
    var counts: [ID<Programme>: ProgrammeCounts] = [:]
    guard !programmes.isEmpty else { return counts }
    let these: SQL = """
      school_id IN \(SQL.list(Set(programmes.map(\.school)).sorted()))
        AND programme_id IN \(SQL.list(programmes.map(\.id)))
      """
    try session.forEach(
      """
      SELECT programme_id, state, COUNT(*)
      FROM programme_seat
      WHERE \(these) AND state <> 'left'
      GROUP BY programme_id, state
      """
    ) { row in
      let (id, state): (ID<Programme>, Seat.State) = (try row.get(0), try row.get(1))
      if state == .enrolled {
        counts[id, default: ProgrammeCounts()].enrolled = try row.get(2)
      } else {
        counts[id, default: ProgrammeCounts()].waiting = try row.get(2)
      }
    }
    try session.forEach(
      """
      SELECT programme_id, COUNT(*)
      FROM programme_session
      WHERE \(these) AND cancelled IS NULL
      GROUP BY programme_id
      """
    ) { counts[try $0.get(0), default: ProgrammeCounts()].sessions = try $0.get(1) }
    return counts
  }

  public func insert(_ programme: Programme) throws {
    try session.execute(
      """
      INSERT INTO programme (
        school_id, id, name, service, legal_kind, resource_id, needs, first_day, last_day, rhythm, place, places, fund,
        cost, leader_id, version)
      VALUES (
        \(programme.school), \(programme.id), \(programme.name), \(programme.service), \(programme.legalKind),
        \(programme.resource), \(text(programme.needs)), \(programme.first), \(programme.last), \(programme.rhythm),
        \(programme.place), \(programme.places), \(programme.fund), \(programme.cost), \(programme.leader),
        \(programme.version))
      """
    )
  }

  /// Saves a changed programme; `programme.version` is the next version.
  public func update(_ programme: Programme) throws {
    let changed = try session.execute(
      """
      UPDATE programme
      SET name = \(programme.name), service = \(programme.service), legal_kind = \(programme.legalKind),
        resource_id = \(programme.resource), needs = \(text(programme.needs)), first_day = \(programme.first),
        last_day = \(programme.last), rhythm = \(programme.rhythm), place = \(programme.place),
        places = \(programme.places), fund = \(programme.fund), cost = \(programme.cost),
        leader_id = \(programme.leader), version = \(programme.version)
      WHERE school_id = \(programme.school) AND id = \(programme.id) AND version = \(programme.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }
}

/// What a list says of a programme.
public struct ProgrammeCounts: Hashable, Sendable {
  public internal(set) var enrolled = 0
  public internal(set) var waiting = 0
  /// 회: sessions that were held.
  public internal(set) var sessions = 0

  public init() {}
}

extension Session {
  public func programmes(of schools: [ID<School>]) -> Programmes {
    Programmes(session: self, schools: schools)
  }
}

extension Programme {
  static let columns: SQL = """
    p.school_id, p.id, p.name, p.service, p.legal_kind, p.resource_id, p.needs, p.first_day, p.last_day, p.rhythm,
    p.place, p.places, p.fund, p.cost, p.leader_id, p.version
    """

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(1), school: try row.get(0), name: try row.get(2), service: try row.get(3),
      legalKind: try row.optional(4), resource: try row.optional(5), needs: codes(try row.get(6)),
      first: try row.get(7), last: try row.get(8), rhythm: try row.get(9), place: try row.get(10),
      places: try row.get(11), fund: try row.optional(12), cost: try row.optional(13),
      leader: try row.get(14), version: try row.get(15))
  }
}

extension Seat.State: SQLValue {}
extension Attendance.Mark: SQLValue {}
