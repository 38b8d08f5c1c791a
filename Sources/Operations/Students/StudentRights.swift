internal import CaseWork
internal import Practice

/// In which schools a person may do what with students, before any case.
enum StudentRights {
  /// Name and class of the school's students, needed to refer one.
  static let finding: Set<Role> = [
    .caseManager, .teacher, .specialistTeacher, .vicePrincipal, .principal, .centreStaff,
  ]
  /// The class list itself.
  static let importing: Set<Role> = [.administrator, .caseManager]

  static func require(_ roles: Set<Role>, in school: ID<School>, of staff: Staff) throws {
    let held = staff.roles(in: school)
    guard !held.isEmpty else { throw Refusal.notFound }
    guard !held.isDisjoint(with: roles) else { throw Refusal.notAllowed }
  }

  /// Contacts and household: as `roles.yaml` says for some stage, since they belong to the student and not to a case.
  static func requireHousehold(
    _ act: Act, in school: ID<School>, of staff: Staff, by permissions: Permissions
  ) throws {
    let held = staff.roles(in: school)
    // Whoever may not even find the student does not learn that there is one.
    guard !held.isDisjoint(with: finding) else { throw Refusal.notFound }
    guard allow(act, as: held, by: permissions) else { throw Refusal.notAllowed }
  }

  /// Whether the roles may do this to a student at some stage, or before there is a case.
  static func allow(_ act: Act, as held: Set<Role>, by permissions: Permissions) -> Bool {
    let stages: [Stage?] = [nil] + Stage.allCases
    return stages.contains { permissions.allow(act, as: held, at: $0) }
  }
}
