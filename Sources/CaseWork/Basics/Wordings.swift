/// Every word the program says, by key, in both languages (`Practice/wordings/*.yaml`).
public struct Wordings: Hashable, Sendable {
  private let texts: [String: Words]

  public init(_ texts: [String: Words]) {
    self.texts = texts
  }

  public var keys: [String] { texts.keys.sorted() }

  public func has(_ key: String) -> Bool { texts[key] != nil }

  /// The words under `key`, with each `{name}` replaced; the key itself in brackets where there are none, which the
  /// crawler test finds.
  public func callAsFunction(_ key: String, _ language: Language, _ fill: [String: String] = [:]) -> String {
    guard let words = texts[key] else { return "[\(key)]" }
    let text = words(language)
    return fill.isEmpty ? text : Wordings.filled(text) { fill[$0] }
  }

  /// The same with the fillings made only where they stand.
  public func callAsFunction(_ key: String, _ language: Language, filling: (String) -> String?) -> String {
    guard let words = texts[key] else { return "[\(key)]" }
    return Wordings.filled(words(language), filling)
  }

  /// Byte by byte and once through, because every line of every list is such a text.
  private static func filled(_ text: String, _ fill: (String) -> String?) -> String {
    let bytes = text.utf8
    guard bytes.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    var rest = bytes.startIndex
    while let open = bytes[rest...].firstIndex(of: UInt8(ascii: "{")),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      let after = bytes.index(after: close)
      result += text[rest..<open]
      let name = text[bytes.index(after: open)..<close]
      result += fill(String(name)) ?? String(text[open..<after])
      rest = after
    }
    result += text[rest...]
    return result
  }
}
