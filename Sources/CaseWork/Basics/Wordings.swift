/// Every word the program says, by key, in both languages (`Practice/wordings/*.yaml`).
public struct Wordings: Hashable, Sendable {
  private struct Wording: Hashable {
    let korean: Template
    let english: Template

    func template(_ language: Language) -> Template {
      switch language {
      case .korean: korean
      case .english: english
      }
    }
  }

  private let texts: [String: Wording]

  public init(_ texts: [String: Words]) {
    self.texts = texts.mapValues { Wording(korean: Template($0.ko), english: Template($0.en)) }
  }

  public var keys: [String] { texts.keys.sorted() }

  public func has(_ key: String) -> Bool { texts[key] != nil }

  /// The words under `key`, with each `{name}` replaced; the key itself in brackets where there are none, which the
  /// crawler test finds.
  public func callAsFunction(_ key: String, _ language: Language, _ fill: [String: String] = [:]) -> String {
    guard let template = texts[key]?.template(language) else { return "[\(key)]" }
    return fill.isEmpty ? template.text : template.filled { fill[$0] }
  }

  /// The same with the fillings made only where they stand.
  public func callAsFunction(_ key: String, _ language: Language, filling: (String) -> String?) -> String {
    guard let template = texts[key]?.template(language) else { return "[\(key)]" }
    return template.filled(filling)
  }
}

/// A text with places to fill, taken apart once, because every line of every list is such a text.
private struct Template: Hashable, Sendable {
  struct Place: Hashable {
    let before: String
    let name: String
  }

  let text: String
  private let places: [Place]
  private let end: String

  init(_ text: String) {
    var places: [Place] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      places.append(
        Place(before: String(rest[..<open]), name: String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    self.text = text
    self.places = places
    end = String(rest)
  }

  /// A place that nothing fills stays as it stands.
  func filled(_ fill: (String) -> String?) -> String {
    guard !places.isEmpty else { return text }
    var result = ""
    for place in places {
      result += place.before
      result += fill(place.name) ?? "{\(place.name)}"
    }
    result += end
    return result
  }
}
