public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// The monthly figures of one school (월별 실적), for whoever leads, heads or watches over its cases.
public struct ReadMonth: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - month: `nil` for the one it is now.
  ///   - school: `nil` for the first of one's own by its name.
  ///   - work: what it is read for, in the access log: `month`, `export-month`.
  /// - Throws: `Refusal.notFound` for another school and for whoever neither leads cases nor heads those who do.
  public func callAsFunction(
    _ month: Month? = nil, of school: ID<School>? = nil, work: String = "month", by asker: Asker
  ) async throws -> MonthPage {
    try await office.look(work, by: asker) { desk in
      let own = Set(desk.staff.schools(as: Staff.rolesThatSeeMonths))
      let schools = try desk.session.schools.some(own)
      guard let chosen = school.map({ wanted in schools.first { $0.id == wanted } }) ?? schools.first else {
        throw Refusal.notFound
      }
      let now = Month(of: desk.day)
      let month = min(month ?? now, now)
      let facts = try desk.session.month(month.days, of: chosen.id).facts()
      let isOwn = !desk.staff.roles(in: chosen.id).isDisjoint(with: Staff.rolesThatAnswerForMonths)
      return Looked(
        MonthPage(
          month: month, now: now, school: chosen, schools: schools,
          report: MonthlyReport(facts, in: month, talks: desk.practice.policy.talks, isOwn: isOwn)),
        unnamedAt: [chosen.id])
    }
  }
}

public struct MonthPage: Sendable {
  public let month: Month
  /// The last one there is anything of.
  public let now: Month
  public let school: School
  /// All that may be chosen, in the order of their names.
  public let schools: [School]
  public let report: MonthlyReport
}

extension Staff {
  static let rolesThatSeeMonths: Set<Role> = [
    .caseManager, .centreStaff, .supervisor, .vicePrincipal, .principal,
  ]
  /// Those who lead or approve every case of the school, and know small numbers anyway.
  static let rolesThatAnswerForMonths: Set<Role> = [.caseManager, .vicePrincipal, .principal]

  /// Whether monthly figures of some school are theirs to read.
  public var seesMonths: Bool { !schools(as: Self.rolesThatSeeMonths).isEmpty }
}
