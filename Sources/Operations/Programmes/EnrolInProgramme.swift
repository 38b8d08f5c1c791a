public import CaseWork
import Foundation
import Repositories
import Store

/// Students take part in a programme, or wait for a place in it.
public struct EnrolInProgramme: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Several at once, in the order given: those for whom no place is left come to the waiting list.
  ///
  /// - Throws: `Refusal.invalid` with `cases.<place>` for each who has not agreed to take part, or is there already.
  @discardableResult
  public func callAsFunction(
    _ cases: [ID<CaseFile>], in programme: ID<Programme>, by asker: Asker
  ) async throws -> [Seat] {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      guard !cases.isEmpty else { throw Refusal.invalid([Problem("cases", "choose-one")]) }
      guard Set(cases).count == cases.count else { throw Refusal.invalid([Problem("cases", "twice")]) }
      let found = try desk.writable(cases)
      let files = cases.compactMap { found[$0] }.filter { $0.school == programme.school }
      guard files.count == cases.count else { throw Refusal.notFound }
      files.forEach(desk.touch)
      let seats = desk.session.seats(of: programme)
      var list = SeatList(try seats.all(), places: programme.places)
      let problems = try desk.problems(of: files, in: programme, list)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      return try files.map { file in
        let state = list.stateOfNext
        let seat = Seat(
          id: desk.newID(), programme: programme.id, caseFile: file.id, student: file.student, state: state,
          askedAt: desk.instant, by: desk.staff.id,
          enrolledOn: state == .enrolled
            ? list.firstDay(of: file.id, on: max(desk.day, programme.first)) : nil)
        try seats.insert(seat)
        try desk.note(
          "enrol-in-programme", "seat", seat.id.description, in: file.school, caseFile: file.id,
          detail: state.rawValue)
        list = SeatList(list.seats + [seat], places: programme.places)
        return seat
      }
    }
  }
}

extension Desk {
  fileprivate func problems(
    of files: [CaseFile], in programme: Programme, _ list: SeatList
  ) throws -> [Problem] {
    if day > programme.last { return [Problem("cases", "programme-over")] }
    let there = Set((list.enrolled + list.waiting).map(\.caseFile))
    let taken = files.enumerated().compactMap { index, file -> Problem? in
      if there.contains(file.id) { return Problem("cases.\(index)", "already-there") }
      return file.standing == .open ? nil : Problem("cases.\(index)", "case-not-open")
    }
    return taken.isEmpty ? try consentProblems(of: files) : taken
  }
}

/// The first of the waiting list gets the place that is free: a worker confirms it (`SeatList.nextToMoveUp` says why).
public struct MoveUpInProgramme: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  @discardableResult
  public func callAsFunction(
    _ seat: ID<Seat>, from version: Int, in programme: ID<Programme>, by asker: Asker
  ) async throws -> Seat {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      let seats = desk.session.seats(of: programme)
      let list = SeatList(try seats.all(), places: programme.places)
      guard let waiting = list.seats.first(where: { $0.id == seat }) else { throw Refusal.notFound }
      let file = try desk.caseFile(of: waiting)
      guard waiting.version == version else { throw Refusal.conflict(.changedByAnother) }
      let moved = try list.movingUp(seat, by: desk.staff.id, on: max(desk.day, programme.first))
      let problems = try desk.consentProblems(of: [file])
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      try seats.update(moved)
      try desk.note(
        "move-up-in-programme", "seat", seat.description, in: file.school, caseFile: file.id)
      return moved
    }
  }
}

/// A student leaves a programme, or its waiting list; the place is free for whoever waits first.
public struct LeaveProgramme: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameters:
  ///   - day: the last day in it; today, where none is given.
  ///   - remark: why, which lies sealed under the student's key.
  @discardableResult
  public func callAsFunction(
    _ seat: ID<Seat>, from version: Int, in programme: ID<Programme>, on day: Day? = nil,
    because remark: String? = nil, by asker: Asker
  ) async throws -> Seat {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      let seats = desk.session.seats(of: programme)
      guard let old = try seats.all().first(where: { $0.id == seat }) else { throw Refusal.notFound }
      let file = try desk.caseFile(leaving: old)
      guard old.version == version else { throw Refusal.conflict(.changedByAnother) }
      let last = day ?? max(desk.day, old.enrolledOn ?? desk.day)
      let left = try old.left(by: desk.staff.id, on: last)
      let words = try remark.map { try desk.checked($0, field: "remark", keepingLines: false) }
      let sealed = try words.flatMap { words in
        words.isEmpty
          ? nil : try desk.seal(words, "programme_seat", left.id.description, left.version, of: file)
      }
      try seats.update(left, sealed: sealed)
      try desk.note("leave-programme", "seat", seat.description, in: file.school, caseFile: file.id)
      return left
    }
  }
}
