import CaseWork
import Foundation
import Practice

/// The words of the program in the language of whoever reads.
struct Speech: Sendable {
  let wordings: Wordings
  let lists: [CodeList.Name: CodeList]
  let language: Language

  func callAsFunction(_ key: String, _ fill: [String: String] = [:]) -> String {
    wordings(key, language, fill)
  }

  func callAsFunction(_ words: Words) -> String { words(language) }

  func has(_ key: String) -> Bool { wordings.has(key) }

  /// The name of a code; the code itself where the list does not know it.
  func name(of code: String, in list: CodeList.Name) -> String {
    lists[list]?[code].map { $0.words(language) } ?? code
  }

  /// What to do about a problem.
  func callAsFunction(_ problem: Problem) -> String {
    let key = "problem.\(problem.code)"
    return self(has(key) ? key : "problem.other", ["detail": problem.detail ?? ""])
  }

  /// `3일`, `수업일 3일`, without a sign.
  func days(_ days: DayCount) -> String {
    let count = abs(days.count)
    return self("days.\(days.calendar.rawValue)\(count == 1 ? ".one" : "")", ["count": String(count)])
  }

  /// Why something is due, with the number of the policy.
  func why(_ due: String, within limit: DayCount?) -> String {
    self("due.\(due)", limit.map { ["days": days($0)] } ?? [:])
  }

  /// `10. 14. 수`; with the year, when it is not the school year of `today`.
  func short(_ day: Day, from today: Day? = nil) -> String {
    let isNear = today.map { SchoolYear.year(of: $0) == SchoolYear.year(of: day) } ?? true
    return wordings(isNear ? "date.short" : "date.short-year", language) { part($0, of: day) }
  }

  /// `10월 20일 화요일`.
  func long(_ day: Day) -> String {
    wordings("date.long", language) { part($0, of: day) }
  }

  /// `2026년 10월`.
  func name(of month: Month) -> String {
    wordings("date.month-year", language) { part($0, of: month.days.lowerBound) }
  }

  /// `2026. 10. 20.`, as a person types it.
  func typed(_ day: Day) -> String { "\(day.year). \(day.month). \(day.day)." }

  /// `08:42` in Korea.
  func clock(_ instant: Date) -> String {
    let minutes = Int(((instant.timeIntervalSince1970 + 9 * 3600) / 60).rounded(.down)) % 1440
    return Speech.two(minutes / 60) + ":" + Speech.two(minutes % 60)
  }

  /// `16:58:04`, for what was just kept.
  func seconds(_ instant: Date) -> String {
    clock(instant) + ":" + Speech.two(Int(instant.timeIntervalSince1970.rounded(.down)) % 60)
  }

  /// Day and clock together.
  func moment(_ instant: Date) -> String {
    short(Day(inKoreaAt: instant)) + " " + clock(instant)
  }

  /// `20분`, `3시간`, `3시간 20분`.
  func time(_ minutes: Int) -> String {
    let (hours, rest) = (grouped(minutes / 60), String(minutes % 60))
    if minutes % 60 == 0 { return self("time.hours", ["hours": hours]) }
    return minutes < 60
      ? self("time.minutes", ["minutes": rest])
      : self("time.hours-minutes", ["hours": hours, "minutes": rest])
  }

  /// `30,000`.
  func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "−" : "") + String(text.reversed())
  }

  private func part(_ name: String, of day: Day) -> String? {
    switch name {
    case "year": String(day.year)
    case "month": String(day.month)
    case "day": String(day.day)
    case "month-name": self("date.month.\(day.month)")
    case "weekday": self("date.weekday.\(day.weekday)")
    default: nil
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
