public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What an agency comes to that may refer a student: to whom, and nothing of anybody at the school.
public struct AgencyReferralForm: Hashable, Sendable {
  public let school: String
  /// Who asked.
  public let sender: String
  public let agency: String
}

/// How far a referral has come, as the agency may know it.
public struct AgencyReferralStatus: Hashable, Sendable {
  public let receipt: String
  /// `sent`, `taken` or `declined`.
  public let state: AgencyReferral.State
  public let school: String
  /// Until when the address shows it.
  public let until: Day
}

/// An agency refers a student: its address is used up, and what it wrote waits for the school to find the student.
public struct SendAgencyReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `ClosedLink`; `Refusal.notAllowed` without a proof that holds; `.invalid` naming the field.
  public func callAsFunction(
    _ answers: Answers, at token: String, proof: String?, from address: String
  ) async throws -> AgencyReferralStatus {
    try await AgencyDoor(office).enter(token, from: address) { desk, door in
      guard case .referral(let id) = door.link.subject else { throw ClosedLink.unknown }
      guard try desk.isProven(proof, door) else { throw Refusal.notAllowed }
      let answers = try desk.checked(answers, with: "agency-referral", finishing: true)
      var referral = try desk.session.agencyReferrals.find(id, in: [door.link.school]).header
      referral.state = .sent
      referral.receipt = AgencyCode.random()
      referral.sentAt = desk.instant
      referral.isUrgent = answers["urgency"] == "today" || !answers[all: "red-flags"].isEmpty
      try desk.session.agencyLinks.use(door.link, at: desk.instant)
      try desk.add(.answered, at: door)
      try desk.session.agencyReferrals.update(referral, sealed: try desk.seal(answers, of: referral))
      try desk.noteLink("agency-refer", door)
      return try desk.status(referral, door)
    }
  }
}

extension Desk {
  /// What an agency sees at a link to refer by: the form, or how far it has come.
  func referralView(_ id: ID<AgencyReferral>, _ door: StoredAgencyLink) throws -> AgencyView {
    let referral = try session.agencyReferrals.find(id, in: [door.link.school]).header
    guard referral.state == .asked else { return .status(try status(referral, door)) }
    return .referral(
      AgencyReferralForm(
        school: try session.schools.find(referral.school)?.name ?? "",
        sender: try staffNames([referral.by])[referral.by] ?? "",
        agency: try resourceNames([referral.agency])[referral.agency] ?? ""))
  }

  fileprivate func status(
    _ referral: AgencyReferral, _ door: StoredAgencyLink
  ) throws -> AgencyReferralStatus {
    AgencyReferralStatus(
      receipt: referral.receipt ?? "", state: referral.state,
      school: try session.schools.find(referral.school)?.name ?? "",
      until: Day(inKoreaAt: door.link.expiresAt))
  }
}
