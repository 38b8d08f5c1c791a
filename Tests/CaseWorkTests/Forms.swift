import CaseWork
import Testing

@Suite struct Forms {
  private static let form: Form = {
    func field(_ id: String, _ kind: Field.Kind, _ need: Field.Need = .optional) -> Field {
      Field(id: id, kind: kind, label: Words(ko: id, en: id), hint: nil, need: need)
    }
    let level = CodeList.Name(rawValue: "level")
    return Form(
      id: "plan", number: "F10", version: 1, title: Words(ko: "", en: ""), lead: nil,
      sections: [
        .init(
          id: "all", title: nil, hint: nil, isFolded: false,
          fields: [
            field("day", .day, .always), field("time", .time),
            field("level", .choice(level, style: .list), .finish),
            field("facts", .text), field("what", .line), field("minutes", .minutes), field("amount", .won),
            field("severity", .scale(0...4)), field("told", .flag), field("who", .staff),
            field(
              "goals",
              .group(
                [field("goal", .line, .always), field("m2", .line), field("m2-from", .number(0...99))], 1...2),
              .finish),
          ])
      ])
  }()

  private static let lists: [CodeList.Name: CodeList] = {
    let name = CodeList.Name(rawValue: "level")
    let old = CodeList.Code(value: "0", words: Words(ko: "", en: ""), validTo: World.day("2025-12-31"))
    return [name: CodeList(name: name, codes: [.init(value: "1", words: Words(ko: "관찰", en: "Watch")), old])]
  }()

  private func problems(_ values: [String: String], finishing: Bool = false) -> [String] {
    var all = values
    all["day"] = values["day"] ?? "2026-04-01"
    let answers = Answers(all.mapValues { [$0] })
    return Self.form.problems(
      in: answers, lists: Self.lists, on: World.day("2026-04-01"), finishing: finishing
    )
    .map { "\($0.field) \($0.code)" }
  }

  @Test func `each thing that is wrong is named at its field`() {
    #expect(problems(["day": "2026-02-30"]) == ["day not-a-day"])
    #expect(problems(["time": "25:00"]) == ["time not-a-time"])
    #expect(problems(["level": "9"]) == ["level unknown-code"])
    #expect(problems(["level": "0"]) == ["level code-ended"])
    #expect(problems(["minutes": "한 시간"]) == ["minutes not-a-number"])
    #expect(problems(["severity": "5"]) == ["severity out-of-range"])
    #expect(problems(["what": String(repeating: "가", count: 201)]) == ["what too-long"])
    #expect(problems(["facts": String(repeating: "가", count: 20_000)]) == [])
    #expect(problems(["facts": String(repeating: "가", count: 20_001)]) == ["facts too-long"])
    #expect(problems(["who": "me"]) == ["who not-an-id"])
    #expect(problems(["is-admin": "yes"]) == ["is-admin unknown-field"])
    #expect(problems(["goals.0.goal": "가", "goals.0.x": "나"]) == ["goals.0.x unknown-field"])
    #expect(problems(["goals.0.m2": "전혀"]) == ["goals.0.goal required"])
    #expect(
      problems(["goals.0.goal": "가", "goals.1.goal": "나", "goals.2.goal": "다"]) == ["goals too-many-rows"])
    #expect(problems(["goals.0.goal": "가", "goals.0.m2-from": "1.5"]) == ["goals.0.m2-from not-a-number"])
  }

  @Test func `a draft may lack what is needed only at the end`() {
    #expect(problems([:]) == [])
    #expect(problems([:], finishing: true) == ["level required", "goals required"])
    #expect(problems(["level": "1", "goals.0.goal": "아침"], finishing: true) == [])
  }

  // Made of a day and digits in a row; nobody's number.
  @Test(arguments: [
    "111111-1111111", "1111111111111", "번호는 111111 - 3222222 입니다", "11.11.11-4000000", "111111·5123456",
    "１１１１１１－１１１１１１１",
    "1 1 1 1 1 1 - 1 1 1 1 1 1 1", "(111111-8123456)", "11 11 11 1 111111",
  ])
  func `what looks like a registration number is refused`(_ text: String) {
    #expect(NationalID.isFound(in: text))
    #expect(problems(["facts": text]) == ["facts national-id"])
  }

  @Test(arguments: [
    "010-0000-1234", "2026-04-01 10:30", "결석 3일, 지각 12회", "2026-04-01~2026-05-01", "991399-1234567",
    "11111111111111",
    "010-0000-1213 010-0000-4567", "20260401 1234567", "111111-9111111", "26-014",
  ])
  func `telephone numbers, days and figures are not`(_ text: String) {
    #expect(!NationalID.isFound(in: text))
  }

  @Test func `what was typed is kept in one way`() {
    let typed = Answers([
      "day": [" 2026. 4. 1. "], "time": ["오후 2시 5분"], "minutes": ["４０분"], "amount": ["1,200,000원"],
      "told": ["on"],
      "what": ["\u{1112}\u{1161}\u{1102}\u{1161}\u{0007}\n둘 "], "facts": ["가\r\n나\u{202E}\u{0000} "],
      "goals.1.goal": ["가"], "goals.4.goal": ["나"], "goals.4.m2-from": ["３"], "goals.2.goal": ["  "],
    ])
    let normal = Self.form.normalized(typed)
    #expect(normal["day"] == "2026-04-01")
    #expect(normal["time"] == "14:05")
    #expect(normal["minutes"] == "40")
    #expect(normal["amount"] == "1200000")
    #expect(normal.flag("told"))
    #expect(normal["what"].map { Array($0.unicodeScalars) } == Array("하나 둘".unicodeScalars))
    #expect(normal["facts"] == "가\n나")
    #expect(
      normal.paths.filter { $0.hasPrefix("goals") } == ["goals.0.goal", "goals.1.goal", "goals.1.m2-from"])
    #expect(Self.form.normalized(normal) == normal)
  }
}
