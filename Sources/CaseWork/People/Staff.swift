/// What a member of staff does in one school.
///
/// The roles of `Practice/roles.yaml`; the system administrator and the privacy officer never read a case.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
  case administrator
  case caseManager = "case-manager"
  case teacher
  /// Counsellor, health or special-education teacher: sees the parts of a case they were asked to share.
  case specialistTeacher = "specialist-teacher"
  case vicePrincipal = "vice-principal"
  case principal
  case privacyOfficer = "privacy-officer"
  case supervisor
  case centreStaff = "centre-staff"
}

/// One role in one school for a time.
public struct Assignment: Hashable, Sendable, Codable {
  public let school: ID<School>
  public let role: Role
  public let from: Day
  /// The last day it holds; `nil` while open-ended.
  public let until: Day?

  public init(school: ID<School>, role: Role, from: Day, until: Day? = nil) {
    self.school = school
    self.role = role
    self.from = from
    self.until = until
  }

  public func holds(on day: Day) -> Bool {
    from <= day && (until.map { day <= $0 } ?? true)
  }
}

/// A person who works with the program. One account a person, never shared.
public struct Staff: Hashable, Sendable {
  public let id: ID<Staff>
  public let name: String
  /// The assignments that hold today; those of the past are not loaded.
  public let assignments: [Assignment]

  public init(id: ID<Staff>, name: String, assignments: [Assignment]) {
    self.id = id
    self.name = name
    self.assignments = assignments
  }

  /// The schools in which this person holds one of `roles`, in a stable order.
  public func schools(as roles: Set<Role>) -> [ID<School>] {
    var seen: Set<ID<School>> = []
    return assignments.filter { roles.contains($0.role) && seen.insert($0.school).inserted }.map(\.school)
  }

  public var schools: [ID<School>] { schools(as: Set(Role.allCases)) }

  public func roles(in school: ID<School>) -> Set<Role> {
    Set(assignments.filter { $0.school == school }.map(\.role))
  }

  public func has(_ role: Role) -> Bool { assignments.contains { $0.role == role } }
}
