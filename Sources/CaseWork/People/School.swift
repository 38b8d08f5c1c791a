/// A school, or a centre of the office of education that carries cases of schools.
public struct School: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case elementary, middle, high, special, centre
  }

  public let id: ID<School>
  public let name: String
  public let kind: Kind

  public init(id: ID<School>, name: String, kind: Kind) {
    self.id = id
    self.name = name
    self.kind = kind
  }
}

/// A school year of one school: from 1 March to the end of February (초·중등교육법 제24조①); the terms inside it are the
/// school's own (시행령 제44조), so they are data.
public struct SchoolYear: Hashable, Sendable, Codable {
  /// The year it begins in: 2026 for 2026-03-01 to 2027-02-28.
  public let year: Int
  /// The last day of the first term, as the school set it.
  public let firstTermEnds: Day
  /// Days without lessons besides weekends: holidays and vacations, as closed ranges.
  public let breaks: [ClosedRange<Day>]

  public init(year: Int, firstTermEnds: Day, breaks: [ClosedRange<Day>]) {
    self.year = year
    self.firstTermEnds = firstTermEnds
    self.breaks = breaks
  }

  /// The school year that `day` lies in.
  public static func year(of day: Day) -> Int { day.month >= 3 ? day.year : day.year - 1 }

  public static func firstDay(of year: Int) -> Day { Day(year, 3, 1) ?? Day(ordinal: 0) }
  public static func lastDay(of year: Int) -> Day { firstDay(of: year + 1).adding(days: -1) }
}
