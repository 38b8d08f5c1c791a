/// How often something happens, as far as the words of a plan tell: 주 2회, 격주, 매일, weekly.
public struct Rhythm: Hashable, Sendable {
  /// Times in four weeks.
  public let inFourWeeks: Int

  /// `nil` for words that tell of no rhythm, such as 여섯 번 or 필요할 때.
  public init?(_ words: String) {
    let text = words.lowercased().filter { !$0.isWhitespace }
    if text.contains("매일") || text.contains("daily") {
      inFourWeeks = 20
    } else if text.contains("격주") || text.hasPrefix("2주") || text.contains("biweekly") {
      inFourWeeks = 2 * (Self.number(in: text, behind: ["2주", "격주"]) ?? 1)
    } else if text.hasPrefix("주"), let times = Self.number(in: text, behind: ["주"]) {
      inFourWeeks = 4 * times
    } else if text.hasPrefix("월"), let times = Self.number(in: text, behind: ["월"]) {
      inFourWeeks = times
    } else if text.contains("weekly") {
      inFourWeeks = 4
    } else if text.contains("monthly") {
      inFourWeeks = 1
    } else {
      return nil
    }
  }

  /// The digits right behind one of some words.
  private static func number(in text: String, behind words: [String]) -> Int? {
    for word in words {
      guard let range = text.firstRange(of: word) else { continue }
      let digits = text[range.upperBound...].prefix { ("0"..."9").contains($0) }
      if let number = Int(digits), (1...99).contains(number) { return number }
    }
    return nil
  }
}
