public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// One sweep over everybody of a programme: the session, who was there, and for each of them a contact with the service.
public struct HoldSession: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// What is said of one student.
  public struct Part: Hashable, Sendable {
    public let seat: ID<Seat>
    public let mark: Attendance.Mark
    /// A line about this student only: in the contact of whoever was there, else beside the mark.
    public let line: String?

    public init(_ seat: ID<Seat>, _ mark: Attendance.Mark, line: String? = nil) {
      self.seat = seat
      self.mark = mark
      self.line = line
    }
  }

  /// - Parameters:
  ///   - answers: a contact without anybody's name: the day, the minutes, one text for all.
  ///   - number: the one that the asker takes it for, so that two who write down the same session are told.
  ///   - parts: some or all of those whose contacts the asker may write; colleagues add theirs afterwards.
  /// - Throws: `Refusal.invalid` with `students.<place>.mark` or `.line` where one student is meant;
  ///   `Refusal.conflict(.changedByAnother)` where a session of this number was written meanwhile.
  @discardableResult
  public func callAsFunction(
    _ programme: ID<Programme>, number: Int, topic: String, _ answers: Answers, for parts: [Part],
    by asker: Asker
  ) async throws -> ProgrammeSession {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      let sessions = desk.session.programmeSessions(of: programme)
      guard try sessions.all().nextNumber == number else { throw Refusal.conflict(.changedByAnother) }
      let (day, minutes) = try desk.time(of: answers, in: programme)
      let held = ProgrammeSession(
        id: desk.newID(), programme: programme.id, number: number, day: day, minutes: minutes,
        topic: try desk.checked(topic, field: "topic", keepingLines: false), by: desk.staff.id)
      let sweep = try desk.sweep(parts, of: held, in: programme)
      let records = try desk.record(
        sweep.filter(\.part.mark.isThere), answers, of: held, in: programme, sweep)
      try sessions.insert(held)
      for line in sweep { try desk.insert(line, records[line.seat.id], of: held, in: programme) }
      try desk.note("hold-session", of: programme, detail: "\(number) \(records.count)/\(sweep.count)")
      return held
    }
  }
}

/// Puts right who was there, or adds students to a session that a colleague has written down.
public struct CorrectAttendance: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// What was said before stays with the contact as an earlier version of it; whoever was not there after all keeps it
  /// without its service.
  ///
  /// - Parameters:
  ///   - answers: one text for those who get a new contact by this; else nothing of it is used.
  ///   - version: that of the session the asker has seen.
  public func callAsFunction(
    _ session: ID<ProgrammeSession>, from version: Int, in programme: ID<Programme>,
    _ answers: Answers = Answers(), for parts: [HoldSession.Part], by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      let sessions = desk.session.programmeSessions(of: programme)
      let found = try sessions.all().first { $0.id == session }
      guard let held = found, held.isHeld else { throw Refusal.notFound }
      guard held.version == version else { throw Refusal.conflict(.changedByAnother) }
      let before = Dictionary(
        try sessions.attendance(of: session).map { ($0.seat, $0) }, uniquingKeysWith: { first, _ in first })
      let sweep = try desk.sweep(parts, of: held, in: programme)
      let remarks = try desk.remarks(of: session, about: sweep.map(\.seat), in: programme)
      let added = sweep.filter { $0.part.mark.isThere && before[$0.seat.id]?.record == nil }
      let records =
        added.isEmpty ? [:] : try desk.record(added, answers, of: held, in: programme, sweep)
      for line in sweep {
        guard let old = before[line.seat.id] else {
          try desk.insert(line, records[line.seat.id], of: held, in: programme)
          continue
        }
        // Of whoever was there the contact tells; of the others the line does.
        let isSaidAnew =
          !line.part.mark.isThere && line.part.line != nil && line.line != remarks[line.seat.id]
        guard old.mark != line.part.mark || isSaidAnew else { continue }
        try desk.correct(old, to: line, records[line.seat.id], of: held, in: programme)
      }
      try sessions.advance(held, from: version)
      try desk.note("correct-attendance", of: programme, detail: "\(held.number) \(version + 1)")
    }
  }
}

/// A session that was to be and was not.
public struct CancelSession: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter reason: a code, for free words could name somebody.
  @discardableResult
  public func callAsFunction(
    _ programme: ID<Programme>, number: Int, on day: Day, because reason: String, by asker: Asker
  ) async throws -> ProgrammeSession {
    try await office.act(by: asker) { desk in
      let programme = try desk.programmes().find(programme)
      let sessions = desk.session.programmeSessions(of: programme)
      guard try sessions.all().nextNumber == number else { throw Refusal.conflict(.changedByAnother) }
      var problems: [Problem] = []
      // One may be called off beforehand.
      if let problem = programme.problem(ofSessionOn: day, today: max(day, desk.day)) {
        problems.append(problem)
      }
      if desk.practice.list("programme-cancelled")[reason] == nil {
        problems.append(Problem("reason", "choose-one"))
      }
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      let cancelled = ProgrammeSession(
        id: desk.newID(), programme: programme.id, number: number, day: day, cancelled: reason,
        by: desk.staff.id)
      try sessions.insert(cancelled)
      try desk.note("cancel-session", of: programme, detail: "\(number)")
      return cancelled
    }
  }
}
