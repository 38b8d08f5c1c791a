public import CaseWork
import Foundation
import Practice
public import Repositories
import Store
import Vault

/// The ledger of what left to third parties (제3자 제공대장, 개인정보 보호법 시행령 제15조): of a whole school for its privacy
/// officer, of their own cases for case managers.
public struct ReadLedger: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter work: what it is read for, in the access log: `read-ledger`, `export-ledger`.
  public func callAsFunction(
    of school: ID<School>, days: ClosedRange<Day>, work: String = "read-ledger", atMost limit: Int = 500,
    for asker: Asker
  ) async throws -> [LedgerRow] {
    try await office.look(work, by: asker) { desk in
      let roles = desk.staff.roles(in: school)
      guard !roles.isDisjoint(with: [.privacyOfficer, .caseManager]) else { throw Refusal.notFound }
      let rows = try desk.session.ledger(
        seenBy: desk.staff, in: school, days: days, on: desk.day, atMost: limit)
      let names = try desk.staffNames(rows.map(\.disclosure.by))
      let recipients = try desk.resourceNames(rows.compactMap(\.disclosure.recipient))
      let kept = rows.filter { !$0.isDestroyed }
      let students = try desk.lines(of: kept.map { Subject($0.file.student, $0.file.school) })
      let found = try rows.map { row in
        let told =
          row.isDestroyed
          ? ""
          : try desk.open(
            String.self, row.sealed, "disclosure", row.disclosure.id.description, 1, of: row.file)
        return LedgerRow(
          disclosure: row.disclosure, number: row.file.number, caseFile: row.file.id,
          student: students[Subject(row.file.student, row.file.school)]?.name ?? "",
          recipient: row.disclosure.recipient.map { recipients[$0] ?? "" } ?? told,
          purpose: row.disclosure.recipient == nil ? nil : told, by: names[row.disclosure.by] ?? "",
          state: row.state, withdrawnOn: row.withdrawnOn, consentDay: row.consentDay,
          consentUntil: row.consentUntil)
      }
      return Looked(found, at: kept.map { Subject($0.file.student, $0.file.school) })
    }
  }
}

/// One departure, as the ledger shows it.
public struct LedgerRow: Hashable, Sendable {
  public let disclosure: Disclosure
  /// The case's number.
  public let number: String
  public let caseFile: ID<CaseFile>
  public let student: String
  public let recipient: String
  /// In words; `nil` where the case went to another school.
  public let purpose: String?
  public let by: String
  public let state: Linkage.State?
  public let withdrawnOn: Day?
  public let consentDay: Day?
  /// Until when it may be kept and used there.
  public let consentUntil: Day?
}
