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

  /// `nil` where there is none, or the key it lies under is gone.
  public func find(_ place: String) throws -> Draft? {
    let found = try session.row(
      """
      SELECT sealed, saved_at, version, school_id, student_id, is_compartment
      FROM draft
      WHERE staff_id = \(staff) AND place = \(place)
      """
    ) { row in
      (
        sealed: try row.get(0, as: [UInt8].self), savedAt: try row.get(1, as: Date.self),
        version: try row.get(2, as: Int.self),
        owner: Drafts.owner(
          school: try row.optional(3), student: try row.optional(4), isCompartment: try row.get(5))
      )
    }
    guard let found else { return nil }
    do {
      let answers = try keys.open(
        json: Answers.self, found.sealed, of: found.owner, at: at(place, found.version))
      return Draft(place: place, answers: answers, savedAt: found.savedAt, version: found.version)
    } catch VaultProblem.shredded(_) {
      return nil
    }
  }

  private static func owner(school: ID<School>?, student: ID<Student>?, isCompartment: Bool) -> KeyOwner {
    guard let school, let student else { return .office }
    return isCompartment ? .compartment(student, school) : .student(student, school)
  }

  /// The places where there is a draft, the newest first.
  public func places() throws -> [(place: String, savedAt: Date)] {
    try session.rows(
      "SELECT place, saved_at FROM draft WHERE staff_id = \(staff) ORDER BY saved_at DESC, place"
    ) { (place: try $0.get(0, as: String.self), savedAt: try $0.get(1, as: Date.self)) }
  }

  /// Saves over whatever is there: the last writer counts.
  ///
  /// - Parameter owner: whose key it lies under: the student's it is about, so that it goes with them.
  public func save(
    _ answers: Answers, at place: String, of owner: KeyOwner, at instant: Date
  ) throws -> Draft {
    let version = try session.row(
      "SELECT version FROM draft WHERE staff_id = \(staff) AND place = \(place)"
    ) { try $0.get(0, as: Int.self) }
    let next = (version ?? 0) + 1
    let sealed = try keys.seal(json: answers, for: owner, at: at(place, next))
    try session.execute(
      """
      INSERT INTO draft (staff_id, place, school_id, student_id, is_compartment, sealed, saved_at, version)
      VALUES (
        \(staff), \(place), \(owner.subject?.school), \(owner.subject?.student), \(owner.kind == "compartment"),
        \(sealed), \(instant), \(next))
      ON CONFLICT (staff_id, place) DO UPDATE
      SET school_id = excluded.school_id, student_id = excluded.student_id,
        is_compartment = excluded.is_compartment, sealed = excluded.sealed, saved_at = excluded.saved_at, version = excluded.version
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

extension KeyOwner {
  fileprivate var subject: (student: ID<Student>, school: ID<School>)? {
    switch self {
    case .office, .school: nil
    case .student(let student, let school), .compartment(let student, let school): (student, school)
    }
  }
}

extension Session {
  /// Throws away everybody's drafts about one student.
  public func discardDrafts(about student: ID<Student>, in school: ID<School>) throws {
    try execute("DELETE FROM draft WHERE school_id = \(school) AND student_id = \(student)")
  }

  /// Throws away every draft that nobody has touched since `instant`; says how many.
  public func discardDrafts(savedBefore instant: Date) throws -> Int {
    try execute("DELETE FROM draft WHERE saved_at < \(instant)")
  }
}
