import CaseWork
import Foundation

/// A value as a field of the standard may hold it, or that it is none.
enum FieldValue: Equatable {
  case same(DirectoryEntry.Value)
  /// The same meaning in the standard's writing.
  case corrected(DirectoryEntry.Value)
  case none

  init(_ value: DirectoryEntry.Value, as type: DirectoryEntry.FieldType) {
    switch (value, type) {
    case (.number, .number): self = .same(value)
    case (.number(let number), _): self = .init(.text(DirectoryEntry.written(number)), as: type)
    case (.text(let given), .number):
      let number = Double(given.trimmed)
      self = number.map { $0.isFinite ? .same(.number($0)) : .none } ?? .none
    case (.text(let given), _):
      let text = given.withoutControls
      let read = Self.text(text, as: type)
      self =
        switch read {
        case nil: .none
        case given?: .same(.text(given))
        case let other?: .corrected(.text(other))
        }
    }
  }

  private static func text(_ text: String, as type: DirectoryEntry.FieldType) -> String? {
    switch type {
    case .text, .number: text.isEmpty ? nil : text
    case .uuid: UUID(uuidString: text)?.uuidString.lowercased()
    case .uri: uri(text.trimmed)
    case .email: email(text.trimmed)
    case .day: (Day(typed: text.trimmed) ?? Day(String(text.trimmed.prefix(10)))).map(\.description)
    case .instant: instant(text.trimmed)
    case .oneOf(let words): words.first { $0.lowercased() == text.trimmed.lowercased() }
    }
  }

  /// As RFC 3986 writes it: what lies outside ASCII, and spaces, percent-encoded; a host alone gets a scheme. None where
  /// it would run a program on the page that shows it.
  private static func uri(_ text: String) -> String? {
    let looksLikeHost = text.wholeMatch(of: /[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([\/?#].*)?/) != nil
    let whole = looksLikeHost ? "https://" + text : text
    guard whole.wholeMatch(of: /[A-Za-z][A-Za-z0-9+.-]*:[^\t\n\r]+/) != nil,
      !["javascript:", "vbscript:", "data:"].contains(where: whole.lowercased().hasPrefix)
    else { return nil }
    var written = ""
    for byte in whole.utf8 {
      if byte > 0x7F || byte == 0x20 {
        written += "%" + String(byte >> 4, radix: 16, uppercase: true)
        written += String(byte & 15, radix: 16, uppercase: true)
      } else if byte > 0x20, byte < 0x7F, !Data("\"<>\\^`{|}".utf8).contains(byte) {
        written.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        return nil
      }
    }
    let rest = written[(written.firstIndex(of: ":") ?? written.startIndex)...].dropFirst()
    let pattern =
      /(\/\/([^\/?#\[\]@]*@)?(\[[0-9A-Fa-f:.]+\]|[^\/?#\[\]@:]*)(:[0-9]*)?)?[^?#\[\]]*(\?[^#\[\]]*)?(#[^#\[\]]*)?/
    let isEncoded = rest.matches(of: /%/).count == rest.matches(of: /%[0-9A-Fa-f]{2}/).count
    guard isEncoded, rest != "//", rest.wholeMatch(of: pattern) != nil else { return nil }
    return written
  }

  private static func email(_ text: String) -> String? {
    let bare = text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
    return bare.wholeMatch(of: /[^\s@,;:<>()"\\\[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/) == nil ? nil : bare
  }

  /// As RFC 3339 writes it; a day alone and a time without a zone are UTC, as the standard has it.
  private static func instant(_ text: String) -> String? {
    if let day = Day(text) { return "\(day)T00:00:00Z" }
    let pattern =
      /([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(:([0-9]{2})(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?/
    guard let match = text.wholeMatch(of: pattern), let day = Day(String(match.1)),
      let hour = Int(match.2), hour < 24, let minute = Int(match.3), minute < 60,
      let second = Int(match.5 ?? "0"), second < 60
    else { return nil }
    var zone = match.7.map(String.init)?.uppercased() ?? "Z"
    if zone.count == 5 { zone.insert(":", at: zone.index(zone.startIndex, offsetBy: 3)) }
    guard zone == "Z" || (Int(zone.dropFirst().prefix(2)) ?? 99) < 24 && (Int(zone.suffix(2)) ?? 99) < 60
    else {
      return nil
    }
    return "\(day)T\(match.2):\(match.3)" + (match.4.map(String.init) ?? ":00") + zone
  }
}

extension String {
  /// Without control characters and the private ones, which no table carries and one of the stores refuses.
  var withoutControls: String {
    func isForeign(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: false
      case 0..<0x20, 0x7F..<0xA0, 0xE000...0xF8FF: true
      default: false
      }
    }
    guard unicodeScalars.contains(where: isForeign) else { return self }
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: unicodeScalars.lazy.filter { !isForeign($0) })
    return String(kept)
  }
}
