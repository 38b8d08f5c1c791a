public import CaseWork
public import Foundation
public import Store
public import Vault

extension Session {
  public func staffMembers(_ vault: Vault) -> StaffMembers { StaffMembers(session: self, keys: keys(vault)) }
}

/// The people who work with the program; names lie sealed under the office key.
public struct StaffMembers {
  let session: any Session
  let keys: Sealer

  /// What lies sealed of one person.
  public struct Profile: Hashable, Sendable, Codable {
    public let name: String
    public let signInName: String

    public init(name: String, signInName: String) {
      self.name = name
      self.signInName = signInName
    }
  }

  /// A person as stored, with the assignments of all times.
  public struct Member: Hashable, Sendable {
    public let id: ID<Staff>
    public let profile: Profile
    public let leftAt: Date?
    public let version: Int
    public let assignments: [Assignment]

    /// The person with the assignments that hold on `day`.
    public func staff(on day: Day) -> Staff {
      Staff(id: id, name: profile.name, assignments: assignments.filter { $0.holds(on: day) })
    }
  }

  /// A person who has not left, with the assignments that hold on `day`.
  public func find(_ id: ID<Staff>, on day: Day) throws -> Staff? {
    guard let member = try member(id), member.leftAt == nil else { return nil }
    return member.staff(on: day)
  }

  /// The person a session belongs to.
  public func open(_ holder: SignInSessions.Holder) throws -> Staff {
    let name = try profile(holder.sealed, of: holder.staff, version: holder.version).name
    return Staff(id: holder.staff, name: name, assignments: holder.assignments)
  }

  public func member(_ id: ID<Staff>) throws -> Member? {
    try members(where: "s.id = \(id)").first
  }

  /// Everyone with an assignment in the school, of whatever time, in the order of their ids.
  public func members(of school: ID<School>) throws -> [Member] {
    try members(where: "s.id IN (SELECT staff_id FROM staff_role WHERE school_id = \(school))")
  }

  /// Everyone there is.
  public func all() throws -> [Member] { try members(where: "1 = 1") }

  /// Those who work in the school on `day`, by name: for choosing one.
  public func working(in school: ID<School>, on day: Day) throws -> [Staff] {
    try members(of: school)
      .filter { $0.leftAt == nil }
      .map { $0.staff(on: day) }
      .filter { !$0.roles(in: school).isEmpty }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// The names of those who are known, whether they have left or not.
  public func names(of ids: some Sequence<ID<Staff>>) throws -> [ID<Staff>: String] {
    var names: [ID<Staff>: String] = [:]
    for id in Set(ids) {
      try session.forEach("SELECT sealed, version FROM staff WHERE id = \(id)") { row in
        names[id] = try profile(try row.get(0), of: id, version: try row.get(1)).name
      }
    }
    return names
  }

  /// Who signs in under this name.
  public func id(signingInAs name: String) throws -> ID<Staff>? {
    let token = try keys.token(name, purpose: StaffMembers.purpose, of: .office)
    return try session.row("SELECT id FROM staff WHERE sign_in_token = \(token)") { try $0.get(0) }
  }

  public func insert(_ id: ID<Staff>, _ profile: Profile) throws {
    let token = try keys.makeToken(profile.signInName, purpose: StaffMembers.purpose, of: .office)
    let isTaken = try session.row("SELECT id FROM staff WHERE sign_in_token = \(token)") {
      try $0.get(0, as: String.self)
    }
    guard isTaken == nil else { throw Refusal.conflict(.alreadyExists) }
    let sealed = try keys.seal(json: profile, for: .office, at: StaffMembers.place(of: id, version: 1))
    try session.execute(
      """
      INSERT INTO staff (id, sign_in_token, sealed, left_at, version)
      VALUES (\(id), \(token), \(sealed), NULL, 1)
      """
    )
  }

  /// Marks that the person has left.
  public func leave(_ id: ID<Staff>, at instant: Date) throws {
    try session.execute("UPDATE staff SET left_at = \(instant) WHERE id = \(id) AND left_at IS NULL")
  }

  /// Gives one role; the row stays for ever, only its end may be set.
  public func grant(
    _ assignment: Assignment, to staff: ID<Staff>, id: ID<Assignment>, by granter: ID<Staff>?,
    at instant: Date
  ) throws {
    try session.execute(
      """
      INSERT INTO staff_role (id, staff_id, school_id, role, from_day, until_day, granted_by, granted_at)
      VALUES (
        \(id), \(staff), \(assignment.school), \(assignment.role), \(assignment.from), \(assignment.until), \(granter),
        \(instant)
      )
      """
    )
  }

  /// Ends the assignments in one school (every school for `nil`) that would hold after `day`, but for those in `kept`.
  public func endAssignments(
    of staff: ID<Staff>, in school: ID<School>?, keeping kept: Set<Role> = [], lastDay day: Day
  ) throws {
    let place: SQL = school.map { "AND school_id = \($0)" } ?? ""
    for role in Role.allCases where !kept.contains(role) {
      try session.execute(
        """
        UPDATE staff_role
        SET until_day = \(day)
        WHERE staff_id = \(staff) AND role = \(role) AND (until_day IS NULL OR until_day > \(day)) \(place)
        """
      )
    }
  }

  private static let purpose = "sign-in-name"

  private static func place(of id: ID<Staff>, version: Int) -> Binding {
    Binding(table: "staff", record: id.description, version: version)
  }

  private func profile(_ sealed: [UInt8], of id: ID<Staff>, version: Int) throws -> Profile {
    try keys.open(json: Profile.self, sealed, of: .office, at: StaffMembers.place(of: id, version: version))
  }

  private func members(where condition: SQL) throws -> [Member] {
    let roles = try session.rows(
      """
      SELECT r.staff_id, r.school_id, r.role, r.from_day, r.until_day
      FROM staff_role r
      JOIN staff s ON s.id = r.staff_id
      WHERE \(condition)
      ORDER BY r.id
      """
    ) { row in
      (
        try row.get(0, as: ID<Staff>.self),
        Assignment(
          school: try row.get(1), role: try row.get(2), from: try row.get(3), until: try row.optional(4))
      )
    }
    let assignments = Dictionary(grouping: roles, by: \.0).mapValues { $0.map(\.1) }
    return try session.rows(
      "SELECT s.id, s.sealed, s.left_at, s.version FROM staff s WHERE \(condition) ORDER BY s.id"
    ) { row in
      let id: ID<Staff> = try row.get(0)
      let version: Int = try row.get(3)
      return Member(
        id: id, profile: try profile(try row.get(1), of: id, version: version), leftAt: try row.optional(2),
        version: version, assignments: assignments[id] ?? [])
    }
  }
}
