import CaseWork
import Foundation
import Testing

@Suite struct Gaps {
  private func event(
    _ kind: GapReport.Event.Kind, _ need: String, student: Int, reason: String? = nil, grade: Int? = nil,
    area: String? = nil
  ) -> GapReport.Event {
    GapReport.Event(
      kind, need: need, reason: reason, grade: grade, area: area, student: ID(World.uuid(UInt8(student))))
  }

  private var events: [GapReport.Event] {
    [
      event(.unmet, "N06", student: 1, reason: "hours", grade: 8, area: "다솜1동"),
      event(.unmet, "N06", student: 1, reason: "hours", grade: 8, area: "다솜1동"),
      event(.unmet, "N06", student: 2, reason: "none", grade: 4, area: "다솜2동"),
      event(.declined, "N06", student: 3, reason: "capacity"),
      event(.waited, "N01", student: 4),
    ]
  }

  @Test func `events and students are counted apart, the need with most of them first`() {
    let report = GapReport(events, isOwn: true)
    #expect(report.lines.map(\.need) == ["N06", "N01"])
    let line = report.lines[0]
    #expect(line.events == [.unmet: .number(3), .declined: .number(1), .waited: .number(0)])
    #expect(line.students == .number(3))
    #expect(line.reasons.map(\.code) == ["hours", "capacity", "none"])
    #expect(line.bands.map(\.band) == [.upper, .middle])
    #expect(line.areas.map(\.area) == ["다솜1동", "다솜2동"])
  }

  @Test func `whoever does not lead the cases sees no number under five, but nothing is told as nothing`() {
    let line = GapReport(events, isOwn: false).lines[0]
    #expect(line.events == [.unmet: .few, .declined: .few, .waited: .number(0)])
    #expect(line.students == .few)
    let many = (1...5).map { event(.unmet, "N06", student: $0, reason: "none", grade: 8) }
    let counted = GapReport(many, isOwn: false).lines[0]
    #expect(counted.students == .number(5) && counted.bands.map(\.count) == [.number(5)])
  }

  @Test(arguments: [
    (1, "lower"), (3, "lower"), (4, "upper"), (6, "upper"), (7, "middle"), (9, "middle"), (10, "high"),
    (12, "high"), (0, nil), (13, nil), (nil, nil),
  ])
  func `grades fall into four bands`(_ grade: Int?, _ band: String?) {
    #expect(GapReport.Band(grade: grade)?.rawValue == band)
  }

  private var development: Development {
    Development(
      id: ID(World.uuid(1)), school: ID(World.uuid(2)), leader: ID(World.uuid(3)), need: "N06",
      title: "야간 상담",
      begunOn: Day("2026-09-01") ?? Day(ordinal: 0))
  }

  @Test func `a development goes from a plan over talks to a resource, or is given up, once`() throws {
    let today = try #require(Day("2026-10-01"))
    let resource: ID<Resource> = ID(World.uuid(9))
    let talked = try development.talked()
    #expect(talked.state == .talking)
    let agreed = try talked.ended(.agreed, with: resource, on: today)
    #expect(agreed.state == .agreed && agreed.resource == resource && agreed.endedOn == today)
    let givenUp = try development.ended(.givenUp, with: resource, on: today)
    #expect(givenUp.resource == nil)
    #expect(throws: Refusal.invalid([Problem("resource", "required")])) {
      try development.ended(.agreed, with: nil, on: today)
    }
    #expect(throws: Refusal.invalid([Problem("state", "unknown-code")])) {
      try development.ended(.talking, with: nil, on: today)
    }
    #expect(throws: Refusal.conflict(.alreadyClosed)) { try agreed.talked() }
    #expect(throws: Refusal.conflict(.alreadyClosed)) { try agreed.ended(.givenUp, with: nil, on: today) }
  }
}
