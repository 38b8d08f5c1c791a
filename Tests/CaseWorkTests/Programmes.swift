import CaseWork
import Foundation
import Testing

@Suite struct Programmes {
  private let staff = ID<Staff>(UUID())
  private let programme = ID<Programme>(UUID())
  private let first = Day("2026-05-06") ?? Day(ordinal: 0)

  private func seat(
    _ state: Seat.State, at minute: Int, from: Day? = nil, until: Day? = nil, of file: ID<CaseFile>? = nil
  ) -> Seat {
    Seat(
      id: ID(UUID()), programme: programme, caseFile: file ?? ID(UUID()), student: ID(UUID()), state: state,
      askedAt: Date(timeIntervalSince1970: Double(minute) * 60), by: staff, enrolledOn: from, leftOn: until)
  }

  private func seats(enrolled: Int, waiting: Int, places: Int) -> SeatList {
    SeatList(
      (0..<enrolled).map { seat(.enrolled, at: $0, from: first) }
        + (0..<waiting).map { seat(.waiting, at: 100 - $0) }, places: places)
  }

  @Test(arguments: [
    // enrolled, waiting, places: where somebody new comes to, and whether the first in line is proposed.
    (0, 0, 2, Seat.State.enrolled, false), (1, 0, 2, .enrolled, false), (2, 0, 2, .waiting, false),
    (2, 1, 2, .waiting, false), (1, 1, 2, .waiting, true), (1, 1, 3, .enrolled, true),
    (3, 0, 2, .waiting, false), (1, 3, 3, .waiting, true),
  ])
  func `a free place belongs first to those who wait`(
    _ enrolled: Int, _ waiting: Int, _ places: Int, _ next: Seat.State, _ isProposed: Bool
  ) {
    let list = seats(enrolled: enrolled, waiting: waiting, places: places)
    #expect(list.stateOfNext == next)
    #expect((list.nextToMoveUp != nil) == isProposed)
    #expect(list.nextToMoveUp == (isProposed ? list.waiting.first : nil))
  }

  @Test func `only the one who has waited longest moves up, and only where something is free`() throws {
    let list = seats(enrolled: 1, waiting: 2, places: 2)
    let (longest, later) = (list.waiting[0], list.waiting[1])
    #expect(longest.askedAt < later.askedAt)
    #expect(throws: Refusal.invalid([Problem("seats", "not-first-waiting")])) {
      try list.movingUp(later.id, by: staff, on: first)
    }
    let moved = try list.movingUp(longest.id, by: staff, on: first)
    #expect(moved.state == .enrolled && moved.enrolledOn == first && moved.version == 2)
    let full = SeatList(list.seats, places: 1)
    #expect(throws: Refusal.invalid([Problem("seats", "programme-full")])) {
      try full.movingUp(longest.id, by: staff, on: first)
    }
  }

  @Test func `who left yesterday and comes back is not counted twice on one day`() {
    let file = ID<CaseFile>(UUID())
    let list = SeatList([seat(.left, at: 0, from: first, until: first, of: file)], places: 2)
    #expect(list.firstDay(of: file, on: first) == first.adding(days: 1))
    #expect(list.firstDay(of: file, on: first.adding(days: 9)) == first.adding(days: 9))
    #expect(list.firstDay(of: ID(UUID()), on: first) == first)
  }

  @Test(arguments: [(-1, false), (0, true), (7, true), (14, true), (15, false)])
  func `attendance is for who belonged to it that day`(_ days: Int, _ isEnrolled: Bool) {
    let own = seat(.left, at: 0, from: first, until: first.adding(days: 14))
    #expect(own.isEnrolled(on: first.adding(days: days)) == isEnrolled)
    #expect(!seat(.waiting, at: 0).isEnrolled(on: first.adding(days: days)))
  }

  @Test func `nobody leaves before the first day, or twice`() throws {
    let own = seat(.enrolled, at: 0, from: first)
    #expect(throws: Refusal.invalid([Problem("left", "ends-before-start")])) {
      try own.left(by: staff, on: first.adding(days: -1))
    }
    let left = try own.left(by: staff, on: first)
    #expect(throws: Refusal.conflict(.alreadyAnswered)) { try left.left(by: staff, on: first) }
  }

  private func planned(places: Int = 8, cost: Int? = nil, fund: String? = nil, last: Int = 90) -> Programme {
    Programme(
      id: programme, school: ID(UUID()), name: "또래 사회성 집단", service: "D12", first: first,
      last: first.adding(days: last), places: places, fund: fund, cost: cost, leader: staff)
  }

  @Test(arguments: [(-1, "before-programme"), (0, nil), (90, nil), (91, "after-programme")])
  func `a session lies within its programme`(_ days: Int, _ code: String?) {
    let day = first.adding(days: days)
    #expect(planned().problem(ofSessionOn: day, today: day)?.code == code)
    #expect(planned().problem(ofSessionOn: day, today: day.adding(days: -1))?.code == "in-the-future")
  }

  @Test func `what is planned must hold together`() {
    #expect(planned().problems.isEmpty)
    #expect(planned(places: 0).problems.map(\.field) == ["places"])
    #expect(planned(places: 201).problems.map(\.field) == ["places"])
    #expect(planned(cost: 5_000).problems.map(\.field) == ["fund"])
    #expect(planned(cost: 5_000, fund: "donation").problems.isEmpty)
    #expect(planned(last: -1).problems.map(\.code) == ["ends-before-start"])
  }

  @Test func `sessions, students, visits and time are counted each for itself`() {
    let seats = (0..<3).map { seat(.enrolled, at: $0, from: first) }
    let sessions = (1...3).map { number in
      ProgrammeSession(
        id: ID(UUID()), programme: programme, number: number, day: first.adding(days: number),
        minutes: number == 3 ? 0 : 40, cancelled: number == 3 ? "weather" : nil, by: staff)
    }
    let marks: [[Attendance.Mark]] = [[.present, .late, .absent], [.present, .excused, .absent]]
    let attendance = zip(sessions, marks).flatMap { session, marks in
      zip(seats, marks).map { Attendance(session: session.id, seat: $0.id, mark: $1) }
    }
    let totals = ProgrammeTotals(sessions: sessions, attendance: attendance, seats: seats)
    #expect((totals.sessions, totals.students, totals.visits, totals.minutes) == (2, 2, 3, 80))
    #expect(totals.rate == 60)
  }

  @Test(arguments: [
    ([Attendance.Mark](), nil), ([.excused], nil), ([.present], 100), ([.absent, .excused], 0),
    ([.present, .late, .absent], 67),
  ])
  func `whoever was excused was not expected`(_ marks: [Attendance.Mark], _ rate: Int?) {
    #expect(ProgrammeTotals.rate(of: marks) == rate)
  }
}
