public import CaseWork
import Repositories
import Store

/// A summary for the next school: only items that were consented to leave, and every departure is in the ledger.
public struct TransferOut: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ answers: Answers, in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SavedRecord {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .transferOut)
      let consents = try desk.transferConsents(in: file)
      var allowed = Set(consents.first?.items ?? [])
      for consent in consents { allowed.formIntersection(consent.items) }
      let items = answers[all: "items"]
      let refused = items.filter { !allowed.contains($0) }
      guard refused.isEmpty else {
        throw Refusal.invalid(refused.map { Problem("items", "not-consented", $0) })
      }
      var chosen = answers
      // What was not chosen does not even get into the record.
      for path in answers.paths where path.hasPrefix("summary-") && !items.contains(String(path.dropFirst(8)))
      {
        chosen[path] = nil
      }
      let saved = try desk.write(.transfer, chosen, in: file, finishing: true)
      let disclosure = Disclosure(
        id: desk.newID(), recipient: nil, ground: "consent", consent: consents.first?.id,
        items: items.sorted(),
        form: "paper", by: desk.staff.id, at: desk.instant)
      try desk.session.disclosures(of: file).add(
        disclosure,
        sealed: try desk.seal(chosen["to"] ?? "", "disclosure", disclosure.id.description, 1, of: file))
      try desk.note(
        "disclose", "disclosure", disclosure.id.description, in: file.school, caseFile: file.id,
        detail: items.sorted().joined(separator: " "))
      return saved
    }
  }
}

extension Desk {
  /// The answers on which a transfer stands: of the student and a guardian, both yes and both in force.
  fileprivate func transferConsents(in file: CaseFile) throws -> [Consent] {
    let state = try facts(of: file).consent(for: .transfer, on: day)
    guard state.isGiven else {
      throw Refusal.notYet(
        state.parties.filter { $0.status != .yes }.map {
          Missing("consent-transfer-\($0.party.rawValue)", at: "consent#transfer")
        })
    }
    return state.parties.compactMap(\.consent)
  }
}
