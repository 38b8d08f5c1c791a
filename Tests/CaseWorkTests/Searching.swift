import CaseWork
import Testing

@Suite struct Searching {
  private static let names = [
    "박하린", "이도윤", "최서아", "정우진", "김라온", "한지유", "오태경", "윤소민", "강민재", "신예린", "배시온", "조은우",
  ]

  private func finds(_ query: String) -> [String] {
    Self.names.filter { name in
      SearchTerms.asked(by: query).isSubset(of: SearchTerms.kept(for: name))
        && SearchedName(query).isFound(in: name)
    }
  }

  @Test(arguments: [
    ("하린", ["박하린"]), ("ㅂㅎㄹ", ["박하린"]), ("박ㅎ", ["박하린"]), ("린", ["박하린", "신예린"]),
    ("ㅅ", ["최서아", "윤소민", "신예린", "배시온"]),
    ("박 하린", ["박하린"]), ("ㅇㄷ", ["이도윤"]), ("없음", []), ("리하", []),
  ])
  func `names are found by syllables, initials and both`(_ query: String, _ expected: [String]) {
    #expect(finds(query) == expected)
  }

  @Test func `every stretch of a name, in syllables or initials, finds it`() {
    for name in Self.names {
      let letters = Array(name)
      for start in letters.indices {
        for end in start..<letters.count {
          let part = String(letters[start...end])
          #expect(finds(part).contains(name))
          #expect(finds(Hangul.initials(of: part)).contains(name))
        }
      }
    }
  }

  @Test func `letters that were taken apart or joined by a keyboard are found as well`() {
    #expect(finds("\u{1112}\u{1161}\u{1105}\u{1175}\u{11AB}") == ["박하린"])
    #expect(SearchTerms.asked(by: "ㅄ") == SearchTerms.asked(by: "ㅂㅅ"))
    #expect(Hangul.initials(of: "박하린 2") == "ㅂㅎㄹ 2")
    #expect(SearchTerms.asked(by: " ").isEmpty)
  }
}
