public import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// What went out, and the way in for the agency: the address and the code are shown this once and kept nowhere.
public struct SentLinkage: Hashable, Sendable {
  public let linkage: Linkage
  public let key: AgencyKey
}

/// Sends a linkage that was drafted: what was ticked leaves, its row stands in the ledger, and the link is made, all at
/// once or not at all.
public struct SendLinkage: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - ground: a code of `disclosure-ground`, where it goes without consent; with its reason in words.
  ///   - items: what the preview showed; where something else would go by now, nothing goes.
  /// - Throws: `Refusal.notYet` naming the person and the item whose consent is missing; `.conflict(.changedByAnother)`
  ///   where what would go is not what was shown.
  public func callAsFunction(
    _ linkage: ID<Linkage>, from version: Int, showing items: [LinkageContents.Sent]? = nil,
    ground: String? = nil, because words: String = "", in id: ID<CaseFile>, by asker: Asker
  ) async throws -> SentLinkage {
    try await office.act(by: asker) { desk in
      let (file, old, told) = try desk.linkage(linkage, from: version, in: id)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      guard old.state == .draft else { throw Refusal.conflict(.alreadyAnswered) }
      var contents = told
      contents.sent = try desk.shared(old, told, of: file)
      if let items, items != contents.sent { throw Refusal.conflict(.changedByAnother) }
      let empty = contents.sent.filter(\.text.isEmpty)
      guard empty.isEmpty else {
        throw Refusal.invalid(empty.map { Problem("items", "nothing-known", $0.item) })
      }
      var next = old
      if let ground {
        let reason = try desk.checked(words, field: "ground-words", keepingLines: true)
        var problems: [Problem] = []
        if desk.practice.list("disclosure-ground")[ground] == nil {
          problems.append(Problem("ground", "choose"))
        }
        if reason.isEmpty { problems.append(Problem("ground-words", "required")) }
        guard problems.isEmpty else { throw Refusal.invalid(problems) }
        next.ground = ground
        contents.groundWords = reason
      } else {
        next.consents = try desk.consents(covering: old, in: file)
        next.ground = "consent"
      }
      let disclosure = Disclosure(
        id: desk.newID(), recipient: next.recipient, ground: next.ground ?? "", consent: next.consents.first,
        items: contents.sent.map(\.item) + [Disclosure.message], form: "link", by: desk.staff.id,
        at: desk.instant)
      try desk.session.disclosures(of: file).add(
        disclosure,
        sealed: try desk.seal(contents.message, "disclosure", disclosure.id.description, 1, of: file))
      next.disclosure = disclosure.id.as(Disclosing.self)
      next.sentAt = desk.instant
      let policy = desk.practice.policy.linkages
      next.replyBy = try desk.calendar(of: file.school).deadline(
        policy.replyDays, policy.replyCalendar, after: desk.day)
      let saved = try desk.move(
        next, contents, to: .requested, by: .requester, because: nil, way: .page, staff: desk.staff.id,
        of: file)
      try desk.note(
        "disclose", "disclosure", disclosure.id.description, in: file.school, caseFile: file.id,
        detail: disclosure.items.joined(separator: " "))
      try desk.note("send-linkage", of: saved, detail: next.ground ?? "")
      let key = try desk.makeKey(for: saved, purpose: .reply, of: file)
      try desk.settle(file)
      return SentLinkage(linkage: saved, key: key)
    }
  }
}

extension Desk {
  /// The consents it stands on, or what is missing of them.
  fileprivate func consents(covering linkage: Linkage, in file: CaseFile) throws -> [ID<Consent>] {
    if file.standing == .refused { throw Refusal.conflict(.held) }
    let coverage = try facts(of: file).shareCoverage(of: linkage.items, to: linkage.recipient, on: day)
    guard coverage.isWhole else {
      throw Refusal.notYet(coverage.gaps.map { Missing($0.code, at: "consent#share") })
    }
    return coverage.consents
  }

  /// A new way in to a linkage; the ones before are closed. The code lies under the student's key, which stays the same for
  /// as long as there is anything to be told.
  func makeKey(
    for linkage: Linkage, purpose: AgencyLink.Purpose, of file: CaseFile
  ) throws -> AgencyKey {
    try makeKey(
      for: .linkage(linkage.id), purpose: purpose, under: .student(file.student, file.school), in: file.school
    )
  }
}

extension ShareCoverage.Gap {
  /// The wording's key under `missing.`.
  public var code: String {
    item.map { "share-item-\($0)-\(party.rawValue)" } ?? "share-\(status.rawValue)-\(party.rawValue)"
  }
}
