import CaseWork
import Testing

@Suite struct Merging {
  private func answers(_ values: [String: String]) -> Answers { Answers(values.mapValues { [$0] }) }

  private func steps(_ steps: [String]) -> Answers {
    answers(Dictionary(uniqueKeysWithValues: steps.enumerated().map { ("crisis.\($0).step", $1) }))
  }

  @Test func `what only one side changed goes together by itself`() {
    let base = answers(["facts": "등교", "next": "전화"])
    let merge = Merge(
      base: base, mine: answers(["facts": "등교함", "next": "전화"]),
      theirs: answers(["facts": "등교", "judgement": "안정"]))
    #expect(merge.isClean)
    #expect(merge.merged == answers(["facts": "등교함", "judgement": "안정"]))
    #expect(merge.taken == ["judgement", "next"])
  }

  @Test func `what both changed is a clash that shows all three`() throws {
    let merge = Merge(
      base: answers(["facts": "가"]), mine: answers(["facts": "나"]), theirs: answers(["facts": "다"]))
    let clash = try #require(merge.clashes.first)
    #expect((clash.path, clash.base, clash.mine, clash.theirs) == ("facts", ["가"], ["나"], ["다"]))
    #expect(merge.merged["facts"] == "나")
  }

  @Test
  func `rows added by both stay, a removed row goes, a row removed here and rewritten there is asked about`()
  {
    let base = steps(["하나", "둘", "셋"])
    let both = Merge(base: base, mine: steps(["하나", "둘", "셋", "넷"]), theirs: steps(["영", "하나", "둘", "셋"]))
    #expect(both.merged == steps(["영", "하나", "둘", "셋", "넷"]))
    let gone = Merge(base: base, mine: steps(["하나", "셋"]), theirs: base)
    #expect(gone.merged == steps(["하나", "셋"]))
    let asked = Merge(base: base, mine: steps(["하나", "셋"]), theirs: steps(["하나", "둘 다시", "셋"]))
    #expect(asked.clashes.map(\.path) == ["crisis.1.step"])
    #expect(asked.merged == steps(["하나", "둘 다시", "셋"]))
  }

  @Test func `choices are merged one by one where the form says that several may be chosen`() {
    let field = Field(
      id: "adjustments", kind: .choices(.init(rawValue: "adjustment"), style: .list),
      label: Words(ko: "조정", en: ""),
      hint: nil, need: .optional)
    let form = Form(
      id: "monitoring", number: "F13", version: 1, title: Words(ko: "점검", en: ""), lead: nil,
      sections: [.init(id: "a", title: nil, hint: nil, isFolded: false, fields: [field])])
    let merge = Merge(
      base: Answers(["adjustments": ["AJ1", "AJ2"]]), mine: Answers(["adjustments": ["AJ2", "AJ4"]]),
      theirs: Answers(["adjustments": ["AJ1", "AJ2", "AJ5"]]), form: form)
    #expect(merge.isClean)
    #expect(merge.merged[all: "adjustments"] == ["AJ2", "AJ4", "AJ5"])
  }

  @Test func `no text that either side typed is lost`() {
    var seed: UInt64 = 7
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    func edited(_ rows: [Answers], _ side: String) -> [Answers] {
      var rows = rows
      for turn in 0..<random(4) {
        switch random(3) {
        case 0: rows.insert(answers(["what": "\(side)새\(turn)\(random(99))"]), at: random(rows.count + 1))
        case 1 where !rows.isEmpty: rows[random(rows.count)]["what"] = "\(side)고침\(turn)\(random(99))"
        case 2 where !rows.isEmpty: rows.remove(at: random(rows.count))
        default: break
        }
      }
      return rows
    }
    for _ in 0..<3000 {
      let rows = (0..<random(5)).map { answers(["what": "행\($0)", "who": "담당\($0)"]) }
      var base = Answers().replacing("tasks", with: rows)
      base["agenda"] = "안건"
      var (mine, theirs) = (
        base.replacing("tasks", with: edited(rows, "나")), base.replacing("tasks", with: edited(rows, "너"))
      )
      if random(2) == 0 { mine["agenda"] = "나의 안건" }
      if random(2) == 0 { theirs["agenda"] = "너의 안건" }
      let merge = Merge(base: base, mine: mine, theirs: theirs)
      let before = Set(base.paths.flatMap { base[all: $0] })
      let kept = Set(
        merge.merged.paths.flatMap { merge.merged[all: $0] } + merge.clashes.flatMap { $0.mine + $0.theirs })
      for side in [mine, theirs] {
        #expect(Set(side.paths.flatMap { side[all: $0] }).subtracting(before).isSubset(of: kept))
      }
      #expect(Merge(base: base, mine: mine, theirs: base).merged == mine)
      #expect(Merge(base: base, mine: base, theirs: theirs).merged == theirs)
      #expect(Merge(base: base, mine: mine, theirs: mine).merged == mine)
    }
  }

  @Test func `the difference of two plans reads line by line and word by word`() {
    let before = answers(["long-term": "아침을 먹고 온다", "crisis.0.step": "담임에게", "crisis.1.step": "전화"])
    let after = answers(["long-term": "아침을 집에서 먹고 온다", "crisis.0.step": "전화", "until": "2026-12-01"])
    let lines = Difference(from: before, to: after).lines
    #expect(
      lines.map { "\($0.path) \($0.change.rawValue)" } == [
        "long-term changed", "until added", "crisis.0.step removed",
      ])
    #expect(lines[0].spans.map(\.text) == ["아침을 ", "집에서 ", "먹고 온다"])
    #expect(lines[0].spans.map(\.change) == [.same, .added, .same])
  }

  @Test func `the pieces that stay and come are the new text, those that stay and go the old one`() {
    let texts = ["", "가 나 다", "가 다", "나 가  다 라\n마", "완전히 다른 글", "가 나 다 라 마 바 사"]
    for old in texts {
      for new in texts {
        let spans = Difference.spans(from: old, to: new)
        #expect(spans.filter { $0.change != .added }.map(\.text).joined() == old)
        #expect(spans.filter { $0.change != .removed }.map(\.text).joined() == new)
      }
    }
  }
}
