public import Foundation

/// A civil day of the Gregorian calendar, without time or place: birthdays, visits, deadlines.
///
/// Written and stored as `2026-04-01`. "When did it happen" is a `Date`; "which day is it due" is a `Day`.
public struct Day: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01.
  public let ordinal: Int

  public init(ordinal: Int) {
    self.ordinal = ordinal
  }

  /// `nil` for a day that does not exist (2026-02-30) or a year outside 1–9999.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Day.length(of: month, in: year)).contains(day)
    else { return nil }
    // Days from civil, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    ordinal = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2026-04-01`, strictly.
  public init?(_ text: String) {
    self.init(utf8: text.utf8.span)
  }

  /// The same from bytes.
  public init?(utf8 bytes: Span<UInt8>) {
    guard bytes.count == 10 else { return nil }
    var (year, month, day) = (0, 0, 0)
    for place in 0..<10 {
      let byte = bytes[place]
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      let digit = Int(byte - 0x30)
      switch place {
      case ..<4: year = year * 10 + digit
      case ..<7: month = month * 10 + digit
      default: day = day * 10 + digit
      }
    }
    self.init(year, month, day)
  }

  /// Reads a day as people type it: `2026-04-01`, `2026. 4. 1.`, `2026/4/1`, `20260401`.
  public init?(typed text: String) {
    let digits = text.split { !("0"..."9").contains($0) }
    let numbers = digits.compactMap { Int($0) }
    if numbers.count == 3, digits[0].count == 4 {
      self.init(numbers[0], numbers[1], numbers[2])
    } else if digits.count == 1, digits[0].count == 8, let number = numbers.first {
      self.init(number / 10_000, number / 100 % 100, number % 100)
    } else {
      return nil
    }
  }

  /// The day it is in Korea at `instant`: UTC+9 the whole year.
  public init(inKoreaAt instant: Date) {
    ordinal = Int(((instant.timeIntervalSince1970 + 9 * 3600) / 86_400).rounded(.down))
  }

  /// The instant at which this day begins in Korea.
  public var startInKorea: Date {
    Date(timeIntervalSince1970: Double(ordinal) * 86_400 - 9 * 3600)
  }

  public var components: (year: Int, month: Int, day: Int) {
    let z = ordinal + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  public var year: Int { components.year }
  public var month: Int { components.month }
  public var day: Int { components.day }

  /// 0 is Sunday, 6 is Saturday.
  public var weekday: Int { ((ordinal + 4) % 7 + 7) % 7 }
  public var isWeekend: Bool { weekday == 0 || weekday == 6 }

  /// The Monday of this day's week.
  public var monday: Day { adding(days: -((weekday + 6) % 7)) }

  public func adding(days: Int) -> Day { Day(ordinal: ordinal + days) }

  /// The same day `months` later; the last of the month where that day does not exist.
  public func adding(months: Int) -> Day {
    let (year, month, day) = components
    let index = year * 12 + (month - 1) + months
    let (newYear, newMonth) = (index / 12, index % 12 + 1)
    let last = Day.length(of: newMonth, in: newYear)
    return Day(newYear, newMonth, min(day, last)) ?? self
  }

  /// Days from this day to `other`; negative when `other` is earlier.
  public func days(until other: Day) -> Int { other.ordinal - ordinal }

  /// Age in full years (만 나이) on `day`: one older from the birthday itself; 29 February counts on 1 March.
  public func age(on day: Day) -> Int {
    let (by, bm, bd) = components
    let (y, m, d) = day.components
    return y - by - ((m, d) < (bm, bd) ? 1 : 0)
  }

  public static func < (a: Day, b: Day) -> Bool { a.ordinal < b.ordinal }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: CustomStringConvertible {
  public var description: String {
    let (year, month, day) = components
    func digit(_ number: Int) -> UInt8 { UInt8(0x30 + number % 10) }
    let text = [
      digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), UInt8(ascii: "-"),
      digit(month / 10), digit(month), UInt8(ascii: "-"), digit(day / 10), digit(day),
    ]
    return String(decoding: text, as: UTF8.self)
  }
}

extension Day: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let day = Day(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a day"))
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
