internal import Foundation

/// What many people choose as a password, or what somebody who guesses tries first.
///
/// A password is taken apart: known words, rows of keys, three digits in a row and what is said twice count for nothing, for
/// lists hold them all; what is left of it must be long enough.
public struct WeakPasswords: Sendable {
  private let words: Set<String>
  private let lengths: ClosedRange<Int>
  private let rows: [String]

  /// So much must be left; a syllable of Hangul counts for two letters.
  private static let least = 5

  public init(words: some Sequence<String>, rows: some Sequence<String>) {
    self.words = Self.folded(words)
    lengths = Self.lengths(of: self.words)
    self.rows = rows.map { String(Self.plain($0)) }.flatMap { [$0, String($0.reversed())] }
  }

  /// - Parameter surroundings: what is known of whose password it is: names of the person, the school, the office.
  public func include(_ password: String, surroundings: [String] = []) -> Bool {
    let near = Self.folded(surroundings.flatMap(Self.parts))
    let known = words.union(near)
    let range = near.isEmpty ? lengths : Self.lengths(of: known)
    let typed = Self.plain(password)
    // A mark stands for a letter, or for nothing.
    let marks = typed.map { $0.isNumber ? $0 : Self.letters[$0] ?? $0 }
    let readings = [marks, typed].map { $0.filter { $0.isLetter || $0.isNumber } }
    return readings.contains { left(of: $0, known, range) < Self.least }
  }

  /// What no list holds of it.
  private func left(of text: [Character], _ known: Set<String>, _ range: ClosedRange<Int>) -> Int {
    var isKnown = [Bool](repeating: false, count: text.count)
    func mark(_ start: Int, _ length: Int) {
      for place in start..<start + length { isKnown[place] = true }
    }
    let read = text.map { Self.letters[$0] ?? $0 }
    for start in text.indices {
      for length in range where start + length <= text.count {
        if known.contains(String(read[start..<start + length])) { mark(start, length) }
      }
      let row = lengthOfRow(text[start...])
      if row >= 3 { mark(start, row) }
      let digits = text[start...].prefix { $0.isNumber }.count
      if digits >= 3 { mark(start, digits) }
    }
    for period in 1..<max(2, text.count / 2 + 1) {
      var run = 0
      for place in text.indices.dropFirst(period) {
        run = text[place] == text[place - period] ? run + 1 : 0
        let least = max(period, 2)
        if run == least { mark(place - run + 1, run) } else if run > least { isKnown[place] = true }
      }
    }
    return zip(text, isKnown).reduce(0) { $0 + ($1.1 ? 0 : $1.0.isASCII ? 1 : 2) }
  }

  private func lengthOfRow(_ text: ArraySlice<Character>) -> Int {
    var longest = 0
    for length in 3...max(3, min(40, text.count)) where length <= text.count {
      let piece = String(text.prefix(length))
      guard rows.contains(where: { $0.contains(piece) }) else { break }
      longest = length
    }
    return longest
  }
}

extension WeakPasswords {
  /// Digits and marks that are written in place of letters.
  private static let letters: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  private static func plain(_ text: String) -> [Character] {
    Array(text.precomposedStringWithCanonicalMapping.lowercased())
  }

  /// Words as they are looked for; those in Hangul also by the keys they are typed with.
  private static func folded(_ words: some Sequence<String>) -> Set<String> {
    words.reduce(into: []) { all, word in
      let letters = plain(word).filter { $0.isLetter || $0.isNumber }
      for form in [letters, letters.flatMap { Array($0.latinKeys) }] where form.count >= form.shortest {
        all.insert(String(form.map { Self.letters[$0] ?? $0 }))
      }
    }
  }

  private static func lengths(of words: Set<String>) -> ClosedRange<Int> {
    let counts = words.map(\.count)
    return (counts.min() ?? 1)...(counts.max() ?? 1)
  }

  /// A name, its words, and a name of three syllables without the first, which is the family's.
  private static func parts(of name: String) -> [String] {
    let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let given =
      words.count == 1 && name.count == 3 && name.allSatisfy { !$0.isASCII } ? [String(name.dropFirst())] : []
    return [name] + words + given
  }
}

extension [Character] {
  /// Shorter ones stand in everything by chance.
  fileprivate var shortest: Int { contains(where: \.isASCII) ? 3 : 2 }
}

extension Character {
  /// The keys of a Korean keyboard that make a syllable, as they read where Latin letters are switched on.
  fileprivate var latinKeys: String {
    guard let scalar = unicodeScalars.first?.value, 0xAC00...0xD7A3 ~= scalar else { return String(self) }
    let syllable = Int(scalar - 0xAC00)
    return Self.initials[syllable / 588] + Self.vowels[syllable % 588 / 28] + Self.finals[syllable % 28]
  }

  // In the order of the letters in Unicode; all small, for doubled ones need the shift key only.
  private static let initials = split("r r s e e f a q q t t d w w c z x v g")
  private static let vowels = split("k o i o j p u p h hk ho hl y n nj np nl b m ml l")
  private static let finals = [""] + split("r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g")

  private static func split(_ keys: String) -> [String] { keys.split(separator: " ").map(String.init) }
}

extension WeakPasswords {
  init(_ piece: Piece) {
    piece.allow("rows", "words", "leaked")
    let words = ["words", "leaked"].flatMap { piece.need($0)?.list.map(\.text) ?? [] }
    self.init(words: words, rows: piece.need("rows")?.list.map(\.text) ?? [])
  }
}
