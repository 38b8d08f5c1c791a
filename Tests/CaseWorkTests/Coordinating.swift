import CaseWork
import Foundation
import Testing

@Suite struct Coordinating {
  private static let limits = Coordination.Limits(severity: 2, appointmentsAWeek: 5)
  private let today = Day("2026-05-01") ?? Day(ordinal: 0)
  private let clinic: ID<Resource> = ID(UUID())
  private let centre: ID<Resource> = ID(UUID())

  private func plan(goals: [String], _ actions: [[String: String]]) -> Plan {
    var fields: [String: String] = [:]
    for (index, need) in goals.enumerated() { fields["goals.\(index).need"] = need }
    for (index, action) in actions.enumerated() {
      for (name, text) in action { fields["actions.\(index).\(name)"] = text }
    }
    return Plan(Answers(fields.mapValues { [$0] }))
  }

  @Test(arguments: [
    ("주 2회", 8), ("주2", 8), ("주 5회 3주", 20), ("매일", 20), ("격주", 2), ("2주 1회", 2), ("월 1회", 1), ("월2", 2),
    ("weekly", 4), ("monthly", 1), ("여섯 번", nil), ("필요할 때", nil), ("늘", nil), ("분기 한 번", nil), ("", nil),
  ])
  func `a rhythm is read out of the words of a plan`(_ words: String, _ times: Int?) {
    #expect(Rhythm(words)?.inFourWeeks == times)
  }

  @Test func `the same service from two givers is told, from one giver it is not`() {
    let two = plan(
      goals: ["N03"],
      [
        ["goal": "1", "service": "D01", "part": "agency", "resource": clinic.description],
        ["goal": "1", "service": "D01", "part": "agency", "resource": centre.description],
        ["goal": "1", "service": "D06", "part": "student", "who": "나"],
        ["goal": "1", "service": "D06", "part": "guardian", "who": "엄마"],
      ])
    #expect(
      Coordination(of: two, needs: [], limits: Self.limits, on: today).warnings == [
        .twice(service: "D01", lines: [0, 1])
      ])
    let one = plan(
      goals: ["N03"],
      [
        ["goal": "1", "service": "D01", "part": "agency", "resource": clinic.description],
        ["goal": "1", "service": "D01", "part": "agency", "resource": clinic.description],
      ])
    #expect(Coordination(of: one, needs: [], limits: Self.limits, on: today).warnings == [])
  }

  @Test func `a severe need without an action is a gap; a mild one, and one that is served, are not`() {
    let plan = plan(goals: ["N03", "N02"], [["goal": "1", "what": "상담"]])
    let needs = [
      NeedSeen(area: "N03", severity: 4, will: nil, priority: 1),
      NeedSeen(area: "N02", severity: 2, will: nil, priority: 2),
      NeedSeen(area: "N12", severity: 1, will: nil, priority: 3),
    ]
    #expect(
      Coordination(of: plan, needs: needs, limits: Self.limits, on: today).warnings == [.gap(need: "N02")])
  }

  @Test func `more appointments a week than a week bears are told; what is done at home does not count`() {
    let often = ["주 3회", "주 2회", "격주"].map {
      ["goal": "1", "part": "agency", "often": $0, "service": "D01", "who": "센터"]
    }
    let home = [["goal": "1", "part": "student", "often": "매일", "service": "D06"]]
    #expect(
      Coordination(of: plan(goals: ["N03"], often + home), needs: [], limits: Self.limits, on: today).warnings
        == [.overload(aWeek: 6, limit: 5)])
    #expect(
      Coordination(
        of: plan(goals: ["N03"], Array(often.dropLast()) + home), needs: [], limits: Self.limits, on: today
      ).warnings
        == [])
  }

  @Test func `brothers and sisters who go to different places for the same are told`() {
    let mine = plan(goals: ["N08"], [["goal": "1", "service": "I01", "resource": clinic.description]])
    let theirs = plan(goals: ["N08"], [["goal": "1", "service": "I01", "resource": centre.description]])
      .actions
    #expect(
      Coordination(of: mine, needs: [], siblings: theirs, limits: Self.limits, on: today).warnings
        == [.apart(service: "I01", line: 0, other: centre)])
    #expect(
      Coordination(of: mine, needs: [], siblings: mine.actions, limits: Self.limits, on: today).warnings == []
    )
  }

  @Test func `what has ended counts no more`() {
    let ended = plan(
      goals: ["N03"],
      [
        [
          "goal": "1", "service": "D01", "part": "agency", "who": "가", "until": "2026-04-30", "often": "주 9회",
        ],
        ["goal": "1", "service": "D01", "part": "agency", "who": "나", "until": "2026-05-01"],
      ])
    let coordination = Coordination(of: ended, needs: [], limits: Self.limits, on: today)
    #expect(coordination.lines.count == 1 && coordination.warnings == [])
  }
}
