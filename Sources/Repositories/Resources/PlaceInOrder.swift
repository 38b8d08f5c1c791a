/// Where an offer stands in the order of the alphabet: digits and small letters that sort as the names do.
///
/// Between any two there is room for another, so that what comes in moves nobody else. The first seven are a whole number
/// to base 36; what comes behind them is like the digits behind a point.
enum PlaceInOrder {
  private static let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz")
  private static let base = letters.count
  private static let width = 7
  private static let first = "5000000"
  /// How far what comes first or last stands from its neighbour, of more than seventy thousand million.
  private static let step = 36 * 36 * 36
  /// A new place takes one part in so many of what is free.
  private static let room = 16

  /// - Parameters:
  ///   - before: the place right before it; `nil` where it comes first.
  ///   - after: the place right after it, greater than `before`; `nil` where it comes last.
  static func between(_ before: String?, _ after: String?) -> String {
    guard before != nil || after != nil else { return first }
    let (low, high) = (digits(before ?? ""), after.map(digits) ?? [base])
    if before == nil || after == nil {
      let (from, to) = (value(low, 0, width), value(high, 0, width))
      let whole = before == nil ? to - step : from + step
      if whole > from, whole < to { return text(whole, width) }
    }
    return within(low, high)
  }

  /// As few digits as leave some room on both sides, from the first that differs on.
  private static func within(_ low: [Int], _ high: [Int]) -> String {
    var start = 0
    while start < max(low.count, high.count), digit(low, start) == digit(high, start) { start += 1 }
    // Of two that are one there is nothing in between; such are not given.
    guard start < max(low.count, high.count) else { return String(low.map { letters[$0] }) + "8" }
    // Right beside one another there: behind the lower one's digit anything is still below the higher.
    let isBeside = digit(high, start) - digit(low, start) == 1
    if isBeside {
      start += 1
      while digit(low, start) == base - 1 { start += 1 }
    }
    var (length, from, to) = (0, 0, isBeside ? 1 : 0)
    repeat {
      from = from * base + digit(low, start + length)
      to = to * base + (isBeside ? 0 : digit(high, start + length))
      length += 1
    } while to - from < room
    // What comes in an order comes beside the one that came last, which has the longer place.
    let part = (to - from) / room
    let same = (0..<start).map { String(letters[digit(low, $0)]) }.joined()
    return same + text(low.count >= high.count ? from + part : to - part, length)
  }

  private static func digits(_ place: String) -> [Int] {
    place.map { letters.firstIndex(of: $0) ?? 0 }
  }

  private static func digit(_ digits: [Int], _ place: Int) -> Int {
    place < digits.count ? digits[place] : 0
  }

  private static func value(_ digits: [Int], _ start: Int, _ length: Int) -> Int {
    (start..<start + length).reduce(0) { $0 * base + digit(digits, $1) }
  }

  private static func text(_ value: Int, _ length: Int) -> String {
    var (text, rest) = ("", value)
    for _ in 0..<length {
      text = String(letters[rest % base]) + text
      rest /= base
    }
    return text
  }
}
