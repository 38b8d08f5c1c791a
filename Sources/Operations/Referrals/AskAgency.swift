public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// The way in for an agency that wants to refer a student: address and code are shown this once and kept nowhere.
public struct AskedAgency: Hashable, Sendable {
  public let referral: AgencyReferral
  public let agency: Resource
  public let school: String
  public let key: AgencyKey
}

/// Makes a way in by which one agency may refer one student to a school.
public struct AskAgency: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter school: of those whose referrals the asker may receive; the first of them where none is named.
  /// - Throws: `Refusal.invalid` with `agency` where no resource of that id is there.
  public func callAsFunction(
    _ agency: ID<Resource>?, to school: ID<School>? = nil, by asker: Asker
  ) async throws -> AskedAgency {
    try await office.act(by: asker) { desk in
      let receiving = try desk.receivingSchools()
      guard let school = school ?? receiving.first, receiving.contains(school) else { throw Refusal.notFound }
      guard let agency, let stored = try desk.session.resources.some([agency]).first else {
        throw Refusal.invalid([Problem("agency", "choose")])
      }
      let referral = AgencyReferral(
        id: desk.newID(), school: school, agency: agency, by: desk.staff.id, madeAt: desk.instant)
      try desk.session.agencyReferrals.insert(referral)
      let key = try desk.makeKey(
        for: .referral(referral.id), purpose: .referral, under: .student(agency.as(Student.self), school),
        in: school)
      try desk.note("ask-agency", of: referral)
      return AskedAgency(
        referral: referral, agency: try desk.open(stored),
        school: try desk.session.schools.find(school)?.name ?? "", key: key)
    }
  }
}

/// Closes the way in of an agency from which nothing has come yet.
public struct RevokeAgencyReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<AgencyReferral>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      let referral = try desk.agencyReferral(id).header
      guard referral.state == .asked else { throw Refusal.conflict(.alreadyAnswered) }
      try desk.session.agencyLinks.revokeAll(of: .referral(id), in: referral.school, at: desk.instant)
      try desk.note("revoke-link", of: referral)
    }
  }
}

/// The school has found whom an agency meant: what was written becomes a referral like any other, under the student's key.
public struct TakeAgencyReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ id: ID<AgencyReferral>, from version: Int, for student: ID<Student>, by asker: Asker
  ) async throws -> ID<Referral> {
    let (referral, owner) = try await office.act(by: asker) { desk in
      let (old, answers) = try desk.waitingReferral(id, from: version)
      guard try desk.isStudent(student, of: old.school) else { throw Refusal.notFound }
      let agency = try desk.session.resources.some([old.agency]).first.map { try desk.open($0) }
      let referral = Referral(
        id: id.as(Referral.self), school: old.school, student: student, by: desk.staff.id,
        route: agency?.referralRoute ?? "RR99", at: old.sentAt ?? desk.instant, isUrgent: old.isUrgent,
        redFlags: answers[all: "red-flags"], needs: answers[all: "needs"],
        familyKnows: answers["family-knows"] ?? "not-yet", agency: old.agency,
        isJoint: answers.flag("joint"), answers: answers)
      try desk.session.referrals(seenBy: desk.staff).insert(
        referral, sealed: try desk.seal(answers, of: referral))
      try desk.finish(old, as: .taken)
      try desk.note("take-agency-referral", "referral", id.description, in: old.school)
      return (referral.id, old.keyOwner)
    }
    office.vault.forget(owner)
    return referral
  }
}

/// The school does not take up what an agency referred: what was written is destroyed, and the agency sees only that.
public struct DeclineAgencyReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ id: ID<AgencyReferral>, from version: Int, by asker: Asker
  ) async throws {
    let owner = try await office.act(by: asker) { desk in
      let old = try desk.waitingReferral(id, from: version).header
      try desk.finish(old, as: .declined)
      try desk.note("decline-agency-referral", of: old)
      return old.keyOwner
    }
    office.vault.forget(owner)
  }
}

extension AgencyReferral {
  /// What it says lies under a key of its own, as if of a student of its own, so that it can be destroyed everywhere.
  var keyOwner: KeyOwner { .student(id.as(Student.self), school) }
}

extension Desk {
  /// The schools whose referrals this person may receive.
  func receivingSchools() throws -> [ID<School>] {
    let schools = staff.schools.filter {
      practice.permissions.allow(.receiveReferral, as: staff.roles(in: $0), at: nil)
    }
    guard !schools.isEmpty else { throw Refusal.notFound }
    return schools
  }

  func agencyReferral(_ id: ID<AgencyReferral>) throws -> StoredAgencyReferral {
    try session.agencyReferrals.find(id, in: try receivingSchools())
  }

  /// What an agency wrote.
  func open(_ stored: StoredAgencyReferral) throws -> Answers? {
    guard let sealed = stored.sealed else { return nil }
    return try sealer.open(json: Answers.self, sealed, of: stored.header.keyOwner, at: stored.header.place)
  }

  func seal(_ answers: Answers, of referral: AgencyReferral) throws -> [UInt8] {
    try sealer.seal(json: answers, for: referral.keyOwner, at: referral.place)
  }

  func note(_ act: String, of referral: AgencyReferral) throws {
    try note(act, "agency-referral", referral.id.description, in: referral.school)
  }

  fileprivate func waitingReferral(
    _ id: ID<AgencyReferral>, from version: Int
  ) throws -> (header: AgencyReferral, answers: Answers) {
    let stored = try agencyReferral(id)
    guard stored.header.state == .sent, let answers = try open(stored) else {
      throw Refusal.conflict(.alreadyAnswered)
    }
    guard stored.header.version == version else { throw Refusal.conflict(.changedByAnother) }
    return (stored.header, answers)
  }

  /// Nothing of what was written stays where it came in.
  fileprivate func finish(_ referral: AgencyReferral, as state: AgencyReferral.State) throws {
    var next = referral
    next.state = state
    next.handler = staff.id
    next.handledAt = instant
    try session.agencyReferrals.update(next, sealed: nil)
    try sealer.shred(referral.id.as(Student.self), in: referral.school, at: instant)
  }
}

extension AgencyReferral {
  fileprivate var place: Binding { Binding(table: "agency_referral", record: id.description, version: 1) }
}
