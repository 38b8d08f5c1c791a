import CaseWork
import Testing

@Suite struct Months {
  private let october = Month(of: Day(2026, 10, 1) ?? Day(ordinal: 0))

  private func on(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

  private func student(_ number: Int) -> ID<Student> { ID(World.uuid(UInt8(number))) }

  private func file(
    _ number: Int, _ opened: String, _ closed: String? = nil, level: Level? = .general
  ) -> MonthFacts.Case {
    MonthFacts.Case(
      student: student(number), level: level, openedOn: on(opened), closedOn: closed.flatMap { Day($0) },
      closureReason: closed == nil ? nil : "TR-01")
  }

  private func given(
    _ service: String, to number: Int, method: String = "M01", minutes: Int = 30, people: Int = 1,
    amount: Int = 0
  ) -> MonthFacts.Service {
    MonthFacts.Service(
      student: student(number), service: service, legalKind: "SL02", method: method, minutes: minutes,
      people: people, amount: amount, fund: amount > 0 ? "donation" : nil)
  }

  private let talks = [
    Policy.Talk(id: "individual", services: ["D01"]),
    Policy.Talk(id: "visit", services: ["D05"], methods: ["M05"]),
  ]

  private func report(_ facts: MonthFacts, isOwn: Bool = true) -> MonthlyReport {
    MonthlyReport(facts, in: october, talks: talks, isOwn: isOwn)
  }

  @Test(arguments: [
    ("2026-10", "2026-10-01", "2026-10-31"), ("2028-02", "2028-02-01", "2028-02-29"),
    ("2026-12", "2026-12-01", "2026-12-31"),
  ])
  func `a month has its days`(_ text: String, _ first: String, _ last: String) throws {
    let month = try #require(Month(text))
    #expect(month.days == on(first)...on(last))
    #expect(month.description == text)
    #expect(month.adding(1).adding(-1) == month)
  }

  @Test(arguments: ["2026-13", "2026-00", "2026-1", "10-2026", "", "2026-10-01"])
  func `what is no month is none`(_ text: String) {
    #expect(Month(text) == nil)
  }

  @Test func `a case is carried over, new, closed and open at the end, each for itself`() {
    var facts = MonthFacts()
    facts.cases = [
      file(1, "2026-09-30"), file(2, "2026-10-01"), file(3, "2026-10-31"),
      file(4, "2026-09-01", "2026-10-31"),
      file(5, "2026-10-02", "2026-10-12"), file(6, "2026-05-01", "2026-11-01", level: .urgent),
      file(5, "2026-10-20", level: nil),
    ]
    let report = report(facts)
    #expect(report.byLevel.map(\.level) == [.urgent, .general, nil])
    #expect(report.cases.carried == .number(3) && report.cases.opened == .number(4))
    #expect(report.cases.closed == .number(2) && report.cases.active == .number(5))
    // The fifth came back within the month: two cases, one student.
    #expect(report.students == .number(6))
    #expect(report.closures.map(\.reason) == ["TR-01"])
    #expect(report.meanDays == 35)
  }

  private func told(_ line: MonthlyReport.Line) -> [Int]? {
    line.figure.map { [$0.count, $0.students, $0.people, $0.minutes, $0.amount] }
  }

  @Test
  func `acts, students, visits and minutes are counted apart, and a visit stands beside the talk it was`() {
    var facts = MonthFacts()
    facts.services = [
      given("D01", to: 1), given("D01", to: 1, method: "M05", minutes: 60), given("D12", to: 2, people: 1),
      given("D17", to: 3, minutes: 0, amount: 12_000),
    ]
    let report = report(facts)
    #expect(report.services.map(\.code) == ["D01", "D12", "D17", nil])
    #expect(told(report.services[0]) == [2, 1, 2, 90, 0])
    #expect(told(report.services[3]) == [4, 3, 4, 120, 12_000])
    #expect(report.talks.map { $0.figure?.count } == [2, 1])
    #expect(report.funds.map(\.code) == ["donation", nil])
    #expect(report.legalKinds.last?.figure?.count == 4)
  }

  @Test func `whoever does not answer for the cases sees no number under five, nor a sum that tells it`() {
    var facts = MonthFacts()
    facts.cases = [file(1, "2026-10-01"), file(2, "2026-10-02", "2026-10-20")]
    facts.services =
      (1...6).map { given("D01", to: $0) } + [given("D17", to: 7, amount: 5000)]
    facts.linkages = [MonthFacts.Link(kind: "ST1", state: .rejected, acceptedOn: nil)]
    facts.referred = 7
    facts.urgent = 1
    let report = report(facts, isOwn: false)
    #expect(report.cases.opened == .few && report.cases.carried == .number(0))
    #expect(report.meanDays == nil && report.closures.map(\.count) == [.few])
    #expect(report.services.map { $0.figure?.count } == [6, nil, nil])
    #expect(report.funds.allSatisfy { $0.figure == nil })
    #expect(report.linkages.allSatisfy { $0.sent == .few && $0.accepted == .number(0) })
    #expect(report.referred == .number(7) && report.urgent == .few)
    // With two lines hidden, their sum is not one of them.
    facts.services.append(given("D12", to: 8))
    #expect(self.report(facts, isOwn: false).services.last?.figure?.count == 8)
  }

  @Test func `a month without anything has no lines`() {
    let report = report(MonthFacts())
    #expect(report.byLevel.isEmpty && report.services.isEmpty && report.linkages.isEmpty)
    #expect(report.funds.isEmpty && report.closures.isEmpty && report.meanDays == nil)
  }
}
