import Foundation

extension Form {
  /// `answers` as they are kept: composed Hangul (NFC), no control characters, trimmed; days as ISO, times as `HH:MM`,
  /// numbers as plain digits, also when typed full-width or with commas; rows that are empty gone, the others numbered
  /// from 0. What cannot be read stays as typed, so that `problems` can name it.
  public func normalized(_ answers: Answers) -> Answers {
    var result = answers
    for path in answers.paths where !path.contains(".") {
      let kind = fields.first { $0.id == path }?.kind ?? .line
      result[all: path] = Form.normalized(answers[all: path], kind)
    }
    for field in fields {
      guard case .group(let inner, _) = field.kind else { continue }
      let rows = answers.rows(field.id).map { row in
        Answers(
          Dictionary(
            uniqueKeysWithValues: row.paths.map { path in
              (path, Form.normalized(row[all: path], inner.first { $0.id == path }?.kind ?? .line))
            }))
      }
      result = result.replacing(field.id, with: rows.filter { !$0.isEmpty })
    }
    return result
  }

  private static func normalized(_ texts: [String], _ kind: Field.Kind) -> [String] {
    var seen: Set<String> = []
    return texts.map { normalized($0, kind) }.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private static func normalized(_ text: String, _ kind: Field.Kind) -> String {
    switch kind {
    case .text, .quote: return Text.cleaned(text, keepingLines: true)
    case .line, .choice, .choices, .staff, .resource, .relative, .informal, .group:
      return Text.cleaned(text, keepingLines: false)
    case .scale, .number, .minutes, .won, .goals: return number(Text.cleaned(text, keepingLines: false))
    case .day:
      let typed = Text.withPlainDigits(Text.cleaned(text, keepingLines: false))
      return Day(typed: typed)?.description ?? typed
    case .time: return time(typed: Text.withPlainDigits(Text.cleaned(text, keepingLines: false)))
    case .flag:
      return ["yes", "on", "true", "1"].contains(Text.cleaned(text, keepingLines: false)) ? "yes" : ""
    }
  }

  private static func number(_ text: String) -> String {
    let plain = Text.withPlainDigits(text).filter { $0 != "," && $0 != " " }.replacing("−", with: "-")
    let bare = plain.hasSuffix("원") || plain.hasSuffix("분") ? String(plain.dropLast()) : plain
    return Int(bare).map(String.init) ?? plain
  }

  /// `9:5`, `930`, `14시 30분`, `오후 2시` as `HH:MM`.
  private static func time(typed text: String) -> String {
    let digits = text.split { !("0"..."9").contains($0) }
    var hour: Int?
    var minute: Int? = 0
    switch (digits.count, digits.first?.count) {
    case (2, _): (hour, minute) = (Int(digits[0]), Int(digits[1]))
    case (1, 3), (1, 4): (hour, minute) = (Int(digits[0].dropLast(2)), Int(digits[0].suffix(2)))
    case (1, _): hour = Int(digits[0])
    default: break
    }
    guard var h = hour, let m = minute, (0...23).contains(h), (0...59).contains(m) else { return text }
    let isAfternoon = text.contains("오후") || text.lowercased().contains("pm")
    if isAfternoon, h < 12 { h += 12 }
    if text.contains("오전"), h == 12 { h = 0 }
    return (h < 10 ? "0" : "") + String(h) + (m < 10 ? ":0" : ":") + String(m)
  }
}
