import CaseWork
import Testing

@Suite struct Scores {
  private func instrument(missingAllowed: Int = 3) -> Instrument {
    Instrument(
      id: "own", version: 1, title: Words(ko: "", en: ""), licence: .embedded, caution: Words(ko: "", en: ""),
      respondents: ["student"],
      items: (1...6).map {
        .init(id: "\($0)", words: nil, range: 0...3, isReversed: $0 == 2, riskFrom: $0 == 6 ? 1 : nil)
      },
      subscales: [.init(id: "i", title: Words(ko: "", en: ""), items: ["1", "2"], cutOff: 5)],
      missingAllowed: missingAllowed,
      total: 0...18,
      bands: [
        .init(
          norm: "kr",
          bands: [0, 5, 10].map { .init(from: $0, id: "from-\($0)", words: Words(ko: "", en: "")) })
      ])
  }

  @Test func `items add up, reversed ones turned round, in total, subscale and band`() {
    let scoring = instrument().scored(["1": 3, "2": 0, "3": 1, "4": 2, "5": 0, "6": 1])
    #expect(scoring.total == 10)
    #expect(scoring.subscales == ["i": 6])
    #expect(scoring.overCutOff == ["i"])
    #expect(scoring.band?.id == "from-10")
    #expect(scoring.riskItems == ["6"])
  }

  @Test func `left-out items count as nothing until there are too many`() {
    let some = instrument().scored(["1": 3, "3": 1, "4": 1])
    #expect(some.total == 5)
    #expect(some.unanswered == ["2", "5", "6"])
    #expect(!instrument(missingAllowed: 2).scored(["1": 3, "3": 1, "4": 1]).isValid)
    #expect(instrument().scored(["1": 4]).problems.map(\.field).contains("item-1"))
  }

  @Test func `a copied total must lie in its range`() {
    #expect(instrument().scored(Answers(["total": ["7"]])).band?.id == "from-5")
    #expect(instrument().scored(Answers(["total": ["19"]])).problems.map(\.code) == ["out-of-range"])
  }

  @Test(arguments: [
    (0, Level.watch), (5, .watch), (6, .general), (14, .general), (15, .intensive), (24, .intensive),
    (25, .urgent), (40, .urgent),
  ])
  func `the risk score suggests a level`(_ sum: Int, _ level: Level) {
    #expect(Risk(scores: ["safety": sum], redFlags: [], severeNeeds: 0).suggested == level)
    #expect(
      Risk(scores: ["safety": sum], redFlags: ["RF-01"], severeNeeds: 0).suggested == max(level, .intensive))
    #expect(Risk(scores: ["safety": sum], redFlags: [], severeNeeds: 3).suggested == max(level, .intensive))
  }

  @Test func `whoever decides another level says why`() {
    var answers = Answers(Dictionary(uniqueKeysWithValues: Risk.domains.map { ("risk-" + $0, ["1"]) }))
    answers["level"] = "3"
    #expect(Risk.problems(in: answers).map(\.field) == ["level-why"])
    answers["level-why"] = "동생도 결석이 잦아요"
    #expect(Risk.problems(in: answers).isEmpty)
    answers["risk-peers"] = nil
    #expect(Risk.problems(in: answers).map(\.field) == ["risk-peers"])
  }

  @Test func `an expense is held against the limits of its fund`() {
    let budget = World.policy.budgets[0]
    let check = BudgetCheck(
      30_000, kind: "cash", budget: budget, usedByStudent: 80_000, usedByHousehold: 480_000)
    #expect(
      check.warnings == [
        .overStudent(by: 10_000, limit: 100_000), .overHousehold(by: 10_000, limit: 500_000),
        .excluded(kind: "cash"),
      ])
    #expect(check.problems(in: Answers()).count == 3)
    #expect(check.problems(in: Answers(["over-reason": ["진료가 급해요"]])).isEmpty)
    let exact = BudgetCheck(
      20_000, kind: "book", budget: budget, usedByStudent: 80_000, usedByHousehold: 480_000)
    #expect(exact.warnings.isEmpty)
    #expect(exact.leftForStudent == 0)
  }
}
