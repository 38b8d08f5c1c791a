public import CaseWork
public import Store

/// A place in a timeline: what is older than it comes next.
public struct TimelineCursor: Hashable, Sendable {
  public let day: Day
  public let id: String

  public init(day: Day, id: String) {
    self.day = day
    self.id = id
  }

  /// Reads `2026-04-01.0197…`.
  public init?(_ text: String) {
    guard let dot = text.firstIndex(of: "."), let day = Day(String(text[..<dot])) else { return nil }
    self.day = day
    id = String(text[text.index(after: dot)...])
  }

  public var text: String { "\(day).\(id)" }
}

/// Everything dated in one case, newest first, a page at a time.
public struct TimelineRows {
  let session: any Session
  let file: CaseFile

  public func records(
    _ kinds: Set<CaseRecord.Kind>?, by author: ID<Staff>? = nil, before cursor: TimelineCursor?,
    atMost limit: Int
  ) throws -> [StoredRecord] {
    try session.rows(select(kinds, by: author, before: cursor, atMost: limit), StoredRecord.init(row:))
  }

  /// The statement of one page of records, for tests of the query plan.
  public func select(
    _ kinds: Set<CaseRecord.Kind>?, by author: ID<Staff>? = nil, before cursor: TimelineCursor?,
    atMost limit: Int
  ) -> SQL {
    let ofKinds: SQL = kinds.map { "AND r.kind IN \(SQL.list($0.map(\.rawValue).sorted()))" } ?? ""
    let byAuthor: SQL = author.map { "AND r.author_id = \($0)" } ?? ""
    let before: SQL = cursor.map { "AND (r.day, r.id) < (\($0.day), \($0.id))" } ?? ""
    return """
      SELECT \(StoredRecord.columns)
      FROM case_record r
      WHERE r.school_id = \(file.school) AND r.case_id = \(file.id) \(ofKinds) \(byAuthor) \(before)
      ORDER BY r.day DESC, r.id DESC
      LIMIT \(limit)
      """
  }

  /// Steps, each with its reason in words where one was given, still sealed.
  public func transitions(
    by author: ID<Staff>? = nil, before cursor: TimelineCursor?, atMost limit: Int
  ) throws -> [(transition: Transition, sealed: [UInt8]?)] {
    let byAuthor: SQL = author.map { "AND by_id = \($0)" } ?? ""
    let before: SQL = cursor.map { "AND (at_day, id) < (\($0.day), \($0.id))" } ?? ""
    return try session.rows(
      """
      SELECT id, from_stage, to_stage, standing, reason, by_id, at_day, sealed
      FROM case_transition
      WHERE school_id = \(file.school) AND case_id = \(file.id) \(byAuthor) \(before)
      ORDER BY at_day DESC, id DESC
      LIMIT \(limit)
      """
    ) { row in
      (
        transition: Transition(
          id: try row.get(0), caseFile: file.id, from: try row.optional(1), to: try row.get(2),
          standing: try row.get(3), reason: try row.get(4), by: try row.get(5), at: try row.get(6)),
        sealed: try row.optional(7)
      )
    }
  }

  public func consents(
    by author: ID<Staff>? = nil, before cursor: TimelineCursor?, atMost limit: Int
  ) throws -> [Consent] {
    let byAuthor: SQL = author.map { "AND c.recorded_by = \($0)" } ?? ""
    let before: SQL = cursor.map { "AND (c.day, c.id) < (\($0.day), \($0.id))" } ?? ""
    return try session.rows(
      """
      SELECT \(Consent.columns)
      FROM consent c
      WHERE c.school_id = \(file.school) AND c.case_id = \(file.id) \(byAuthor) \(before)
      ORDER BY c.day DESC, c.id DESC
      LIMIT \(limit)
      """,
      Consent.init(row:)
    )
  }

  /// Everybody who wrote a record of the case.
  public func authors() throws -> [ID<Staff>] {
    try session.rows(
      "SELECT DISTINCT author_id FROM case_record WHERE school_id = \(file.school) AND case_id = \(file.id)"
    ) { try $0.get(0) }
  }
}

extension Session {
  public func timeline(of file: CaseFile) -> TimelineRows { TimelineRows(session: self, file: file) }
}
