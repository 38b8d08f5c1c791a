public import CaseWork
import Repositories
import Store

/// Somebody takes an answer back (개인정보 보호법 제37조): the old answer stays, a new one says so.
public struct WithdrawConsent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ consent: ID<Consent>, in id: ID<CaseFile>, method: String, note: String? = nil, by asker: Asker
  ) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .recordConsent)
      let current = try desk.session.consents(of: file).current()
      guard let old = current.first(where: { $0.id == consent }) else { throw Refusal.notFound }
      guard old.answer == .yes else { throw Refusal.conflict(.alreadyAnswered) }
      if let note, NationalID.isFound(in: note) { throw Refusal.invalid([Problem("note", "national-id")]) }
      try desk.add(
        AnswerConsent.Given(
          old.purpose, old.party, .withdrawn, until: max(old.until, desk.day), method: method,
          relative: old.relative,
          guardianConfirmation: old.guardianConfirmation, wording: old.wording, recipient: old.recipient,
          items: old.items, note: note),
        to: file)
      if old.purpose == .share, let recipient = old.recipient {
        try desk.closeLinkages(to: recipient, in: file)
      }
      try desk.notify(file.manager, .consentWithdrawn, in: file.school, caseFile: file.id)
      guard !file.hasEnded else {
        try desk.settle(file)
        return file
      }
      return try desk.settleParticipation(of: file)
    }
  }
}
