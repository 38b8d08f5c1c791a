public import CaseWork
public import Foundation
internal import Repositories
internal import Store
internal import Vault

/// A person as the administrator sees them: account and rights, nothing of their cases.
public struct StaffRow: Hashable, Sendable {
  public let id: ID<Staff>
  public let name: String
  public let signInName: String
  /// Of all times, the oldest first.
  public let assignments: [Assignment]
  public let leftAt: Date?
  public let hasSecondStep: Bool
  public let mustChangePassword: Bool
  public let lockedUntil: Date?

  public init(
    id: ID<Staff>, name: String, signInName: String, assignments: [Assignment], leftAt: Date?,
    hasSecondStep: Bool,
    mustChangePassword: Bool, lockedUntil: Date?
  ) {
    self.id = id
    self.name = name
    self.signInName = signInName
    self.assignments = assignments
    self.leftAt = leftAt
    self.hasSecondStep = hasSecondStep
    self.mustChangePassword = mustChangePassword
    self.lockedUntil = lockedUntil
  }
}

public struct ReadStaff: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Everyone of a school, for its administrator.
  public func callAsFunction(of school: ID<School>, by asker: Asker) async throws -> [StaffRow] {
    let roles = asker.staff.roles(in: school)
    guard !roles.isEmpty else { throw Refusal.notFound }
    guard roles.contains(.administrator) || roles.contains(.privacyOfficer) else { throw Refusal.notAllowed }
    let vault = office.vault
    let rows = try await office.database.read { session in
      try session.staffMembers(vault).members(of: school).map { try session.row(of: $0, vault) }
    }
    try await office.recordAccess(by: asker, work: "list-staff", school: school, subjects: rows.count)
    return rows.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// One person of a school that the asker administers or watches over.
  public func callAsFunction(_ id: ID<Staff>, by asker: Asker) async throws -> StaffRow {
    let own = Set(asker.staff.schools(as: [.administrator, .privacyOfficer]))
    let vault = office.vault
    let row = try await office.database.read { session -> StaffRow in
      guard let member = try session.staffMembers(vault).member(id),
        member.assignments.contains(where: { own.contains($0.school) })
      else { throw Refusal.notFound }
      return try session.row(of: member, vault)
    }
    let school = row.assignments.first { own.contains($0.school) }?.school
    try await office.recordAccess(by: asker, work: "read-staff", school: school)
    return row
  }

  /// Colleagues who work in the school today, by name: for choosing one in a form.
  public func colleagues(in school: ID<School>, of staff: Staff) async throws -> [Staff] {
    guard !staff.roles(in: school).isEmpty else { throw Refusal.notFound }
    let (vault, day) = (office.vault, Day(inKoreaAt: office.clock()))
    return try await office.database.read { try $0.staffMembers(vault).working(in: school, on: day) }
  }
}

extension Session {
  fileprivate func row(of member: StaffMembers.Member, _ vault: Vault) throws -> StaffRow {
    let credential = try credentials(vault).find(member.id)
    return StaffRow(
      id: member.id, name: member.profile.name, signInName: member.profile.signInName,
      assignments: member.assignments, leftAt: member.leftAt, hasSecondStep: credential?.hasTOTP ?? false,
      mustChangePassword: credential?.mustChange ?? false, lockedUntil: credential?.lockedUntil)
  }
}
