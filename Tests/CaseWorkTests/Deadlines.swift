import CaseWork
import Testing

@Suite struct Deadlines {
  private let calendar = SchoolCalendar(
    holidays: [World.day("2026-05-05"), World.day("2026-05-25")],
    breaks: [World.day("2026-07-20")...World.day("2026-08-18")])

  private func dues(_ facts: CaseFacts, on day: String) -> [String] {
    Clocks.dues(facts, policy: World.policy, calendar: calendar, on: World.day(day)).map {
      "\($0.kind) \($0.day)"
    }
  }

  @Test func `school days leave out weekends, holidays and vacations, and the first day`() {
    #expect(calendar.adding(schoolDays: 3, to: World.day("2026-04-01")).description == "2026-04-06")
    #expect(calendar.adding(schoolDays: 1, to: World.day("2026-05-04")).description == "2026-05-06")
    #expect(calendar.adding(schoolDays: 1, to: World.day("2026-07-17")).description == "2026-08-19")
    #expect(calendar.schoolDays(from: World.day("2026-04-01"), to: World.day("2026-04-06")) == 3)
    #expect(calendar.deadline(10, .civil, after: World.day("2026-10-12")).description == "2026-10-22")
  }

  @Test func `what is left or late is counted in the days of its own clock`() {
    func left(_ due: String, _ today: String, _ unit: Policy.Clock.Calendar) -> DayCount {
      calendar.left(until: World.day(due), from: World.day(today), in: unit)
    }
    // From Monday the 4th to Friday the 8th of May, with Children's Day between.
    #expect(left("2026-05-08", "2026-05-04", .school) == DayCount(3, .school))
    #expect(left("2026-05-08", "2026-05-04", .civil) == DayCount(4, .civil))
    #expect(left("2026-05-04", "2026-05-08", .school) == DayCount(-3, .school))
    // A Saturday: no school day has passed since.
    #expect(left("2026-05-08", "2026-05-09", .school) == DayCount(-1, .civil))
    #expect(left("2026-05-08", "2026-05-08", .school) == DayCount(0, .school))
    #expect(World.policy.limit(of: "first-contact", at: nil) == DayCount(3, .school))
    #expect(World.policy.limit(of: "assessment", at: .urgent) == DayCount(1, .civil))
    #expect(World.policy.limit(of: "reassessment", at: .intensive) == DayCount(91, .civil))
    #expect(World.policy.limit(of: "consent-ends", at: nil) == nil)
  }

  @Test func `a new case has its clocks, shorter when it is urgent, stopped by what they wait for`() {
    #expect(
      dues(World.facts(), on: "2026-04-01") == [
        "first-contact 2026-04-06", "assessment 2026-04-11", "plan 2026-05-01",
      ])
    var urgent = World.file
    urgent.level = .urgent
    #expect(
      dues(World.facts(urgent), on: "2026-04-01") == [
        "assessment 2026-04-02", "plan 2026-04-03", "first-contact 2026-04-06",
      ])
    let later = World.facts(
      World.file,
      [.contact: World.fact("2026-04-02"), .assessment: World.fact("2026-04-09", isApproved: false)])
    #expect(dues(later, on: "2026-04-10") == ["assessment 2026-04-11", "plan 2026-05-01"])
  }

  @Test func `a served case is monitored and reassessed by its level, from the last time`() {
    var file = World.file
    (file.stage, file.level) = (.monitoring, .intensive)
    let records: [CaseRecord.Kind: CaseFacts.RecordFact] = [
      .contact: World.fact("2026-04-02"), .assessment: World.fact("2026-04-09"),
      .plan: World.fact("2026-04-20"),
      .monitoring: World.fact("2026-05-20"),
    ]
    #expect(
      dues(World.facts(file, records), on: "2026-05-21") == [
        "monitoring 2026-06-03", "reassessment 2026-07-09",
      ])
    file.level = .general
    var draft = records
    draft[.plan] = World.fact("2026-04-20", isApproved: false, series: 2, ["monitoring-every": 21])
    #expect(
      dues(World.facts(file, draft), on: "2026-05-21") == [
        "monitoring 2026-06-10", "reassessment 2026-10-08",
      ])
  }

  @Test func `a reassessment stays due while the case stands in it, and since its day once it is begun`() {
    var file = World.file
    (file.stage, file.level) = (.reassessment, .intensive)
    let assessed: [CaseRecord.Kind: CaseFacts.RecordFact] = [.assessment: World.fact("2026-04-09")]
    #expect(dues(World.facts(file, assessed), on: "2026-07-20").contains("reassessment 2026-07-09"))
    let begun = assessed.merging([.reassessment: World.fact("2026-07-14", isApproved: false)]) { $1 }
    #expect(dues(World.facts(file, begun), on: "2026-07-20").contains("reassessment 2026-07-14"))
  }

  @Test func `the time a case stood still is added`() {
    let held = World.day("2026-04-03")...World.day("2026-04-07")
    #expect(dues(World.facts(holds: [held]), on: "2026-04-08").contains("assessment 2026-04-16"))
  }

  @Test func `a consent that ends within thirty days and an emergency that is not made up are due`() {
    let consents = [
      World.consent(.participation, .student, .yes, on: "2026-04-01", until: "2026-05-01"),
      World.consent(.participation, .guardian, .yes, on: "2026-04-01"),
    ]
    let facts = World.facts(World.file, [.emergency: World.fact("2026-04-01")], consents: consents)
    #expect(dues(facts, on: "2026-04-01").contains("consent-ends 2026-05-01"))
    #expect(dues(facts, on: "2026-04-01").contains("emergency-completion 2026-04-03"))
    #expect(!dues(facts, on: "2026-03-31").contains("consent-ends 2026-05-01"))
    let complete = World.facts(
      World.file,
      [
        .emergency: World.fact("2026-04-01"), .intake: World.fact("2026-04-01"),
        .assessment: World.fact("2026-04-02"),
      ],
      consents: consents)
    #expect(!dues(complete, on: "2026-04-02").contains { $0.hasPrefix("emergency") })
  }

  @Test func `what the selection used is kept until upper secondary education is over`() {
    let graduates = Retention.graduation(.elementary, grade: 4, year: 2026)
    #expect(graduates == World.day("2035-02-28"))
    #expect(Retention.graduation(.high, grade: 3, year: 2026) == World.day("2027-02-28"))
    #expect(Retention.graduation(.middle, grade: 2, year: 2026) == World.day("2031-02-28"))
    let closed = World.day("2026-09-18")
    let kept = Retention(closedOn: closed, start: .closure, years: 5, graduatesOn: graduates)
    #expect(kept.recordsUntil == World.day("2031-09-18"))
    #expect(kept.until == graduates)
    let left = Retention(
      closedOn: closed, start: .yearEnd, years: 5, graduatesOn: graduates, leftSchool: true,
      birthDay: World.day("2010-05-05"))
    #expect(left.selectionUntil == World.day("2029-05-05"))
    #expect(left.until == World.day("2032-02-28"))
    #expect(Retention(closedOn: closed, start: .closure, years: 5, graduatesOn: nil).until == nil)
  }

  @Test func `a caseload warns above its limits and weighs its cases`() {
    let levels: [Level?] = Array(repeating: .intensive, count: 5) + [.urgent, .general, .watch, nil]
    let load = Workload(levels: levels, known: 160, policy: World.policy)
    #expect(load.weight == 1430)
    #expect(load.warnings.map(\.code) == ["urgent-and-intensive"])
    #expect(load.unlevelled == 1)
  }
}
