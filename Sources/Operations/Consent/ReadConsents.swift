public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// Where consent stands in a case: who was asked what, what counts today, and every answer ever given.
public struct ReadConsents: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> ConsentPage {
    try await office.look("read-consents", by: asker) { desk in
      let seen = try desk.see(id)
      let file = seen.file
      let facts = try desk.facts(of: file)
      let mayRead =
        desk.practice.permissions.allow(.readRecords, as: seen.roles, at: file.stage)
        || desk.practice.permissions.allow(.recordConsent, as: seen.roles, at: file.stage)
      let consents = desk.session.consents(of: file)
      let all = try consents.all()
      let names = try desk.staffNames(all.map(\.recordedBy))
      let notes = mayRead ? try consents.notes() : [:]
      return Looked(
        ConsentPage(
          file: file, student: try desk.line(of: file), isFourteen: facts.isFourteen(on: desk.day),
          states: facts.consentStates(on: desk.day),
          given: try all.map { consent in
            ConsentPage.Given(
              consent: consent, recordedBy: names[consent.recordedBy] ?? "",
              note: try notes[consent.id].map {
                try desk.open(String.self, $0, "consent", consent.id.description, 1, of: file)
              })
          },
          recipients: try desk.resourceNames(all.compactMap(\.recipient)),
          mayRecord: desk.practice.permissions.allow(.recordConsent, as: seen.roles, at: file.stage)),
        at: [Subject(file.student, file.school)])
    }
  }
}

public struct ConsentPage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  /// Whether the student answers for the own data (개인정보 보호법 제22조의2); `nil` where the birth day is unknown.
  public let isFourteen: Bool?
  public let states: [ConsentState]
  /// Every answer, newest first.
  public let given: [Given]
  /// The names of the agencies that something may be told to.
  public let recipients: [ID<Resource>: String]
  public let mayRecord: Bool

  public struct Given: Hashable, Sendable {
    public let consent: Consent
    public let recordedBy: String
    public let note: String?
  }
}
