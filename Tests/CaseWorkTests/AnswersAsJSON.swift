import CaseWork
import Foundation
import Testing

@Suite struct `Answers as JSON` {
  @Test func `are read as a decoder for all JSON reads them`() throws {
    var chance = SystemRandomNumberGenerator()
    let letters = [
      "가", "힣", "a", "\"", "\\", "/", "\n", "\t", "\r", "\u{8}", "\u{c}", "\u{1}", "😀", "é", "{", "}", ",",
      " ",
    ]
    func text() -> String {
      (0..<Int.random(in: 1...12, using: &chance)).map { _ in letters.randomElement(using: &chance) ?? "" }
        .joined()
    }
    let formats: [JSONEncoder.OutputFormatting] = [
      [], [.sortedKeys, .withoutEscapingSlashes], [.prettyPrinted, .sortedKeys],
    ]
    for round in 0..<600 {
      let values = Dictionary(
        (0..<Int.random(in: 0...6, using: &chance)).map { _ in
          (text(), (0..<Int.random(in: 1...3, using: &chance)).map { _ in text() })
        }, uniquingKeysWith: { first, _ in first })
      let encoder = JSONEncoder()
      encoder.outputFormatting = formats[round % formats.count]
      let bytes = try Array(encoder.encode(Answers(values)))
      let read = Answers(json: bytes)
      #expect(read == (try JSONDecoder().decode(Answers.self, from: Data(bytes))), "\(values)")
    }
  }

  @Test(arguments: [
    #"{"a":["\u00e9\ud83d\ude00\/"]}"#, #" { "a" : [ "b" , "c" ] } "#, "{}", #"{"a":[]}"#,
  ])
  func `may be written in any way that JSON allows`(_ json: String) throws {
    let bytes = Array(json.utf8)
    #expect(
      Answers(json: bytes) == Answers(try JSONDecoder().decode([String: [String]].self, from: Data(bytes))))
  }

  @Test(arguments: [
    "", "[]", "{", #"{"a"}"#, #"{"a":"b"}"#, #"{"a":[1]}"#, #"{"a":["b"]"#, #"{"a":["b"]}x"#,
    #"{"a":["b",]}"#,
    #"{"a":["\x"]}"#, #"{"a":["\u12"]}"#, #"{"a":["\ud800"]}"#, #"{"a":["\ud800\u0041"]}"#, #"{"a":["b]}"#,
    #"{"a":["b"],}"#, #"{"a":[null]}"#,
  ])
  func `that are anything else are not read`(_ json: String) {
    #expect(Answers(json: Array(json.utf8)) == nil)
  }

  @Test func `with bytes that are no text are not read`() {
    #expect(Answers(json: Array(#"{"a":[""#.utf8) + [0xC3, 0x28] + Array(#""]}"#.utf8)) == nil)
    #expect(Answers(json: Array(#"{"a":["\n"#.utf8) + [0xFF] + Array(#""]}"#.utf8)) == nil)
  }
}

@Suite struct `Ids and days as text` {
  @Test func `are written and read as Foundation does`() {
    for _ in 0..<2000 {
      let value = UUID()
      let id = ID<Answers>(value)
      #expect(id.description == value.uuidString.lowercased())
      #expect(ID<Answers>(value.uuidString)?.value == value)
      #expect(ID<Answers>(id.description) == id)
    }
  }

  @Test func `sort as their texts do`() {
    let ids = (0..<500).map { _ in ID<Answers>(UUID()) }
    #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
  }

  @Test(arguments: [
    "", "0197", "0197f0d0-0000-7000-8000-00000000000", "0197f0d0-0000-7000-8000-0000000000000",
    "0197f0d0x0000-7000-8000-000000000000", "0197f0d0-0000-7000-8000-00000000000g",
    "{197f0d0-0000-7000-8000-000000000000",
    "0197f0d000000-7000-8000-000000000000", "가197f0d0-0000-7000-8000-00000000",
  ])
  func `are refused where they are none`(_ text: String) {
    #expect(ID<Answers>(text) == nil)
  }

  @Test func `of every day of some years come back`() {
    for ordinal in stride(from: -3000, to: 60_000, by: 7) {
      let day = Day(ordinal: ordinal)
      #expect(Day(day.description) == day)
      #expect(day.description.count == 10)
    }
    for text in [
      "2026-4-01", "2026-04-31", "20260401", "2026-04-0１", "2026/04/01", "2026-04-011", "+026-04-01",
    ] {
      #expect(Day(text) == nil, "\(text)")
    }
    #expect(Day(9, 1, 2)?.description == "0009-01-02")
  }
}
