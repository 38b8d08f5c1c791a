import CaseWork
import Testing

@Suite struct AttainmentScores {
  /// Weight, baseline and outcome of each goal, T before and after: domain §8.
  struct Vignette: Sendable, CustomTestStringConvertible {
    let name: String
    let goals: [(weight: Int, before: Int, after: Int)]
    let before: String
    let after: String

    var testDescription: String { name }
  }

  static let vignettes = [
    Vignette(name: "V01", goals: [(3, -1, 1), (3, -2, 0), (2, -1, 0)], before: "31.3", after: "55.1"),
    Vignette(name: "V02", goals: [(4, -2, 0), (2, -1, -1), (3, -1, 2)], before: "30.5", after: "56.0"),
    Vignette(name: "V03", goals: [(3, -1, 1), (3, -1, 0), (2, -2, 1)], before: "33.0", after: "58.5"),
    Vignette(name: "V04", goals: [(3, -2, 0), (3, -2, 1), (2, -1, 1)], before: "26.2", after: "58.5"),
    Vignette(name: "V05", goals: [(4, -1, 0), (3, -1, 1), (2, -2, 2)], before: "33.5", after: "60.5"),
    Vignette(name: "V06", goals: [(4, -2, 1), (4, -2, 0), (2, -2, -1)], before: "23.1", after: "52.7"),
    Vignette(name: "V07", goals: [(3, -2, 0), (4, -2, 1), (2, -1, 1)], before: "26.0", after: "59.0"),
    Vignette(name: "V08", goals: [(3, -2, 0), (3, -2, 1), (2, -1, 1)], before: "26.2", after: "58.5"),
    Vignette(name: "V09", goals: [(3, -1, 0), (3, -2, -1), (2, -2, 0)], before: "27.9", after: "44.9"),
    Vignette(name: "V10", goals: [(3, -2, 1), (3, -1, 1), (2, -2, 0)], before: "27.9", after: "60.2"),
    Vignette(name: "V11", goals: [(4, -2, 1), (3, -2, 0), (3, -1, 0)], before: "26.8", after: "55.5"),
    Vignette(name: "V12", goals: [(4, -2, 1), (3, -1, 1), (2, -2, 2)], before: "27.5", after: "66.5"),
  ]

  @Test(arguments: vignettes)
  func `the twelve cases come to their scores`(_ vignette: Vignette) {
    let before = vignette.goals.map { GoalRating(goal: 1, rating: $0.before, weight: $0.weight) }
    let after = vignette.goals.map { GoalRating(goal: 1, rating: $0.after, weight: $0.weight) }
    #expect(AttainmentScore(before)?.description == vignette.before)
    #expect(AttainmentScore(after)?.description == vignette.after)
  }

  @Test(arguments: [
    (1, 2, "70.0"), (1, -2, "30.0"), (1, -1, "40.0"), (2, 2, "74.8"), (2, -2, "25.2"), (3, 2, "77.4"),
    (3, -2, "22.6"),
    (3, -1, "36.3"), (5, 2, "80.2"), (2, -1, "37.6"), (4, -1, "35.5"), (5, -1, "34.9"), (6, -1, "34.5"),
    (7, -1, "34.2"), (8, -1, "33.9"), (4, 0, "50.0"),
  ])
  func `goals of equal weight at one level`(_ count: Int, _ level: Int, _ expected: String) {
    for weight in 1...5 {
      let ratings = (1...count).map { GoalRating(goal: $0, rating: level, weight: weight) }
      #expect(AttainmentScore(ratings)?.description == expected)
    }
  }

  @Test func `opposite goals balance, and no goals have no score`() {
    let ratings = [0, 1, -1].map { GoalRating(goal: 1, rating: $0, weight: 1) }
    #expect(AttainmentScore(ratings)?.description == "50.0")
    #expect(AttainmentScore([]) == nil)
    #expect(AttainmentScore([GoalRating(goal: 1, rating: 2, weight: 0)]) == nil)
  }

  @Test func `an unchanged goal carries its course on, a changed one starts anew`() {
    func plan(_ goals: [[String: String]]) -> Plan {
      Plan(
        Answers().replacing(
          "goals",
          with: goals.map { goal in
            Answers(goal.merging(["need": "N07", "z0": "넷"]) { own, _ in own }.mapValues { [$0] })
          }))
    }
    let first = plan([["goal": "아침", "baseline": "-1"], ["goal": "지각", "baseline": "-2"]])
    // 지각 now stands first, weighs more, and is the same; 아침 has another level 0.
    let second = plan([
      ["goal": "지각", "baseline": "-2", "weight": "5"], ["goal": "아침", "baseline": "-1", "z0": "다섯"],
      ["goal": "잠", "baseline": "0"],
    ])
    let rated = [
      RatedDay(
        day: World.day("2026-05-01"), plan: 1,
        ratings: [
          GoalRating(goal: 1, rating: 2, weight: 1), GoalRating(goal: 2, rating: -1, weight: 1),
        ]),
      RatedDay(
        day: World.day("2026-07-01"), plan: 2,
        ratings: [
          GoalRating(goal: 1, rating: 0, weight: 5), GoalRating(goal: 2, rating: -2, weight: 1),
        ]),
    ]
    let plans = PlanHistory([.init(number: 2, plan: second), .init(number: 1, plan: first)])
    let courses = plans.courses(rated)
    #expect(courses.map { $0.points.map(\.rating) } == [[-1, 0], [-2], []])
    #expect(courses.map(\.since) == [1, 2, 2])
    #expect(courses.map(\.change) == [2, -1, nil])
    // Dropped and taken up again: what lies between was never rated, so it is a new beginning.
    let dropped = PlanHistory([
      .init(number: 1, plan: first), .init(number: 2, plan: plan([["goal": "잠", "baseline": "0"]])),
      .init(number: 3, plan: first),
    ])
    #expect(dropped.courses(rated).map(\.points.isEmpty) == [true, true])
    #expect(dropped.courses(rated).map(\.since) == [3, 3])
  }
}
