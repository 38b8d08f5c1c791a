public import CaseWork
import Repositories
import Store

/// F04 회신: words for the one who referred, and what they are asked to do.
public struct ReplyToReferral: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ id: ID<Referral>, kind: Referral.Reply.Kind = .progress, text: String, request: String? = nil,
    by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let referral = try desk.session.referrals(seenBy: desk.staff).find(id).header
      try desk.permit(.replyToReferral, in: referral.school)
      // Nothing in words goes to an agency this way: for that there are linkages, with consent.
      guard referral.agency == nil else { throw Refusal.notAllowed }
      let text = try desk.checked(text, field: "text", keepingLines: true)
      let request = try request.map { try desk.checked($0, field: "request", keepingLines: true) }
      guard !text.isEmpty else { throw Refusal.invalid([Problem("text", "required")]) }
      try desk.reply(to: referral, kind: kind, text: text, request: request.flatMap { $0.isEmpty ? nil : $0 })
      try desk.note(
        "reply-to-referral", "referral", id.description, in: referral.school, caseFile: referral.caseFile)
    }
  }
}
