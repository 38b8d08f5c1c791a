public import CaseWork
internal import Foundation
internal import Repositories
internal import Store
public import Vault

/// Wraps the keys of the office and every school with another root key; not one record is sealed anew.
///
/// No program may be running on the store with the old root key; afterwards only the new one opens anything.
public struct ChangeRootKey: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Returns: how many keys were wrapped anew.
  public func callAsFunction(to root: RootKey) async throws -> Int {
    let office = office
    return try await office.database.write { session in
      let instant = office.clock()
      let stored = try session.storedKeys.underRoot()
      for (owner, wrapped) in stored {
        try session.storedKeys.replace(try office.vault.rewrap(wrapped, of: owner, under: root), of: owner)
      }
      try session.events.append(
        Event(
          id: office.id(at: instant), school: nil, staff: nil, at: instant, act: "change-root-key",
          subjectKind: "key", subject: root.fingerprint))
      return stored.count
    }
  }
}

/// Wraps the keys of a school's students with another key of the school.
public struct ChangeSchoolKey: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Says how many students' keys were wrapped anew; for an administrator of the school, or nobody, on the command line.
  public func callAsFunction(of school: ID<School>, by asker: Staff?) async throws -> Int {
    guard asker?.roles(in: school).contains(.administrator) ?? true else { throw Refusal.notAllowed }
    let office = office
    let count = try await office.database.write { session in
      let instant = office.clock()
      let (own, students) = try session.storedKeys.of(school)
      guard let own else { throw Refusal.notFound }
      let (next, rewrapped) = try office.vault.rotate(.school(school), wrapped: own, children: students)
      try session.storedKeys.replace(next, of: .school(school))
      for (owner, wrapped) in rewrapped { try session.storedKeys.replace(wrapped, of: owner) }
      try session.events.append(
        Event(
          id: office.id(at: instant), school: school, staff: asker?.id, at: instant, act: "change-school-key",
          subjectKind: "school", subject: school.description))
      return rewrapped.count
    }
    office.vault.forget(.school(school))
    return count
  }
}
