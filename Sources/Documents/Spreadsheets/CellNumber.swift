import CaseWork
import Foundation

/// A number of a cell as its reader would write it: no scientific notation, no noise of binary fractions, days as days.
enum CellNumber {
  static func text(_ raw: String, shown: CellStyles.Shown, countsFrom1904: Bool) -> String {
    guard let number = Double(raw), number.isFinite else { return raw }
    return switch shown {
    case .day: day(number, countsFrom1904: countsFrom1904) ?? plain(number)
    case .time: time(number)
    case .padded(let digits): padded(plain(number), to: digits)
    case .number: plain(number)
    }
  }

  /// Fifteen significant digits, as the programs themselves show.
  static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    let rounded = String(format: "%.15g", number)
    guard rounded.contains("e"), let decimal = Decimal(string: rounded) else { return rounded }
    return "\(decimal)"
  }

  /// Day 1 is 1900-01-01, and day 60 is the 29 February 1900 that never was.
  private static func day(_ number: Double, countsFrom1904: Bool) -> String? {
    guard (0..<2_958_466).contains(number) else { return nil }
    guard number >= 1 || countsFrom1904 else { return time(number) }
    let minutes = Int((number * 1440).rounded())
    let serial = minutes / 1440
    guard countsFrom1904 || serial != 60 else { return nil }
    let first = countsFrom1904 ? Day(1904, 1, 1) : Day(1899, 12, serial < 60 ? 31 : 30)
    guard let day = first?.adding(days: serial) else { return nil }
    let rest = minutes % 1440
    return rest == 0 ? day.description : "\(day) \(clock(rest))"
  }

  private static func time(_ number: Double) -> String {
    clock(Int((abs(number) * 1440).rounded().truncatingRemainder(dividingBy: 1440)))
  }

  private static func clock(_ minutes: Int) -> String {
    padded(String(minutes / 60), to: 2) + ":" + padded(String(minutes % 60), to: 2)
  }

  private static func padded(_ text: String, to digits: Int) -> String {
    String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
