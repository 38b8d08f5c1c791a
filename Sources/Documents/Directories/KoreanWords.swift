import CaseWork
import Foundation

/// Words of Korean lists that the standard writes in codes.
enum KoreanWords {
  static let statuses: [String: String] = [
    "운영": "active", "운영중": "active", "운영 중": "active", "정상": "active", "이용가능": "active",
    "중단": "temporarily closed", "휴관": "temporarily closed", "휴원": "temporarily closed",
    "일시중단": "temporarily closed", "일시 중단": "temporarily closed", "휴업": "temporarily closed",
    "종료": "inactive", "마감": "inactive", "미운영": "inactive", "폐지": "defunct", "폐업": "defunct",
    "폐관": "defunct", "폐쇄": "defunct",
  ]

  /// ISO 639.
  static let languages: [String: String] = [
    "한국어": "ko", "영어": "en", "중국어": "zh", "베트남어": "vi", "일본어": "ja", "러시아어": "ru", "몽골어": "mn",
    "태국어": "th", "타갈로그어": "tl", "필리핀어": "fil", "캄보디아어": "km", "크메르어": "km", "우즈베크어": "uz",
    "우즈베키스탄어": "uz", "네팔어": "ne", "인도네시아어": "id", "미얀마어": "my", "스페인어": "es", "프랑스어": "fr",
    "독일어": "de", "아랍어": "ar", "한국수어": "kvk", "한국수화": "kvk", "수어": "kvk", "수화": "kvk",
  ]

  /// Opening hours as rules of the standard, one for each `평일 09:00~18:00` of the text; what is read in no such way
  /// stays words alone.
  static func hours(_ text: String) -> [[String: DirectoryEntry.Value]] {
    let pattern = /([0-9]{1,2})(?::([0-9]{2})|시)?\s*[~∼\-–]\s*([0-9]{1,2})(?::([0-9]{2})|시)?/
    let pieces = text.split { ",;/\n".contains($0) }.map { String($0).trimmed }
    var rules: [[String: DirectoryEntry.Value]] = []
    for piece in pieces {
      guard let match = piece.firstMatch(of: pattern), match.range.upperBound == piece.endIndex,
        let days = days(String(piece[..<match.range.lowerBound]).trimmed),
        let opens = time(match.1, match.2), let closes = time(match.3, match.4)
      else { return [["description": .text(text)]] }
      rules.append([
        "freq": .text("WEEKLY"), "byday": .text(days), "opens_at": .text(opens), "closes_at": .text(closes),
        "timezone": .number(9), "description": .text(text),
      ])
    }
    return rules.isEmpty ? [["description": .text(text)]] : rules
  }

  private static func time(_ hour: Substring, _ minute: Substring?) -> String? {
    guard let hours = Int(hour), hours <= 24, let minutes = Int(minute ?? "0"), minutes < 60 else {
      return nil
    }
    return (hours < 10 ? "0" : "") + "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
  }

  /// `평일`, `매일`, `주말`, `월~금`, `월·수·금`, `토요일` as iCalendar writes days.
  private static func days(_ text: String) -> String? {
    let all = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    let names = Array("월화수목금토일")
    switch text {
    case "평일": return all.prefix(5).joined(separator: ",")
    case "매일": return all.joined(separator: ",")
    case "주말": return "SA,SU"
    default: break
    }
    let bare = text.replacing("요일", with: "").filter { !$0.isWhitespace }
    if let range = bare.wholeMatch(of: /([월화수목금토일])[~∼\-–]([월화수목금토일])/),
      let first = names.firstIndex(of: Character(String(range.1))),
      let last = names.firstIndex(of: Character(String(range.2))), first <= last
    {
      return all[first...last].joined(separator: ",")
    }
    guard bare.wholeMatch(of: /[월화수목금토일](·?[월화수목금토일])*/) != nil else { return nil }
    return bare.compactMap { names.firstIndex(of: $0) }.map { all[$0] }.joined(separator: ",")
  }
}

extension String {
  /// With Hangul in syllables, as nearly everyone types it; some systems write its letters one by one.
  var precomposed: String { precomposedStringWithCanonicalMapping }
}
