public import CaseWork
public import Foundation
public import Store

/// The sessions of one programme, and who was there.
public struct ProgrammeSessions {
  let session: any Session
  let programme: Programme

  public func all() throws -> [ProgrammeSession] {
    try session.rows(
      """
      SELECT id, number, day, minutes, topic, cancelled, by_id, version
      FROM programme_session
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id)
      ORDER BY number
      """
    ) { row in
      ProgrammeSession(
        id: try row.get(0), programme: programme.id, number: try row.get(1), day: try row.get(2),
        minutes: try row.get(3), topic: try row.get(4), cancelled: try row.optional(5), by: try row.get(6),
        version: try row.get(7))
    }
  }

  /// Adds a session.
  ///
  /// - Throws: `Refusal.conflict` where somebody has written one of this number meanwhile.
  public func insert(_ held: ProgrammeSession) throws {
    let added = try session.execute(
      """
      INSERT INTO programme_session (
        school_id, programme_id, id, number, day, minutes, topic, cancelled, by_id, version)
      VALUES (
        \(programme.school), \(programme.id), \(held.id), \(held.number), \(held.day), \(held.minutes),
        \(held.topic), \(held.cancelled), \(held.by), \(held.version))
      ON CONFLICT (school_id, programme_id, number) DO NOTHING
      """
    )
    guard added == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Takes the next version of a session whose attendance is corrected.
  public func advance(_ held: ProgrammeSession, from version: Int) throws {
    let changed = try session.execute(
      """
      UPDATE programme_session
      SET version = \(version + 1)
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id) AND id = \(held.id)
        AND version = \(version)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  /// Everybody's attendance, of one session or of all.
  public func attendance(of held: ID<ProgrammeSession>? = nil) throws -> [Attendance] {
    let one: SQL = held.map { "AND session_id = \($0)" } ?? ""
    return try session.rows(
      """
      SELECT session_id, seat_id, mark, record_id, version
      FROM programme_attendance
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id) \(one)
      ORDER BY session_id, seat_id
      """
    ) { row in
      Attendance(
        session: try row.get(0), seat: try row.get(1), mark: try row.get(2), record: try row.optional(3),
        version: try row.get(4))
    }
  }

  /// What was said of those who were not there at one session, still sealed, each with its version.
  public func remarks(
    of held: ID<ProgrammeSession>
  ) throws -> [ID<Seat>: (sealed: [UInt8], version: Int)] {
    var remarks: [ID<Seat>: (sealed: [UInt8], version: Int)] = [:]
    try session.forEach(
      """
      SELECT seat_id, sealed, version FROM programme_attendance
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id) AND session_id = \(held)
        AND sealed IS NOT NULL
      """
    ) { remarks[try $0.get(0)] = (sealed: try $0.get(1), version: try $0.get(2)) }
    return remarks
  }

  public func insert(_ attendance: Attendance, by staff: ID<Staff>, at instant: Date, sealed: [UInt8]?) throws
  {
    try session.execute(
      """
      INSERT INTO programme_attendance (
        school_id, programme_id, session_id, seat_id, mark, record_id, by_id, at, sealed, version)
      VALUES (
        \(programme.school), \(programme.id), \(attendance.session), \(attendance.seat), \(attendance.mark),
        \(attendance.record), \(staff), \(instant), \(sealed), \(attendance.version))
      """
    )
  }

  /// Saves a corrected mark; `attendance.version` is the next version.
  public func update(_ attendance: Attendance, by staff: ID<Staff>, at instant: Date, sealed: [UInt8]?) throws
  {
    let changed = try session.execute(
      """
      UPDATE programme_attendance
      SET mark = \(attendance.mark), record_id = \(attendance.record), by_id = \(staff), at = \(instant),
        sealed = \(sealed), version = \(attendance.version)
      WHERE school_id = \(programme.school) AND programme_id = \(programme.id)
        AND session_id = \(attendance.session) AND seat_id = \(attendance.seat)
        AND version = \(attendance.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }
}

extension Session {
  public func programmeSessions(of programme: Programme) -> ProgrammeSessions {
    ProgrammeSessions(session: self, programme: programme)
  }
}
