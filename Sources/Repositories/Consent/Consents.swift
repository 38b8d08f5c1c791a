public import CaseWork
public import Store

/// The answers to the questions of consent in one case. Rows are only ever added; the last one counts.
public struct Consents {
  let session: any Session
  let file: CaseFile

  /// Adds an answer; `sealed` is its note.
  public func add(_ consent: Consent, sealed: [UInt8]?) throws {
    try session.execute(
      """
      INSERT INTO consent (
        school_id, case_id, id, purpose, party, relative_id, answer, day, until_day, method, guardian_confirmation,
        wording, wording_version, recipient_id, items, recorded_by, recorded_at, sealed)
      VALUES (
        \(file.school), \(file.id), \(consent.id), \(consent.purpose), \(consent.party), \(consent.relative),
        \(consent.answer), \(consent.day), \(consent.until), \(consent.method), \(consent.guardianConfirmation),
        \(consent.wording.id), \(consent.wording.version), \(consent.recipient), \(text(consent.items)),
        \(consent.recordedBy), \(consent.recordedAt), \(sealed))
      """
    )
  }

  /// Every answer ever given, newest first, without notes.
  public func all() throws -> [Consent] {
    try session.rows(
      """
      SELECT \(Consent.columns)
      FROM consent c
      WHERE c.school_id = \(file.school) AND c.case_id = \(file.id)
      ORDER BY c.day DESC, c.id DESC
      """,
      Consent.init(row:)
    )
  }

  /// The answers that count: the last of each purpose, party and recipient, newest first.
  public func current() throws -> [Consent] { Consent.counting(try all()) }

  /// The notes that lie sealed, by the answer they belong to.
  public func notes() throws -> [ID<Consent>: [UInt8]] {
    var notes: [ID<Consent>: [UInt8]] = [:]
    try session.forEach(
      """
      SELECT id, sealed FROM consent
      WHERE school_id = \(file.school) AND case_id = \(file.id) AND sealed IS NOT NULL
      """
    ) { notes[try $0.get(0)] = try $0.get(1) }
    return notes
  }
}

extension Session {
  public func consents(of file: CaseFile) -> Consents { Consents(session: self, file: file) }
}

extension Consent {
  static let columns: SQL = """
    c.id, c.school_id, c.case_id, c.purpose, c.party, c.relative_id, c.answer, c.day, c.until_day, c.method,
    c.guardian_confirmation, c.wording, c.wording_version, c.recipient_id, c.items, c.recorded_by, c.recorded_at
    """

  init(row: borrowing Row) throws {
    self.init(
      id: try row.get(0), school: try row.get(1), caseFile: try row.get(2), purpose: try row.get(3),
      party: try row.get(4), relative: try row.optional(5), answer: try row.get(6), day: try row.get(7),
      until: try row.get(8), method: try row.get(9), guardianConfirmation: try row.optional(10),
      wording: WordingVersion(id: try row.get(11), version: try row.get(12)), recipient: try row.optional(13),
      items: codes(try row.get(14)), recordedBy: try row.get(15), recordedAt: try row.get(16))
  }
}
