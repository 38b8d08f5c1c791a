internal import CaseWork

extension Wordings {
  /// Every file of `wordings/`: `key: [Korean, English]`.
  static func read(from files: PracticeFiles) -> Wordings {
    var texts: [String: Words] = [:]
    for (_, file) in files.pieces(in: "wordings") {
      for (key, piece) in file.parts {
        let pair = piece.list.map(\.text)
        guard pair.count == 2, pair.allSatisfy({ !$0.isEmpty }) else {
          piece.problem("“\(key)” needs its words in Korean and English")
          continue
        }
        if texts[key] != nil { piece.problem("“\(key)” is there twice") }
        // Dates are put together from different parts in each language.
        if !key.hasPrefix("date."), Set(places(in: pair[0])) != Set(places(in: pair[1])) {
          piece.problem("“\(key)” fills in different places in the two languages")
        }
        texts[key] = Words(ko: pair[0], en: pair[1])
      }
    }
    return Wordings(texts)
  }

  /// `{detail}`
  private static func places(in text: String) -> [Substring] { text.matches(of: /\{[a-z-]+\}/).map(\.output) }
}
