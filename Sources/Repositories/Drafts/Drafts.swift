public import CaseWork
public import Foundation
public import Store
public import Vault

extension Session {
  public func drafts(of staff: ID<Staff>, _ vault: Vault) -> Drafts {
    Drafts(session: self, keys: keys(vault), staff: staff)
  }
}

/// What somebody has begun to write and not yet saved.
public struct Draft: Hashable, Sendable {
  /// The form and what it is about: `contact/<case id>`, `referral/new`.
  public let place: String
  public let answers: Answers
  public let savedAt: Date
  public let version: Int
}

/// One person's own drafts; nobody else finds them.
public struct Drafts {
  let session: any Session
  let keys: Sealer
  let staff: ID<Staff>

  public func find(_ place: String) throws -> Draft? {
    try session.row(
      """
      SELECT sealed, saved_at, version
      FROM draft
      WHERE staff_id = \(staff) AND place = \(place)
      """
    ) { row in
      let version: Int = try row.get(2)
      let sealed: [UInt8] = try row.get(0)
      return Draft(
        place: place, answers: try keys.open(json: Answers.self, sealed, of: .office, at: at(place, version)),
        savedAt: try row.get(1), version: version)
    }
  }

  /// The places where there is a draft, the newest first.
  public func places() throws -> [(place: String, savedAt: Date)] {
    try session.rows(
      "SELECT place, saved_at FROM draft WHERE staff_id = \(staff) ORDER BY saved_at DESC, place"
    ) { (place: try $0.get(0, as: String.self), savedAt: try $0.get(1, as: Date.self)) }
  }

  /// Saves over whatever is there: the last writer counts.
  public func save(_ answers: Answers, at place: String, at instant: Date) throws -> Draft {
    let version = try session.row(
      "SELECT version FROM draft WHERE staff_id = \(staff) AND place = \(place)"
    ) { try $0.get(0, as: Int.self) }
    let next = (version ?? 0) + 1
    let sealed = try keys.seal(json: answers, for: .office, at: at(place, next))
    try session.execute(
      """
      INSERT INTO draft (staff_id, place, sealed, saved_at, version)
      VALUES (\(staff), \(place), \(sealed), \(instant), \(next))
      ON CONFLICT (staff_id, place) DO UPDATE
      SET sealed = excluded.sealed, saved_at = excluded.saved_at, version = excluded.version
      """
    )
    return Draft(place: place, answers: answers, savedAt: instant, version: next)
  }

  public func discard(_ place: String) throws {
    try session.execute("DELETE FROM draft WHERE staff_id = \(staff) AND place = \(place)")
  }

  private func at(_ place: String, _ version: Int) -> Binding {
    Binding(table: "draft", record: "\(staff)/\(place)", version: version)
  }
}

extension Session {
  /// Throws away every draft that nobody has touched since `instant`; says how many.
  public func discardDrafts(savedBefore instant: Date) throws -> Int {
    try execute("DELETE FROM draft WHERE saved_at < \(instant)")
  }
}
