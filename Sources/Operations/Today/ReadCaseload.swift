public import CaseWork
import Foundation
import Practice
public import Repositories
import Store

/// The cases of one person, a page at a time: the higher levels first, then what is due earliest.
public struct ReadCaseload: Sendable {
  /// Cases on a page.
  public static let pageSize = 50
  /// Names lie sealed, so that no more than this many cases are put in the order of their names.
  static let longestNameOrder = 2_000

  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// The higher levels first, then what is due earliest.
    case urgency
    /// 가나다.
    case name
  }

  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// `search` is part of a name, 초성, or a case number; pages count from 0.
  public func callAsFunction(
    _ filter: CaseFilter = CaseFilter(), search: String = "", order: Order = .urgency, page: Int = 0,
    for asker: Asker
  ) async throws -> Caseload {
    try await office.look("list-cases", by: asker) { desk in
      let files = desk.session.caseFiles(seenBy: desk.staff, on: desk.day)
      let filter = try desk.narrowed(filter, to: search)
      let size = ReadCaseload.pageSize
      let first = max(0, page) * size
      let listed =
        switch order {
        case .urgency: try files.page(filter, from: first, atMost: size + 1)
        case .name: try desk.byName(files, filter, from: first, atMost: size + 1)
        }
      let shown = Array(listed.prefix(size))
      // What fits on the first page is counted there; of closed cases the counts know more than may be listed.
      let isWhole = page <= 0 && listed.count <= size && filter.standings.isSubset(of: Standing.active)
      let subjects = shown.map { Subject($0.file.student, $0.file.school) }
      let lines = try desk.lines(of: subjects)
      let names = try desk.staffNames(shown.map(\.file.manager))
      let calendars = try desk.calendars(of: shown.map(\.file.school))
      let policy = desk.practice.policy
      let rows = shown.map { listed in
        CaseloadRow(
          file: listed.file,
          student: lines[Subject(listed.file.student, listed.file.school)] ?? .unknown(listed.file.student),
          manager: names[listed.file.manager] ?? "", lastContactOn: listed.lastContactOn,
          dueOn: listed.nextDueOn,
          dueKind: listed.nextDueKind,
          left: listed.nextDueOn.map { day in
            (calendars[listed.file.school] ?? SchoolCalendar()).left(
              until: day, from: desk.day, in: listed.nextDueKind.map(policy.calendar) ?? .civil)
          },
          isOverdue: listed.nextDueOn.map { $0 < desk.day } ?? false)
      }
      return Looked(
        Caseload(
          rows: rows, page: max(0, page), hasMore: listed.count > size,
          counts: try isWhole ? desk.counts(of: listed, filter) : desk.counts(files, filter),
          schools: try desk.session.schools.several(Set(desk.staff.schools + subjects.map(\.school))),
          day: desk.day),
        at: subjects)
    }
  }
}

/// One page of cases, and how many there are in all.
public struct Caseload: Hashable, Sendable {
  public let rows: [CaseloadRow]
  public let page: Int
  public let hasMore: Bool
  public let counts: CaseloadCounts
  /// The schools this person may choose from; none where there is only one.
  public let schools: [School]
  public let day: Day
}

public struct CaseloadRow: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let manager: String
  public let lastContactOn: Day?
  /// What is due earliest: its day and the kind (the wording's key under `due.`).
  public let dueOn: Day?
  public let dueKind: String?
  /// The days until then in the unit of its clock; negative when late.
  public let left: DayCount?
  public let isOverdue: Bool
}

/// How many cases there are under a filter, and what they weigh.
public struct CaseloadCounts: Hashable, Sendable {
  public let total: Int
  public let overdue: Int
  public let byStage: [Stage: Int]
  public let byStanding: [Standing: Int]
  /// Of the cases that are open or held.
  public let workload: Workload
}

/// How much there is to do, without a single name.
public struct CountCaseload: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ filter: CaseFilter = CaseFilter(), for asker: Asker
  ) async throws -> CaseloadCounts {
    try await office.look("count-cases", by: asker) { desk in
      Looked(try desk.counts(desk.session.caseFiles(seenBy: desk.staff, on: desk.day), filter), at: [])
    }
  }
}

extension Desk {
  /// The filter with what was typed in it: students by name, cases by number.
  fileprivate func narrowed(_ filter: CaseFilter, to search: String) throws -> CaseFilter {
    let text = Text.cleaned(search, keepingLines: false)
    guard !text.isEmpty else { return filter }
    var filter = filter
    let schools = try session.caseFiles(seenBy: staff, on: day).schools()
    filter.students = try session.students(of: schools, with: sealer, remembering: office.students)
      .named(text, year: SchoolYear.year(of: day), atMost: 400).found.map(\.id)
    filter.number = text.first?.isNumber ?? false ? text : nil
    return filter
  }

  /// One page in the order of the students' names.
  fileprivate func byName(
    _ files: CaseFiles, _ filter: CaseFilter, from first: Int, atMost limit: Int
  ) throws -> [ListedCase] {
    let all = try files.page(filter, from: 0, atMost: ReadCaseload.longestNameOrder)
    let lines = try lines(of: all.map { Subject($0.file.student, $0.file.school) })
    let named = all.map { listed in
      (name: lines[Subject(listed.file.student, listed.file.school)]?.name ?? "", listed: listed)
    }
    return named.sorted { ($0.name, $0.listed.file.number) < ($1.name, $1.listed.file.number) }
      .dropFirst(first).prefix(limit).map(\.listed)
  }

  func counts(_ files: CaseFiles, _ filter: CaseFilter) throws -> CaseloadCounts {
    counts(try files.counts(filter))
  }

  /// The same from the cases themselves, where all of them are at hand.
  fileprivate func counts(of listed: [ListedCase], _ filter: CaseFilter) -> CaseloadCounts {
    struct Place: Hashable {
      let standing: Standing, stage: Stage, level: Level?
    }
    let places = Dictionary(grouping: listed) {
      Place(standing: $0.file.standing, stage: $0.file.stage, level: $0.file.level)
    }
    return counts(
      places.map { place, cases in
        CaseCount(
          standing: place.standing, stage: place.stage, level: place.level, count: cases.count,
          overdue: cases.count { listed in listed.nextDueOn.map { $0 < day } ?? false })
      })
  }

  private func counts(_ counts: [CaseCount]) -> CaseloadCounts {
    let active = counts.filter { Standing.active.contains($0.standing) }
    let levels = active.flatMap { Array(repeating: $0.level, count: $0.count) }
    let total = counts.reduce(0) { $0 + $1.count }
    return CaseloadCounts(
      total: total, overdue: counts.reduce(0) { $0 + $1.overdue },
      byStage: counts.reduce(into: [:]) { $0[$1.stage, default: 0] += $1.count },
      byStanding: counts.reduce(into: [:]) { $0[$1.standing, default: 0] += $1.count },
      workload: Workload(levels: levels, known: total, policy: practice.policy))
  }
}
