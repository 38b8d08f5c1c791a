import CaseWork
import Practice
import Testing

@Suite struct PolicyTests {
  @Test func `the numbers of the practice`() throws {
    let policy = try Practice.bundled().policy
    #expect(
      policy.clocks.map { "\($0.id) \($0.days) \($0.calendar)" } == [
        "first-contact 3 school", "assessment 10 civil", "selection 5 civil", "plan 30 civil",
        "access-request 10 civil",
      ])
    #expect(policy.monitoringEvery == [.urgent: 7, .intensive: 14, .general: 30, .watch: 90])
    #expect(policy.reassessEvery == [.urgent: 90, .intensive: 90, .general: 180, .watch: 180])
    #expect(policy.workloadWeights == [.urgent: 300, .intensive: 200, .general: 100, .watch: 30])
    #expect(policy.followUpMonths == [1, 2, 3])
    #expect(policy.budgets.first { $0.fund == "safety-net" }?.perStudent == 100_000)
    #expect(policy.budgets.first { $0.fund == "safety-net" }?.perHousehold == 500_000)
    #expect(policy.closureNotices == 2)
    #expect(policy.retentionYears == 5)
    #expect(policy.resources.longWaitDays == 30)
    #expect(policy.resources.coordination == Coordination.Limits(severity: 2, appointmentsAWeek: 5))
  }

  @Test func `every stage but the last leads on, and only one way is the main one`() throws {
    let steps = try Practice.bundled().workflow.steps
    for stage in Stage.allCases where stage != .followUp {
      #expect(steps.contains { $0.from.contains(stage) }, "\(stage)")
      #expect(steps.filter { $0.from.contains(stage) && $0.isMain }.count <= 1, "\(stage)")
    }
  }
}
