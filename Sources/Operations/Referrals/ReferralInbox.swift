public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What waits to be received by the case managers of a school, and one referral in full.
public struct ReferralInbox: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(for asker: Asker, atMost limit: Int = 50) async throws -> [InboxReferral] {
    try await office.look("referral-inbox", by: asker) { desk in
      let referrals = desk.session.referrals(seenBy: desk.staff)
      let waiting = try referrals.waiting(atMost: limit)
      return try desk.inbox(waiting + (try referrals.received(atMost: limit)))
    }
  }

  /// One referral with all that was written; the sender may read it too, but only through `MyReferrals`.
  public func callAsFunction(_ id: ID<Referral>, for asker: Asker) async throws -> InboxReferral {
    try await office.look("referral", by: asker) { desk in
      let stored = try desk.session.referrals(seenBy: desk.staff).find(id)
      guard
        desk.practice.permissions.allow(
          .receiveReferral, as: desk.staff.roles(in: stored.header.school), at: nil)
      else { throw Refusal.notFound }
      let looked = try desk.inbox([stored], withAnswers: true)
      guard let only = looked.value.first else { throw Refusal.notFound }
      return Looked(only, at: looked.students)
    }
  }
}

/// A referral as the case manager sees it.
public struct InboxReferral: Hashable, Sendable {
  public let referral: Referral
  public let student: StudentLine
  /// A person of the school, or an agency.
  public let sender: String
  public let handler: String?
  /// The student's open case, if there already is one: it has to end before another can begin.
  public let openCase: ID<CaseFile>?
}

extension Desk {
  fileprivate func inbox(
    _ stored: [StoredReferral], withAnswers: Bool = false
  ) throws -> Looked<[InboxReferral]> {
    let subjects = stored.map { Subject($0.header.student, $0.header.school) }
    let lines = try lines(of: subjects)
    let agencies = try resourceNames(stored.compactMap(\.header.agency))
    let names = try staffNames(stored.flatMap { [$0.header.by] + ($0.header.handler.map { [$0] } ?? []) })
    let open = try session.openCases(of: subjects.map { ($0.student, $0.school) })
    let inbox = try stored.map { referral in
      let header = referral.header
      return InboxReferral(
        referral: withAnswers ? header.with(try self.open(referral)) : header,
        student: lines[Subject(header.student, header.school)] ?? .unknown(header.student),
        sender: header.agency.map { agencies[$0] ?? "" } ?? names[header.by] ?? "",
        handler: header.handler.flatMap { names[$0] },
        openCase: open[header.student])
    }
    return Looked(inbox, at: subjects)
  }
}

extension Referral {
  fileprivate func with(_ answers: Answers) -> Referral {
    Referral(
      id: id, school: school, student: student, by: by, route: route, at: at, isUrgent: isUrgent,
      redFlags: redFlags,
      needs: needs, familyKnows: familyKnows, status: status, caseFile: caseFile, handler: handler,
      agency: agency, isJoint: isJoint, answers: answers,
      version: version)
  }
}
