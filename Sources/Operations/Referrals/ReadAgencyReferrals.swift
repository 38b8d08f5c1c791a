public import CaseWork
public import Foundation
import Practice
import Repositories
import Store

/// What agencies have referred to a school, and the ways in that were made for them.
public struct ReadAgencyReferrals: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// The newest first. Not found for whoever receives no referrals.
  public func callAsFunction(for asker: Asker, atMost limit: Int = 50) async throws -> [AgencyReferralLine] {
    try await office.look("agency-referrals", by: asker) { desk in
      let stored = try desk.session.agencyReferrals.all(in: try desk.receivingSchools(), atMost: limit)
      return Looked(
        try desk.lines(of: stored), unnamedAt: stored.filter { $0.header.state == .sent }.map(\.header.school)
      )
    }
  }

  /// Those whose students are to be found, the urgent first.
  public func waiting(for asker: Asker, atMost limit: Int = 50) async throws -> [AgencyReferralLine] {
    try await office.look("agency-referrals", by: asker) { desk in
      let stored = try desk.session.agencyReferrals.waiting(in: try desk.receivingSchools(), atMost: limit)
      return Looked(try desk.lines(of: stored), unnamedAt: stored.map(\.header.school))
    }
  }

  /// One of them, with what was written as long as it waits, and every look at its address.
  public func callAsFunction(_ id: ID<AgencyReferral>, for asker: Asker) async throws -> AgencyReferralPage {
    try await office.look("agency-referral", by: asker) { desk in
      let stored = try desk.agencyReferral(id)
      guard let line = try desk.lines(of: [stored]).first else { throw Refusal.notFound }
      let resource = try desk.session.resources.some([stored.header.agency]).first.map { try desk.open($0) }
      return Looked(
        AgencyReferralPage(
          line: line, phone: resource?.phone, answers: try desk.open(stored),
          openings: try desk.session.agencyLinks.openings(
            of: .referral(id), in: stored.header.school, atMost: 20)),
        unnamedAt: [stored.header.school])
    }
  }
}

/// One referral of an agency in a list.
public struct AgencyReferralLine: Hashable, Sendable {
  public let referral: AgencyReferral
  public let agency: String
  public let school: String
  /// Who made the way in, and who found the student or declined.
  public let by: String
  public let handler: String?
  public let link: AgencyLink.Status
  public let expiresAt: Date?
}

/// One in full.
public struct AgencyReferralPage: Hashable, Sendable {
  public let line: AgencyReferralLine
  public let phone: String?
  /// `nil` before anything has come, and once it is a referral or declined.
  public let answers: Answers?
  public let openings: [AgencyLink.Opening]
}

extension Desk {
  fileprivate func lines(of stored: [StoredAgencyReferral]) throws -> [AgencyReferralLine] {
    let headers = stored.map(\.header)
    let links = try session.agencyLinks.newest(of: headers)
    let agencies = try resourceNames(headers.map(\.agency))
    let names = try staffNames(headers.map(\.by) + headers.compactMap(\.handler))
    let schools = Dictionary(
      try session.schools.some(Set(headers.map(\.school))).map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first })
    return headers.map { header in
      let link = links[header.id]
      return AgencyReferralLine(
        referral: header, agency: agencies[header.agency] ?? "", school: schools[header.school] ?? "",
        by: names[header.by] ?? "", handler: header.handler.flatMap { names[$0] },
        link: link?.status(at: instant) ?? .revoked, expiresAt: link?.expiresAt)
    }
  }
}
