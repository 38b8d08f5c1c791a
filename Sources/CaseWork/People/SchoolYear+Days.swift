extension SchoolYear {
  public static func days(of year: Int) -> ClosedRange<Day> { firstDay(of: year)...lastDay(of: year) }

  public var days: ClosedRange<Day> { SchoolYear.days(of: year) }

  public func contains(_ day: Day) -> Bool { days.contains(day) }

  /// 1 or 2; `nil` outside the year.
  public func term(of day: Day) -> Int? {
    contains(day) ? (day <= firstTermEnds ? 1 : 2) : nil
  }

  public func days(ofTerm term: Int) -> ClosedRange<Day>? {
    switch term {
    case 1: days.lowerBound...max(days.lowerBound, firstTermEnds)
    case 2: min(days.upperBound, firstTermEnds.adding(days: 1))...days.upperBound
    default: nil
    }
  }

  public func isBreak(_ day: Day) -> Bool { breaks.contains { $0.contains(day) } }

  /// The school year's months with the days of each that lie in it, March to February.
  public static func months(of year: Int) -> [ClosedRange<Day>] {
    (0..<12).map { month in
      let first = firstDay(of: year).adding(months: month)
      return first...first.adding(months: 1).adding(days: -1)
    }
  }
}
