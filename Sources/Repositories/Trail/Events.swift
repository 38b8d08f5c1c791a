public import CaseWork
internal import Foundation
public import Store

extension Session {
  public var events: Events { Events(session: self) }
}

/// The trail of acts: only ever added to.
public struct Events {
  let session: any Session

  /// Adds a row inside the act's own transaction, and leaves it for the notary to link.
  public func append(_ event: Event) throws {
    if let keeper = session as? any TrailKeeping { return keeper.keep(event) }
    try insert([event])
    try session.trailChain.wait(for: [event], [])
  }

  func insert(_ events: [Event]) throws {
    for part in events.parts(of: 200) {
      try session.execute(
        """
        INSERT INTO event (
          id, school_id, staff_id, at, act, subject_kind, subject_id, case_id, detail, row_digests)
        VALUES \(part.map(Events.values).joined(by: ", "))
        """
      )
    }
  }

  private static func values(_ event: Event) -> SQL {
    """
    (
      \(event.id), \(trailSchool(event.school)), \(trailStaff(event.staff)), \(event.at), \(event.act),
      \(event.subjectKind), \(event.subject), \(event.caseFile), \(event.detail), \(event.rowDigests)
    )
    """
  }

  /// The last one in the order of ids, of the whole office.
  public var newest: ID<Event>? {
    get throws { try session.row("SELECT id FROM event ORDER BY id DESC LIMIT 1") { try $0.get(0) } }
  }

  /// The newest first, before `cursor`, of one school.
  public func of(
    _ school: ID<School>, before cursor: ID<Event>? = nil, atMost limit: Int = 100
  ) throws -> [Event] {
    try list("school_id = \(school)", before: cursor, atMost: limit)
  }

  /// The newest first, of one case.
  public func of(
    _ caseFile: ID<CaseFile>, in school: ID<School>, before cursor: ID<Event>? = nil, atMost limit: Int = 100
  ) throws -> [Event] {
    try list("school_id = \(school) AND case_id = \(caseFile)", before: cursor, atMost: limit)
  }

  /// The newest first, of one member of staff, in every school.
  public func by(
    _ staff: ID<Staff>, before cursor: ID<Event>? = nil, atMost limit: Int = 100
  ) throws -> [Event] {
    try list("staff_id = \(staff)", before: cursor, atMost: limit)
  }

  private func list(_ condition: SQL, before cursor: ID<Event>?, atMost limit: Int) throws -> [Event] {
    let page: SQL = cursor.map { "AND id < \($0)" } ?? ""
    return try session.rows(
      """
      SELECT id, school_id, staff_id, at, act, subject_kind, subject_id, case_id, detail
      FROM event
      WHERE \(condition) AND act <> \(Event.anchoring) \(page)
      ORDER BY id DESC
      LIMIT \(limit)
      """
    ) { row in
      Event(
        id: try row.get(0), school: ID(try row.get(1, as: String.self)),
        staff: ID(try row.get(2, as: String.self)),
        at: try row.get(3), act: try row.get(4), subjectKind: try row.get(5), subject: try row.get(6),
        caseFile: try row.optional(7), detail: try row.get(8))
    }
  }
}

extension Array {
  /// The elements in their order, so many at a time.
  func parts(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

/// `office` stands where there is no school.
func trailSchool(_ school: ID<School>?) -> String { school?.description ?? "office" }

/// `program` stands where there is no member of staff.
func trailStaff(_ staff: ID<Staff>?) -> String { staff?.description ?? "program" }
