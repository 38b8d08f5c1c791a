/// How long a case is kept, and why.
public struct Retention: Hashable, Sendable {
  /// From which day the office counts.
  public enum Start: String, Hashable, Sendable, Codable, CaseIterable {
    case closure
    case yearEnd = "year-end"
    case graduation
  }

  /// The last day on which the records of the case are kept by policy.
  public let recordsUntil: Day
  /// The last day on which what was used for the selection must be kept: the end of upper secondary education, or, for
  /// somebody who left school, the nineteenth birthday (학생맞춤통합지원법 시행령 제10조⑤). `nil` where it is not known.
  public let selectionUntil: Day?

  public init(
    closedOn: Day, start: Start, years: Int, graduatesOn: Day?, leftSchool: Bool = false, birthDay: Day? = nil
  ) {
    let first: Day
    switch start {
    case .closure: first = closedOn
    case .yearEnd: first = SchoolYear.lastDay(of: SchoolYear.year(of: closedOn))
    case .graduation:
      first = max(closedOn, graduatesOn ?? SchoolYear.lastDay(of: SchoolYear.year(of: closedOn)))
    }
    recordsUntil = first.adding(months: 12 * years)
    selectionUntil = leftSchool ? birthDay?.adding(months: 12 * 19) : graduatesOn
  }

  /// The day after which nothing keeps the case any longer; `nil` while one of the two is not known.
  public var until: Day? { selectionUntil.map { max(recordsUntil, $0) } }

  /// When a student who is in `grade` in the school year `year` will have finished upper secondary education, moving up
  /// every year; `nil` for special schools and centres, whose courses differ.
  public static func graduation(_ kind: School.Kind, grade: Int, year: Int) -> Day? {
    switch kind {
    case .elementary where (1...6).contains(grade): SchoolYear.lastDay(of: year + 12 - grade)
    case .middle where (1...3).contains(grade): SchoolYear.lastDay(of: year + 6 - grade)
    case .high where (1...3).contains(grade): SchoolYear.lastDay(of: year + 3 - grade)
    case .elementary, .middle, .high, .special, .centre: nil
    }
  }
}

extension Retention {
  /// What still keeps the case on `day`; nothing once it may be destroyed. Where it is not known how long, it is kept.
  public func missing(on day: Day) -> [Missing] {
    guard let until else { return [Missing("retention-unknown", at: "closure#retention-from")] }
    return until < day ? [] : [Missing("retention", at: "closure#retention-from")]
  }
}
