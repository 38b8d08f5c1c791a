import CaseWork
import Foundation
import Practice
import Repositories
import Store
import Vault

/// One act under way: its transaction, who acts, and at which instant.
///
/// Every act and every read of a case works through it, so that finding, permission, sealing and the trace are the same
/// everywhere.
struct Desk {
  let office: Office
  let session: any Session
  let asker: Asker
  let instant: Date
  let sealer: Sealer
  /// Whose cases were touched, for the access log.
  let touched = Touched()
  /// Why a gate may be passed early, where the one who acts gave a reason.
  var overriding: String?

  var staff: Staff { asker.staff }
  var practice: Practice { office.practice }
  var day: Day { Day(inKoreaAt: instant) }

  func newID<Record>(_ type: Record.Type = Record.self) -> ID<Record> { office.id(at: instant) }
}

extension Desk {
  /// The case, if this person sees it; refused as not theirs where the act is not.
  func find(_ id: ID<CaseFile>, for act: Act) throws -> CaseFile {
    try met(try session.caseFiles(seenBy: staff, on: day).find(id), for: act)
  }

  /// The case and the roles in which this person meets it; not found where even seeing it is not theirs.
  func see(_ id: ID<CaseFile>) throws -> CaseFiles.Seen {
    let seen = try session.caseFiles(seenBy: staff, on: day).find(id)
    try meet(seen)
    return seen
  }

  /// The same of several cases, in their order; refused where one of them is not to be had.
  func find(_ ids: [ID<CaseFile>], for act: Act) throws -> [CaseFile] {
    let found = try session.caseFiles(seenBy: staff, on: day).find(ids)
    return try ids.map { id in
      guard let seen = found[id] else { throw Refusal.notFound }
      return try met(seen, for: act)
    }
  }

  private func met(_ seen: CaseFiles.Seen, for act: Act) throws -> CaseFile {
    try meet(seen)
    try permit(act, as: seen.roles, at: seen.file.stage)
    return seen.file
  }

  /// Notes whose case it is; what one may not see is not found.
  private func meet(_ seen: CaseFiles.Seen) throws {
    guard practice.permissions.allow(.seeCase, as: seen.roles, at: seen.file.stage) else {
      throw Refusal.notFound
    }
    touched.subjects.insert(Subject(seen.file.student, seen.file.school))
  }

  func permit(_ act: Act, as roles: Set<Role>, at stage: Stage?) throws {
    guard practice.permissions.allow(act, as: roles, at: stage) else { throw Refusal.notAllowed }
  }

  /// The act belongs to no stage: it is asked for in one school.
  func permit(_ act: Act, in school: ID<School>) throws {
    let roles = staff.roles(in: school)
    guard !roles.isEmpty else { throw Refusal.notFound }
    try permit(act, as: roles, at: nil)
  }
}

extension Desk {
  /// Who does it, for the rules that say what becomes of a case.
  var doing: CaseFile.Doing { doing(on: day) }

  func doing(on day: Day) -> CaseFile.Doing {
    CaseFile.Doing(by: staff.id, on: day, transition: newID())
  }

  /// Saves what became of a case, with the row that tells of the step and the reason in words, where one was given.
  @discardableResult
  func apply(_ change: CaseFile.Change, words: String? = nil) throws -> CaseFile {
    let saved = try session.caseFileStore.update(change.file)
    let transition = change.transition
    try session.transitions(of: saved).add(
      transition,
      sealed: try words.map { try seal($0, "case_transition", transition.id.description, 1, of: saved) })
    try note(
      "move", of: saved,
      detail: "\(saved.stage.rawValue) \(saved.standing.rawValue) \(transition.reason)")
    return saved
  }

  /// Rewrites what is due in the case, after every act on it.
  func settle(_ file: CaseFile) throws { try settle([file]) }

  /// The same of several cases, in as few statements as of one.
  func settle(_ files: [CaseFile]) throws {
    let facts = try facts(of: files, forGates: false)
    let calendars = try calendars(of: Set(files.map(\.school)))
    let linkages = try session.linkages(ofCases: files)
    let all = files.map { file -> (ID<CaseFile>, [Due]) in
      let calendar = calendars[file.school] ?? SchoolCalendar()
      let ofLinkages = LinkageClock.dues(
        linkages[file.id] ?? [], of: file, policy: practice.policy.linkages, calendar: calendar, on: day)
      return (file.id, (facts[file.id].map { dues(of: $0, calendar) } ?? []) + ofLinkages)
    }
    try session.replaceDues(of: files, by: Dictionary(all, uniquingKeysWith: { $1 }))
  }

  /// - Parameter line: the student, where opened already.
  func facts(of file: CaseFile, _ line: StudentLine? = nil) throws -> CaseFacts {
    let lines = line.map { [Subject(file.student, file.school): $0] }
    guard let facts = try facts(of: [file], lines, forGates: true)[file.id] else { throw Refusal.notFound }
    return facts
  }

  /// A gate also wants the marks that it adds up.
  private func facts(
    of files: [CaseFile], _ lines: [Subject: StudentLine]? = nil, forGates: Bool
  ) throws -> [ID<CaseFile>: CaseFacts] {
    let lines = try lines ?? self.lines(of: files.map { Subject($0.student, $0.school) })
    let turning = files.map { file in
      (file.id, lines[Subject(file.student, file.school)]?.birthDay?.adding(months: 14 * 12))
    }
    return try session.facts(of: files)(
      turnsFourteenOn: Dictionary(turning, uniquingKeysWith: { $1 }).compactMapValues(\.self),
      totalling: forGates ? practice.workflow.totals(leaving: Set(files.map(\.stage))) : [])
  }

  /// What the clocks say, and the next meeting that was promised but not written down.
  private func dues(of facts: CaseFacts, _ calendar: SchoolCalendar) -> [Due] {
    let clocks = Clocks.dues(facts, policy: practice.policy, calendar: calendar, on: day)
    guard facts.file.standing == .open else { return clocks }
    let promises = [CaseRecord.Kind.intake, .contact].compactMap { kind -> Day? in
      guard let record = facts.latest[kind], record.marks["next-day"] > 0 else { return nil }
      return Day(ordinal: record.marks["next-day"])
    }
    let written = facts.latest[.contact]?.day
    guard let promised = promises.max(), written.map({ $0 < promised }) ?? true else { return clocks }
    return clocks + [Due(kind: "planned-contact", day: promised)]
  }
}

extension Desk {
  func notify(
    _ staff: ID<Staff>, _ kind: Notice.Kind, in school: ID<School>, caseFile: ID<CaseFile>? = nil,
    referral: ID<Referral>? = nil, record: ID<CaseRecord>? = nil
  ) throws {
    guard staff != self.staff.id else { return }
    try session.notices(of: staff).add(
      Notice(
        id: newID(), school: school, staff: staff, kind: kind, caseFile: caseFile, referral: referral,
        record: record,
        at: instant))
  }

  func notify(
    everyone role: Role, _ kind: Notice.Kind, in school: ID<School>, caseFile: ID<CaseFile>? = nil,
    referral: ID<Referral>? = nil, record: ID<CaseRecord>? = nil
  ) throws {
    for staff in try session.holders(of: role, in: school, on: day) {
      try notify(staff, kind, in: school, caseFile: caseFile, referral: referral, record: record)
    }
  }

  /// Records one event of the trail on a case.
  func note(_ act: String, of file: CaseFile, detail: String = "") throws {
    try note(act, "case", file.id.description, in: file.school, caseFile: file.id, detail: detail)
  }
}

extension Workflow {
  /// The marks that some gate on the way out of these stages adds up over all records of a kind, each once.
  func totals(leaving stages: Set<Stage>) -> [(kind: CaseRecord.Kind, mark: String)] {
    var seen: Set<String> = []
    return steps.filter { !stages.isDisjoint(with: $0.from) }.flatMap(\.needs)
      .flatMap { Workflow.totals(in: $0.rule) }
      .filter { seen.insert("\($0.kind.rawValue) \($0.mark)").inserted }
  }

  private static func totals(in rule: Rule) -> [(kind: CaseRecord.Kind, mark: String)] {
    switch rule {
    case .total(let kind, let mark, _, _): [(kind, mark)]
    case .any(let rules): rules.flatMap(totals)
    case .record, .mark, .consent, .level: []
    }
  }
}
