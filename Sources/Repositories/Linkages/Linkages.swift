public import CaseWork
import Foundation
public import Store

/// A linkage as it lies in the store: what is told is still sealed.
public struct StoredLinkage: Sendable {
  public let linkage: Linkage
  public let sealed: [UInt8]
}

/// The linkages of one case that its reader has found.
public struct Linkages {
  let session: any Session
  let file: CaseFile

  /// In the order in which they were begun.
  public func all() throws -> [StoredLinkage] {
    try session.rows(
      """
      SELECT \(Linkage.columns)
      FROM linkage l
      WHERE l.school_id = \(file.school) AND l.case_id = \(file.id)
      ORDER BY l.number
      """,
      StoredLinkage.init(row:)
    )
  }

  public func find(_ id: ID<Linkage>) throws -> StoredLinkage {
    let found = try session.row(
      """
      SELECT \(Linkage.columns)
      FROM linkage l
      WHERE l.school_id = \(file.school) AND l.case_id = \(file.id) AND l.id = \(id)
      """,
      StoredLinkage.init(row:)
    )
    guard let found else { throw Refusal.notFound }
    return found
  }

  public func nextNumber() throws -> Int {
    try session.row(
      "SELECT MAX(number) FROM linkage WHERE school_id = \(file.school) AND case_id = \(file.id)"
    ) { (try $0.optional(0) ?? 0) + 1 } ?? 1
  }

  public func insert(_ linkage: Linkage, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO linkage (
        school_id, id, case_id, number, by_id, made_at, resource_id, kind, is_joint, needs, items, state,
        state_since, consents, reminders, is_partial, sealed, version)
      VALUES (
        \(linkage.school), \(linkage.id), \(file.id), \(linkage.number), \(linkage.by), \(linkage.madeAt),
        \(linkage.recipient), \(linkage.kind), \(linkage.isJoint), \(text(linkage.needs)), \(text(linkage.items)),
        \(linkage.state), \(linkage.stateSince), '', 0, \(linkage.isPartial), \(sealed), \(linkage.version))
      """
    )
  }

  /// Saves a changed linkage; `linkage.version` is the next version.
  public func update(_ linkage: Linkage, sealed: [UInt8]) throws {
    let consents = text(linkage.consents.map(\.description))
    let changed = try session.execute(
      """
      UPDATE linkage
      SET resource_id = \(linkage.recipient), kind = \(linkage.kind), is_joint = \(linkage.isJoint),
        needs = \(text(linkage.needs)), items = \(text(linkage.items)), state = \(linkage.state),
        state_since = \(linkage.stateSince), ground = \(linkage.ground), consents = \(consents),
        disclosure_id = \(linkage.disclosure), sent_at = \(linkage.sentAt), reply_by = \(linkage.replyBy),
        reminders = \(linkage.reminders), reminded_at = \(linkage.remindedAt),
        escalated_at = \(linkage.escalatedAt), is_partial = \(linkage.isPartial),
        accepted_on = \(linkage.acceptedOn), ended_on = \(linkage.endedOn),
        withdrawn_on = \(linkage.withdrawnOn), help = \(linkage.help?.got), help_score = \(linkage.help?.score),
        help_at = \(linkage.help?.at), sealed = \(sealed), version = \(linkage.version)
      WHERE school_id = \(linkage.school) AND id = \(linkage.id) AND version = \(linkage.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  public func add(_ step: Linkage.Step, sealed: [UInt8]?) throws {
    try session.execute(
      """
      INSERT INTO linkage_step (
        school_id, linkage_id, id, by_id, party, way, at, from_state, to_state, reason, sealed)
      VALUES (
        \(file.school), \(step.linkage), \(step.id), \(step.by), \(step.party), \(step.way), \(step.at),
        \(step.from), \(step.to), \(step.reason), \(sealed))
      """
    )
  }

  /// The moves of one linkage, the oldest first.
  public func steps(of linkage: ID<Linkage>) throws -> [(step: Linkage.Step, sealed: [UInt8]?)] {
    try session.rows(
      """
      SELECT id, by_id, party, way, at, from_state, to_state, reason, sealed
      FROM linkage_step
      WHERE school_id = \(file.school) AND linkage_id = \(linkage)
      ORDER BY id
      """
    ) { row in
      (
        step: Linkage.Step(
          id: try row.get(0), linkage: linkage, by: try row.optional(1), party: try row.get(2),
          way: try row.get(3), at: try row.get(4), from: try row.optional(5), to: try row.get(6),
          reason: try row.optional(7)),
        sealed: try row.optional(8)
      )
    }
  }
}

extension Session {
  public func linkages(of file: CaseFile) -> Linkages { Linkages(session: self, file: file) }

  /// Those that nobody has answered, whose deadline is past and of which no supervisor was told yet, with their cases.
  public func linkagesOverdue(on day: Day, atMost limit: Int) throws -> [(linkage: Linkage, file: CaseFile)] {
    try rows(
      """
      SELECT \(Linkage.columns), \(CaseFile.columns)
      FROM linkage l
      JOIN case_file c ON c.school_id = l.school_id AND c.id = l.case_id
      WHERE l.state = 'requested' AND l.reply_by < \(day) AND l.escalated_at IS NULL
        AND c.standing IN ('open', 'closed') AND \(SQL.kept("c.school_id", "c.student_id"))
      ORDER BY l.reply_by, l.id
      LIMIT \(limit)
      """
    ) { (linkage: try Linkage(row: $0), file: try CaseFile(row: $0, at: Linkage.columnCount)) }
  }

  /// A case by itself, for what nobody of the staff does: an agency's answer, the clock.
  public func linkedCase(_ id: ID<CaseFile>, in school: ID<School>) throws -> CaseFile {
    let found = try row(
      """
      SELECT \(CaseFile.columns)
      FROM case_file c
      WHERE c.school_id = \(school) AND c.id = \(id) AND \(SQL.kept("c.school_id", "c.student_id"))
      """
    ) { try CaseFile(row: $0) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The linkage that an agency's link belongs to, with its case.
  public func linkage(
    _ id: ID<Linkage>, in school: ID<School>
  ) throws -> (stored: StoredLinkage, file: CaseFile) {
    let stored = try row(
      """
      SELECT \(Linkage.columns)
      FROM linkage l
      WHERE l.school_id = \(school) AND l.id = \(id)
      """,
      StoredLinkage.init(row:)
    )
    guard let stored else { throw Refusal.notFound }
    return (stored, try linkedCase(stored.linkage.caseFile, in: school))
  }

  /// The linkages of some cases, each case's in the order in which they were begun.
  public func linkages(ofCases files: [CaseFile]) throws -> [ID<CaseFile>: [Linkage]] {
    let all = try rows(
      "SELECT \(Linkage.columns) FROM linkage l WHERE \(SQL.ofCases(files)) ORDER BY l.number"
    ) {
      try Linkage(row: $0)
    }
    return Dictionary(grouping: all, by: \.caseFile)
  }
}

extension StoredLinkage {
  init(row: borrowing Row) throws {
    linkage = try Linkage(row: row)
    sealed = try row.get(Linkage.columnCount - 1)
  }
}

extension Linkage {
  static let columnCount = 30
  static let columns: SQL = """
    l.id, l.school_id, l.case_id, l.number, l.by_id, l.made_at, l.resource_id, l.kind, l.is_joint, l.needs, l.items,
    l.state, l.state_since, l.ground, l.consents, l.disclosure_id, l.sent_at, l.reply_by, l.reminders, l.reminded_at,
    l.escalated_at, l.is_partial, l.accepted_on, l.ended_on, l.withdrawn_on, l.help, l.help_score, l.help_at,
    l.version, l.sealed
    """

  init(row: borrowing Row) throws {
    let got: Help.Got? = try row.optional(25)
    let score: Int? = try row.optional(26)
    let askedAt: Date? = try row.optional(27)
    var help: Help?
    if let got, let askedAt { help = Help(got: got, score: score, at: askedAt) }
    self.init(
      id: try row.get(0), school: try row.get(1), caseFile: try row.get(2), number: try row.get(3),
      by: try row.get(4), madeAt: try row.get(5), recipient: try row.get(6), kind: try row.get(7),
      isJoint: try row.get(8), needs: codes(try row.get(9)), items: codes(try row.get(10)),
      state: try row.get(11), stateSince: try row.get(12), ground: try row.optional(13),
      consents: codes(try row.get(14)).compactMap { ID($0) }, disclosure: try row.optional(15),
      sentAt: try row.optional(16), replyBy: try row.optional(17), reminders: try row.get(18),
      remindedAt: try row.optional(19), escalatedAt: try row.optional(20), isPartial: try row.get(21),
      acceptedOn: try row.optional(22), endedOn: try row.optional(23), withdrawnOn: try row.optional(24),
      help: help, version: try row.get(28))
  }
}

extension Linkage.Kind: SQLValue {}
extension Linkage.State: SQLValue {}
extension Linkage.Party: SQLValue {}
extension Linkage.Way: SQLValue {}
extension Linkage.Help.Got: SQLValue {}
