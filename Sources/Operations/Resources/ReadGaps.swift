public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// What the region lacks: needs not met, agencies that declined, long waits, and what is being developed.
public struct ReadGaps: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Since when it counts.
  public enum Period: String, Hashable, Sendable, CaseIterable { case term, year, twoYears = "two-years" }

  /// - Throws: `Refusal.notFound` for whoever neither leads cases nor heads or assists those who do.
  public func callAsFunction(_ period: Period = .year, by asker: Asker) async throws -> GapPage {
    try await office.look("gaps", by: asker) { desk in
      let schools = desk.staff.schools(as: Staff.rolesThatSeeGaps)
      guard !schools.isEmpty else { throw Refusal.notFound }
      let from = desk.begin(of: period)
      let events = try desk.gapEvents(in: schools, from: from)
      let developments =
        try desk.session.developments.some(over: false, atMost: 100)
        + desk.session.developments.some(over: true, atMost: 20)
      return Looked(
        GapPage(
          period: period, from: from,
          report: GapReport(
            events, isOwn: Set(schools).isSubset(of: Set(desk.staff.schools(as: [.caseManager])))),
          developments: developments, leaders: try desk.staffNames(developments.map(\.leader)),
          mayDevelop: desk.staff.keepsDirectory),
        unnamedAt: schools)
    }
  }
}

public struct GapPage: Sendable {
  public let period: ReadGaps.Period
  public let from: Day
  public let report: GapReport
  /// Those under way first.
  public let developments: [Development]
  public let leaders: [ID<Staff>: String]
  public let mayDevelop: Bool
}

extension Desk {
  private static let mostEvents = 20_000

  fileprivate func begin(of period: ReadGaps.Period) -> Day {
    let year = SchoolYear.year(of: day)
    return switch period {
    case .term: day.month >= 3 && day.month < 9 ? SchoolYear.firstDay(of: year) : Day(year, 9, 1) ?? day
    case .year: SchoolYear.firstDay(of: year)
    case .twoYears: SchoolYear.firstDay(of: year - 1)
    }
  }

  fileprivate func gapEvents(in schools: [ID<School>], from day: Day) throws -> [GapReport.Event] {
    let unmet = try session.gaps.unmet(in: schools, from: day, atMost: Self.mostEvents).map {
      GapReport.Event(
        .unmet, need: $0.need, reason: $0.reason, grade: $0.grade, area: $0.area, student: $0.student)
    }
    let links = try session.gaps.linked(
      in: schools, since: day.startInKorea, year: SchoolYear.year(of: self.day), atMost: Self.mostEvents)
    let declined = links.filter(\.wasDeclined).flatMap { link in
      link.needs.map {
        GapReport.Event(
          .declined, need: $0, reason: link.reason, grade: link.grade, area: link.area, student: link.student)
      }
    }
    let longWait = practice.policy.resources.longWaitDays
    let waited = links.filter { link in
      link.acceptedOn.map { Day(inKoreaAt: link.sentAt).days(until: $0) > longWait } ?? false
    }.flatMap { link in
      link.needs.map {
        GapReport.Event(.waited, need: $0, grade: link.grade, area: link.area, student: link.student)
      }
    }
    return unmet + declined + waited
  }
}

extension Staff {
  static let rolesThatSeeGaps: Set<Role> = [
    .caseManager, .centreStaff, .supervisor, .vicePrincipal, .principal,
  ]

  /// Whether the report of what is missing is theirs to read.
  public var seesGaps: Bool { !schools(as: Self.rolesThatSeeGaps).isEmpty }
}
