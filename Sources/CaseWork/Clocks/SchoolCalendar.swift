/// Which days are days with lessons (수업일): no weekends, no public holidays, no vacations.
///
/// Public holidays are data (they change by decree); vacations are each school's own (초·중등교육법 시행령 제47조).
public struct SchoolCalendar: Hashable, Sendable {
  public let holidays: Set<Day>
  public let breaks: [ClosedRange<Day>]

  public init(holidays: Set<Day> = [], breaks: [ClosedRange<Day>] = []) {
    self.holidays = holidays
    self.breaks = breaks
  }

  public init(years: [SchoolYear], holidays: Set<Day>) {
    self.init(holidays: holidays, breaks: years.flatMap(\.breaks))
  }

  public func isSchoolDay(_ day: Day) -> Bool {
    !day.isWeekend && !holidays.contains(day) && !breaks.contains { $0.contains(day) }
  }

  /// The day that is so many school days after `day`; the first day is not counted (민법 제157조).
  public func adding(schoolDays: Int, to day: Day) -> Day {
    var (result, left) = (day, schoolDays)
    var steps = 0
    while left > 0, steps < 3660 {
      result = result.adding(days: 1)
      steps += 1
      if isSchoolDay(result) { left -= 1 }
    }
    return result
  }

  /// School days after `start` up to and with `end`; negative when `end` is earlier.
  public func schoolDays(from start: Day, to end: Day) -> Int {
    guard start <= end else { return -schoolDays(from: end, to: start) }
    return (start.ordinal..<end.ordinal).filter { isSchoolDay(Day(ordinal: $0 + 1)) }.count
  }

  /// A deadline `days` after `start` in the calendar asked for.
  public func deadline(_ days: Int, _ calendar: Policy.Clock.Calendar, after start: Day) -> Day {
    switch calendar {
    case .civil: start.adding(days: days)
    case .school: adding(schoolDays: days, to: start)
    }
  }
}
