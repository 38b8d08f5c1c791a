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
    var text = words(language)
    for (name, value) in fill { text = text.replacing("{\(name)}", with: value) }
    return text
  }
}
