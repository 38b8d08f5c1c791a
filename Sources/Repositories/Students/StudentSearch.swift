internal import CaseWork

/// The terms under which a student is found: the name's, its beginning, and the whole number.
enum StudentSearch {
  static let purpose = "search"

  static func terms(kept profile: Student.Profile) -> Set<String> {
    var terms = SearchTerms.kept(for: profile.name)
    if let first = letters(profile.name).first {
      terms.insert("p\(first)")
      terms.insert("q\(Hangul.initials(of: String(first)))")
    }
    terms.insert(number(profile.number))
    return terms
  }

  /// A single letter asks for the beginning of the name: nobody looks for every name with 이 in it.
  static func terms(asked query: String) -> Set<String> {
    let letters = letters(query)
    guard letters.count == 1, let only = letters.first else { return SearchTerms.asked(by: query) }
    return [Hangul.isInitial(only) ? "q\(only)" : "p\(only)"]
  }

  static func number(_ text: String) -> String { "#" + letters(text) }

  static func letters(_ text: String) -> String {
    Text.withPlainDigits(Text.cleaned(text, keepingLines: false)).lowercased().filter {
      $0.isLetter || $0.isNumber
    }
  }

  /// Says of a name whether the query is found in it: its beginning, where one letter is asked for.
  static func confirming(_ query: String) -> (String) -> Bool {
    let wanted = letters(query)
    if wanted.count == 1 {
      return { name in
        let first = String(letters(name).prefix(1))
        return first == wanted || Hangul.initials(of: first) == wanted
      }
    }
    return SearchedName(query).isFound
  }
}
