import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// One student in a sweep.
struct SweptSeat {
  let index: Int
  let part: HoldSession.Part
  /// The line about them, as it is kept.
  let line: String?
  let seat: Seat
  let file: CaseFile
}

extension Desk {
  /// When a session was and how long it took, as it was typed.
  func time(of answers: Answers, in programme: Programme) throws -> (day: Day, minutes: Int) {
    var problems: [Problem] = []
    let (about, minutes) = (answers.day("day"), answers.number("minutes"))
    if let about {
      problems += [programme.problem(ofSessionOn: about, today: day)].compactMap(\.self)
    } else {
      problems.append(Problem("day", answers["day"] == nil ? "required" : "not-a-day"))
    }
    if minutes.map({ !(1...1440).contains($0) }) ?? true {
      problems.append(Problem("minutes", answers["minutes"] == nil ? "required" : "out-of-range", "1–1440"))
    }
    guard let about, let minutes, problems.isEmpty else { throw Refusal.invalid(problems) }
    return (about, minutes)
  }

  /// Everybody who is told of, each with the case in which this person may write: read at once, however many they are.
  ///
  /// - Throws: `Refusal.invalid` where somebody did not belong to the programme on that day.
  func sweep(
    _ parts: [HoldSession.Part], of held: ProgrammeSession, in programme: Programme
  ) throws -> [SweptSeat] {
    guard Set(parts.map(\.seat)).count == parts.count else {
      throw Refusal.invalid([Problem("students", "twice")])
    }
    guard !parts.isEmpty else { throw Refusal.invalid([Problem("students", "required")]) }
    let seats = Dictionary(
      try session.seats(of: programme).all().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let files = try writable(parts.compactMap { seats[$0.seat]?.caseFile })
    var problems: [Problem] = []
    let sweep = try parts.enumerated().map { index, part in
      guard let seat = seats[part.seat], let file = files[seat.caseFile] else { throw Refusal.notFound }
      touch(file)
      let field = "students.\(index).mark"
      if !seat.isEnrolled(on: held.day) {
        problems.append(Problem(field, "not-enrolled-that-day"))
      } else if part.mark.isThere, !file.mayTake(.contact) {
        problems.append(Problem(field, "case-not-open"))
      }
      var words: String?
      do {
        words = try checked(part.line ?? "", field: "students.\(index).line", keepingLines: false)
      } catch Refusal.invalid(let found) {
        problems += found
      }
      return SweptSeat(
        index: index, part: part, line: words.flatMap { $0.isEmpty ? nil : $0 }, seat: seat, file: file)
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return sweep
  }

  /// One contact for each of `there`, naming the programme; by the seat it belongs to.
  ///
  /// - Parameter everybody: those there and those not, because none of their names may stand in another's record.
  func record(
    _ there: [SweptSeat], _ answers: Answers, of held: ProgrammeSession, in programme: Programme,
    _ everybody: [SweptSeat]
  ) throws -> [ID<Seat>: ID<CaseRecord>] {
    guard !there.isEmpty else { throw Refusal.invalid([Problem("students", "nobody-there")]) }
    guard answers["facts"] != nil else { throw Refusal.invalid([Problem("facts", "required")]) }
    let present = Set(there.map(\.seat.id))
    let parts = everybody.map { line in
      RecordGroupSession.Part(line.file.id, isPresent: present.contains(line.seat.id), line: line.line)
    }
    var own = answers
    own["day"] = held.day.description
    own["minutes"] = String(held.minutes)
    own["service"] = programme.service
    own["legal-kind"] = programme.legalKind
    own["resource"] = programme.resource?.description
    own["method"] = answers["method"] ?? "M01"
    let heading = RecordGroupSession.Heading(
      words: heading(of: held, in: programme), topic: held.topic,
      others: try namesOfOthers(than: everybody, in: programme))
    let saved = try recordTogether(own, for: parts, in: everybody.map(\.file), under: heading)
    let records = Dictionary(
      saved.map { ($0.file.id, $0.id) }, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      uniqueKeysWithValues: there.compactMap { line in records[line.file.id].map { (line.seat.id, $0) } })
  }

  /// The programme, the number and the topic of a session, as each record begins.
  private func heading(of held: ProgrammeSession, in programme: Programme) -> String {
    let key = held.topic.isEmpty ? "programme.record" : "programme.record.topic"
    return practice.wordings(
      key, .korean, ["name": programme.name, "number": String(held.number), "topic": held.topic])
  }

  /// The names of those of the programme that are not in this sweep: a colleague's students, and who has left.
  private func namesOfOthers(than sweep: [SweptSeat], in programme: Programme) throws -> [String] {
    let swept = Set(sweep.map(\.file.student))
    let others = try session.seats(of: programme).all().map(\.student).filter { !swept.contains($0) }
    return try lines(of: others.map { Subject($0, programme.school) }).values.map(\.name)
  }

  func insert(
    _ line: SweptSeat, _ record: ID<CaseRecord>?, of held: ProgrammeSession, in programme: Programme
  ) throws {
    let attendance = Attendance(
      session: held.id, seat: line.seat.id, mark: line.part.mark, record: record)
    try session.programmeSessions(of: programme).insert(
      attendance, by: staff.id, at: instant, sealed: try sealed(line, attendance))
  }

  /// Another mark than before, with what follows for the contact.
  func correct(
    _ old: Attendance, to line: SweptSeat, _ added: ID<CaseRecord>?, of held: ProgrammeSession,
    in programme: Programme
  ) throws {
    if let record = old.record, old.mark.isThere != line.part.mark.isThere {
      try give(line.part.mark.isThere, held, of: programme, by: record, in: line.file)
    }
    let attendance = Attendance(
      session: held.id, seat: old.seat, mark: line.part.mark, record: old.record ?? added,
      version: old.version + 1)
    try session.programmeSessions(of: programme).update(
      attendance, by: staff.id, at: instant, sealed: try sealed(line, attendance))
  }

  /// What was said of those of `seats` who were not there.
  func remarks(
    of held: ID<ProgrammeSession>, about seats: [Seat], in programme: Programme
  ) throws -> [ID<Seat>: String] {
    let sealed = try session.programmeSessions(of: programme).remarks(of: held)
    return try seats.reduce(into: [:]) { remarks, seat in
      guard let remark = sealed[seat.id] else { return }
      remarks[seat.id] = try open(
        String.self, remark.sealed, "programme_attendance", "\(held) \(seat.id)", remark.version,
        of: Subject(seat.student, programme.school))
    }
  }

  /// A line about somebody who was not there; of the others their contact tells.
  private func sealed(_ line: SweptSeat, _ attendance: Attendance) throws -> [UInt8]? {
    guard let words = line.line, !attendance.mark.isThere else { return nil }
    return try seal(
      words, "programme_attendance", "\(attendance.session) \(attendance.seat)", attendance.version,
      of: line.file)
  }

  /// Takes the service of a session from a contact, or gives it back: a new version, behind which the old one stays.
  private func give(
    _ isThere: Bool, _ held: ProgrammeSession, of programme: Programme, by id: ID<CaseRecord>,
    in file: CaseFile
  ) throws {
    let records = session.records(of: file)
    let old = try records.find(id)
    guard old.header.author == staff.id || file.manager == staff.id else { throw Refusal.notAllowed }
    var answers = try opened(old, of: file).answers
    if isThere {
      answers["service"] = programme.service
      answers["legal-kind"] = programme.legalKind
      answers["minutes"] = String(held.minutes)
      answers["result"] = nil
      _ = try correct(old, with: answers, from: old.header.version, in: file, finishing: true)
      return
    }
    for path in [
      "service", "legal-kind", "minutes", "people", "group", "goals", "amount", "fund", "expense-kind",
    ] {
      answers[all: path] = []
    }
    answers["result"] = "absent"
    // Past the form, which wants a service of every contact: here there was none.
    let record = CaseRecord(
      id: id, school: file.school, caseFile: file.id, kind: .contact, series: old.header.series,
      day: old.header.day, author: staff.id, writtenAt: instant, follows: old.header.follows,
      form: old.header.form, answers: answers, version: old.header.version + 1)
    try records.replace(
      old, by: record, marks: marks(of: .contact, answers, nil), sealed: try seal(record, of: file))
    try session.counted(of: file).replace(of: record, by: Counted())
    try note("correct", record, of: file)
    try settle(file)
  }
}
