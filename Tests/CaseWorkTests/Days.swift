import CaseWork
import Testing

@Suite struct Days {
  @Test func `every day from 1900 to 2100 reads back as it was written`() throws {
    let first = try #require(Day(1900, 1, 1))
    let last = try #require(Day(2100, 12, 31))
    #expect(last.ordinal - first.ordinal + 1 == 73_414)
    var (year, month, day, weekday) = (1900, 1, 1, 1)
    for ordinal in first.ordinal...last.ordinal {
      let it = Day(ordinal: ordinal)
      #expect(it.components == (year, month, day))
      #expect(it.weekday == weekday)
      #expect(Day(it.description) == it)
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      (day, weekday) = (day + 1, (weekday + 1) % 7)
      if day > length { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
  }

  @Test(arguments: ["2026-02-30", "2026-13-01", "2026-1-1", "26-01-01", "", "2026-00-10", "2026-01-01x"])
  func `a day that does not exist is not read`(_ text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: ["2026-04-01", "2026. 4. 1.", "2026/4/1", "20260401", "2026년 4월 1일"])
  func `days are read as people type them`(_ text: String) {
    #expect(Day(typed: text) == Day(2026, 4, 1))
  }

  @Test func `somebody is fourteen from the birthday itself`() throws {
    let birth = try #require(Day("2012-09-10"))
    #expect(birth.age(on: try #require(Day("2026-09-09"))) == 13)
    #expect(birth.age(on: try #require(Day("2026-09-10"))) == 14)
    #expect(try #require(Day("2012-02-29")).age(on: try #require(Day("2026-02-28"))) == 13)
  }

  @Test func `a month later is the last day where the day does not exist`() throws {
    #expect(try #require(Day("2026-01-31")).adding(months: 1).description == "2026-02-28")
    #expect(try #require(Day("2026-12-15")).adding(months: 3).description == "2027-03-15")
    #expect(try #require(Day("2026-01-15")).adding(months: -1).description == "2025-12-15")
  }
}
