public import CaseWork
public import Foundation
public import Store

/// One departure of personal data to a third party (제3자 제공대장, F26).
public struct Disclosure: Hashable, Sendable {
  /// The item that stands for what was written freely.
  public static let message = "message"

  public let id: ID<Disclosure>
  public let recipient: ID<Resource>?
  /// `consent`, or the code of a legal ground.
  public let ground: String
  public let consent: ID<Consent>?
  /// Codes of `share-item` or `transfer-item`, and `message` for what was written freely.
  public let items: [String]
  /// How it left: `paper`, `file` or `link`.
  public let form: String
  public let by: ID<Staff>
  public let at: Date

  public init(
    id: ID<Disclosure>, recipient: ID<Resource>?, ground: String, consent: ID<Consent>?, items: [String],
    form: String,
    by: ID<Staff>, at: Date
  ) {
    self.id = id
    self.recipient = recipient
    self.ground = ground
    self.consent = consent
    self.items = items
    self.form = form
    self.by = by
    self.at = at
  }
}

public struct Disclosures {
  let session: any Session
  let file: CaseFile

  /// Adds a departure; `sealed` says to whom and what for.
  public func add(_ disclosure: Disclosure, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO disclosure (
        school_id, id, case_id, recipient_id, ground, consent_id, items, form, by_id, at, sealed)
      VALUES (
        \(file.school), \(disclosure.id), \(file.id), \(disclosure.recipient), \(disclosure.ground),
        \(disclosure.consent), \(text(disclosure.items)), \(disclosure.form), \(disclosure.by), \(disclosure.at),
        \(sealed))
      """
    )
  }

  public func all() throws -> [(disclosure: Disclosure, sealed: [UInt8])] {
    try session.rows(
      """
      SELECT id, recipient_id, ground, consent_id, items, form, by_id, at, sealed
      FROM disclosure
      WHERE school_id = \(file.school) AND case_id = \(file.id)
      ORDER BY id
      """
    ) { row in
      (
        disclosure: Disclosure(
          id: try row.get(0), recipient: try row.optional(1), ground: try row.get(2),
          consent: try row.optional(3),
          items: codes(try row.get(4)), form: try row.get(5), by: try row.get(6), at: try row.get(7)),
        sealed: try row.get(8)
      )
    }
  }
}

extension Session {
  public func disclosures(of file: CaseFile) -> Disclosures { Disclosures(session: self, file: file) }
}
