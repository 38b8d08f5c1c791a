public import CaseWork
public import Foundation
import Repositories
import Store

/// What became of the referrals one person sent: status, who has them, replies. Nothing of the case.
public struct MyReferrals: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(for asker: Asker, atMost limit: Int = 50) async throws -> [SentReferral] {
    try await office.look("my-referrals", by: asker) { desk in
      let stored = try desk.session.referrals(seenBy: desk.staff).sent(atMost: limit)
      return try desk.sent(stored)
    }
  }

  /// One of them, with what was written.
  public func callAsFunction(_ id: ID<Referral>, for asker: Asker) async throws -> SentReferral {
    try await office.look("my-referral", by: asker) { desk in
      let stored = try desk.session.referrals(seenBy: desk.staff).find(id)
      guard stored.header.by == desk.staff.id else { throw Refusal.notFound }
      let looked = try desk.sent([stored], withAnswers: true)
      guard let only = looked.value.first else { throw Refusal.notFound }
      return Looked(only, at: looked.students)
    }
  }
}

/// A referral as its sender sees it.
public struct SentReferral: Hashable, Sendable {
  public let id: ID<Referral>
  public let school: ID<School>
  public let student: StudentLine
  public let at: Date
  public let isUrgent: Bool
  public let status: Referral.Status
  /// Who has it now.
  public let handler: String?
  public let replies: [Reply]
  /// What the sender wrote; only where one referral is asked for.
  public let answers: Answers?

  public struct Reply: Hashable, Sendable {
    public let kind: Referral.Reply.Kind
    public let by: String
    public let at: Date
    /// Empty where the kind says it all.
    public let text: String
    public let request: String?
  }
}

extension Desk {
  fileprivate func sent(
    _ stored: [StoredReferral], withAnswers: Bool = false
  ) throws -> Looked<[SentReferral]> {
    let subjects = stored.map { Subject($0.header.student, $0.header.school) }
    let lines = try lines(of: subjects)
    let replies = Dictionary(
      grouping: try session.referrals(seenBy: staff).replies(to: stored.map(\.header)), by: \.referral)
    let names = try staffNames(stored.compactMap(\.header.handler) + replies.values.joined().map(\.by))
    let sent = try stored.map { referral in
      let header = referral.header
      let subject = Subject(header.student, header.school)
      return SentReferral(
        id: header.id, school: header.school, student: lines[subject] ?? .unknown(header.student),
        at: header.at,
        isUrgent: header.isUrgent, status: header.status, handler: header.handler.flatMap { names[$0] },
        replies: try (replies[header.id] ?? []).map { reply in
          let words = try open(
            ReplyWords.self, reply.sealed, "referral_reply", reply.id.description, 1, of: subject)
          return SentReferral.Reply(
            kind: reply.kind, by: names[reply.by] ?? "", at: reply.at, text: words.text,
            request: words.request)
        },
        answers: withAnswers ? try open(referral) : nil)
    }
    return Looked(sent, at: subjects)
  }
}
