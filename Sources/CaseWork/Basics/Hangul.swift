import Foundation

/// What Korean letters are made of, as far as searching needs it.
public enum Hangul {
  /// The 19 initial consonants in the order of Unicode.
  private static let initials: [Character] = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")

  /// What an input method makes of two initials typed one after the other.
  private static let clusters: [Character: String] = [
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
  ]

  private static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

  /// The initial consonant of a syllable: ㅂ of 박; `nil` for anything else.
  public static func initial(of character: Character) -> Character? {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
    if syllables.contains(scalar.value) { return initials[Int(scalar.value - 0xAC00) / 588] }
    if (0x1100...0x1112).contains(scalar.value) { return initials[Int(scalar.value - 0x1100)] }
    return nil
  }

  /// ㅂㅎㄹ of 박하린; what is no syllable stays.
  public static func initials(of text: String) -> String {
    String(text.precomposedStringWithCanonicalMapping.map { initial(of: $0) ?? $0 })
  }

  public static func isInitial(_ character: Character) -> Bool { initials.contains(character) }

  /// A name as it is compared: composed, lower case, without spaces; joined initials taken apart.
  static func folded(_ text: String) -> [Character] {
    // Nearly every name is syllables and nothing else, which stay as they are.
    if text.unicodeScalars.allSatisfy({ syllables.contains($0.value) }) {
      return text.unicodeScalars.map { Character($0) }
    }
    let plain = Text.withPlainDigits(text.precomposedStringWithCanonicalMapping).lowercased()
    return plain.filter { $0.isLetter || $0.isNumber }.flatMap { character -> [Character] in
      if let cluster = clusters[character] { return Array(cluster) }
      let isConjoining = character.unicodeScalars.first.map { (0x1100...0x1112).contains($0.value) } ?? false
      return [isConjoining ? initial(of: character) ?? character : character]
    }
  }
}

/// The terms under which a name is found without being readable: what is kept (as keyed tokens), and what a query asks for.
///
/// Two neighbouring letters (`n박하`), single letters (`u박`), and the same of the initials (`iㅂㅎ`, `vㅂ`): so 하린,
/// ㅂㅎㄹ and 박ㅎ all find 박하린 on both engines. A hit is confirmed on the opened name by `SearchedName`.
public enum SearchTerms {
  /// Every term of a name or number.
  public static func kept(for text: String) -> Set<String> {
    let letters = Hangul.folded(text)
    let initials = letters.map { Hangul.initial(of: $0) ?? $0 }
    return pairs(letters, "n").union(letters.map { "u\($0)" }).union(pairs(initials, "i"))
      .union(initials.map { "v\($0)" })
  }

  /// Every term that must be there for a query to match; none for an empty query.
  public static func asked(by query: String) -> Set<String> {
    let letters = Hangul.folded(query)
    guard letters.count > 1 else {
      return Set(letters.map { Hangul.isInitial($0) ? "v\($0)" : "u\($0)" })
    }
    let terms = zip(letters, letters.dropFirst()).map { first, second in
      guard Hangul.isInitial(first) || Hangul.isInitial(second) else { return "n\(first)\(second)" }
      return "i\(Hangul.initial(of: first) ?? first)\(Hangul.initial(of: second) ?? second)"
    }
    // A syllable next to an initial would else be asked for by its initial only.
    return Set(terms).union(letters.filter { !Hangul.isInitial($0) }.map { "u\($0)" })
  }

  private static func pairs(_ letters: [Character], _ kind: String) -> Set<String> {
    Set(zip(letters, letters.dropFirst()).map { "\(kind)\($0)\($1)" })
  }
}

/// A query as it is looked for in one name after the other.
public struct SearchedName: Sendable {
  private let wanted: [Character]

  public init(_ query: String) {
    wanted = Hangul.folded(query)
  }

  /// Whether it is found in the name, letter by letter; an initial stands for every syllable that begins with it.
  public func isFound(in name: String) -> Bool {
    let letters = Hangul.folded(name)
    guard !wanted.isEmpty, wanted.count <= letters.count else { return wanted.isEmpty }
    return (0...(letters.count - wanted.count)).contains { start in
      zip(wanted, letters[start...]).allSatisfy {
        $0 == $1 || (Hangul.isInitial($0) && Hangul.initial(of: $1) == $0)
      }
    }
  }
}
