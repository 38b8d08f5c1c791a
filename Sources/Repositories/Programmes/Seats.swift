public import CaseWork
public import Store

/// Who takes part in one programme, and who waits.
public struct Seats {
  let session: any Session
  let programme: Programme

  public func all() throws -> [Seat] {
    try session.rows(
      """
      SELECT s.id, s.case_id, s.student_id, s.state, s.asked_at, s.by_id, s.enrolled_on, s.left_on, s.version
      FROM programme_seat s
      WHERE s.school_id = \(programme.school) AND s.programme_id = \(programme.id)
      ORDER BY s.asked_at, s.id
      """
    ) { row in
      Seat(
        id: try row.get(0), programme: programme.id, caseFile: try row.get(1), student: try row.get(2),
        state: try row.get(3), askedAt: try row.get(4), by: try row.get(5), enrolledOn: try row.optional(6),
        leftOn: try row.optional(7), version: try row.get(8))
    }
  }

  /// Why they left, still sealed, of those where something was said.
  public func remarks() throws -> [ID<Seat>: [UInt8]] {
    var remarks: [ID<Seat>: [UInt8]] = [:]
    try session.forEach(
      """
      SELECT id, sealed FROM programme_seat
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id) AND sealed IS NOT NULL
      """
    ) { remarks[try $0.get(0)] = try $0.get(1) }
    return remarks
  }

  public func insert(_ seat: Seat) throws {
    try session.execute(
      """
      INSERT INTO programme_seat (
        school_id, programme_id, id, case_id, student_id, state, asked_at, by_id, enrolled_on, left_on, version)
      VALUES (
        \(programme.school), \(programme.id), \(seat.id), \(seat.caseFile), \(seat.student), \(seat.state),
        \(seat.askedAt), \(seat.by), \(seat.enrolledOn), \(seat.leftOn), \(seat.version))
      """
    )
  }

  /// Saves a changed seat; `seat.version` is the next version, under which a remark about the student is sealed.
  public func update(_ seat: Seat, sealed: [UInt8]? = nil) throws {
    let changed = try session.execute(
      """
      UPDATE programme_seat
      SET state = \(seat.state), by_id = \(seat.by), enrolled_on = \(seat.enrolledOn), left_on = \(seat.leftOn),
        sealed = \(sealed), version = \(seat.version)
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id) AND id = \(seat.id)
        AND version = \(seat.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }
}

extension Session {
  public func seats(of programme: Programme) -> Seats { Seats(session: self, programme: programme) }

  /// What was answered about taking part, of several cases of one school.
  public func participationConsents(
    of cases: [ID<CaseFile>], in school: ID<School>
  ) throws -> [ID<CaseFile>: [Consent]] {
    guard !cases.isEmpty else { return [:] }
    let consents = try rows(
      """
      SELECT \(Consent.columns)
      FROM consent c
      WHERE c.school_id = \(school) AND c.case_id IN \(SQL.list(cases)) AND c.purpose = 'participation'
      """,
      Consent.init(row:)
    )
    return Dictionary(grouping: consents, by: \.caseFile)
  }
}
