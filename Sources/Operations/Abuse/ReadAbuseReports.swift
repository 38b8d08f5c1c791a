public import CaseWork
public import Foundation
import Practice
public import Repositories
import Store

/// The reports that this person wrote, or, as principal, those of the school. To everybody else there are none.
public struct ReadAbuseReports: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(for asker: Asker) async throws -> [AbuseReportLine] {
    try await office.look("compartment", by: asker) { desk in
      let reports = try desk.session.abuseReports(seenBy: desk.staff).all().filter { desk.mayRead($0) }
      let lines = try desk.lines(of: reports.map { Subject($0.student, $0.school) })
      return Looked(
        reports.map {
          AbuseReportLine(
            id: $0.id, school: $0.school,
            student: lines[Subject($0.student, $0.school)] ?? .unknown($0.student), madeAt: $0.madeAt,
            isMine: $0.manager == desk.staff.id)
        }, unnamedAt: reports.map(\.school))
    }
  }

  /// One report with all that was written.
  public func callAsFunction(_ id: ID<AbuseReport>, for asker: Asker) async throws -> AbuseReportPage {
    try await office.look("compartment", by: asker) { desk in
      let report = try desk.session.abuseReports(seenBy: desk.staff).find(id)
      guard desk.mayRead(report) else { throw Refusal.notFound }
      let subject = Subject(report.student, report.school)
      let page = AbuseReportPage(
        id: report.id, student: try desk.lines(of: [subject])[subject] ?? .unknown(report.student),
        madeAt: report.madeAt, version: report.version, isMine: report.manager == desk.staff.id,
        answers: try desk.openInCompartment(report.sealed, id, report.version, of: subject))
      return Looked(page, unnamedAt: [report.school])
    }
  }
}

public struct AbuseReportLine: Hashable, Sendable {
  public let id: ID<AbuseReport>
  public let school: ID<School>
  public let student: StudentLine
  public let madeAt: Date
  public let isMine: Bool
}

public struct AbuseReportPage: Hashable, Sendable {
  public let id: ID<AbuseReport>
  public let student: StudentLine
  public let madeAt: Date
  public let version: Int
  public let isMine: Bool
  public let answers: Answers
}

extension Desk {
  fileprivate func mayRead(_ report: StoredAbuseReport) -> Bool {
    practice.permissions.allow(.readAbuseReport, as: staff.roles(in: report.school), at: nil)
  }
}
