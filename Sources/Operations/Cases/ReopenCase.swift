public import CaseWork
import Repositories
import Store

/// Help begins again after the end: a new episode of its own, linked to the old one, which stays as it is.
public struct ReopenCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Consent is asked anew; strengths of before are offered, unconfirmed, by `BeginRecord`.
  @discardableResult
  public func callAsFunction(_ id: ID<CaseFile>, by asker: Asker) async throws -> CaseFile {
    try await office.act(by: asker) { desk in
      let old = try desk.find(id, for: .reopen)
      guard old.hasEnded else { throw Refusal.conflict(.alreadyExists) }
      let file = try desk.openEpisode(of: old.student, in: old.school, referral: nil)
      try desk.settle(file)
      return file
    }
  }
}
