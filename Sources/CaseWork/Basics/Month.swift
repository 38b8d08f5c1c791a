/// A month of the calendar, written `2026-10`.
public struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let year: Int
  /// 1 to 12.
  public let number: Int

  public init(of day: Day) {
    (year, number, _) = day.components
  }

  /// Reads `2026-10`, strictly; `nil` for a month that does not exist.
  public init?(_ text: String) {
    guard let day = Day(text + "-01") else { return nil }
    self.init(of: day)
  }

  public var days: ClosedRange<Day> { first...first.adding(months: 1).adding(days: -1) }

  private var first: Day { Day(year, number, 1) ?? Day(ordinal: 0) }

  public func adding(_ months: Int) -> Month { Month(of: first.adding(months: months)) }

  public var description: String { String(first.description.prefix(7)) }

  public static func < (a: Month, b: Month) -> Bool { (a.year, a.number) < (b.year, b.number) }
}
