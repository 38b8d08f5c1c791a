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
      let credentials = session.credentials(vault)
      return try session.staffMembers(vault).members(of: school).map { member in
        let credential = try credentials.find(member.id)
        return StaffRow(
          id: member.id, name: member.profile.name, signInName: member.profile.signInName,
          assignments: member.assignments, leftAt: member.leftAt, hasSecondStep: credential?.hasTOTP ?? false,
          mustChangePassword: credential?.mustChange ?? false, lockedUntil: credential?.lockedUntil)
      }
    }
    try await office.recordAccess(by: asker, work: "list-staff", school: school, subjects: rows.count)
    return rows.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Colleagues who work in the school today, by name: for choosing one in a form.
  public func colleagues(in school: ID<School>, of staff: Staff) async throws -> [Staff] {
    guard !staff.roles(in: school).isEmpty else { throw Refusal.notFound }
    let (vault, day) = (office.vault, Day(inKoreaAt: office.clock()))
    return try await office.database.read { try $0.staffMembers(vault).working(in: school, on: day) }
  }
}
