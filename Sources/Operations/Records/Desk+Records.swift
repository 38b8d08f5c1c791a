import CaseWork
import Foundation
import Practice
import Repositories
import Store

extension Desk {
  /// Writes a new record and lets follow what follows from it.
  func write(
    _ kind: CaseRecord.Kind, _ answers: Answers, in file: CaseFile, finishing: Bool
  ) throws -> SavedRecord {
    let saved = try write(kind, [(answers, file)], finishing: finishing)
    guard let only = saved.first else { throw Refusal.notFound }
    return only
  }

  /// The same in several cases, each once, in as few statements as in one.
  func write(
    _ kind: CaseRecord.Kind, _ entries: [(answers: Answers, file: CaseFile)], finishing: Bool
  ) throws -> [SavedRecord] {
    let isFinishing = finishing || kind.isWrittenAtOnce
    for (_, file) in entries { try checkMayBegin(kind, in: file) }
    let series = try session.nextSeries(of: kind, in: entries.map(\.file))
    let written = try entries.map { answers, file in
      try compose(kind, answers, series: series[file.id] ?? 1, in: file, finishing: isFinishing)
    }
    try session.insert(
      written.map {
        NewRecord($0.record, in: $0.file, marks: $0.marks, sealed: try seal($0.record, of: $0.file))
      })
    try session.count(
      written.map { CountedRecord(record: $0.record, file: $0.file, counted: counted($0.record, $0.rated)) })
    for one in written {
      try note("write", one.record, of: one.file)
      try tell(of: one.record, in: one.file)
    }
    return try saved(written, finishing: isFinishing)
  }

  /// A record that was checked, in its case.
  private struct Written {
    let record: CaseRecord
    let file: CaseFile
    let rated: PlanHistory.Version?
    let marks: Marks
  }

  private func checkMayBegin(_ kind: CaseRecord.Kind, in file: CaseFile) throws {
    guard file.mayTake(kind) else { throw refusal(of: kind, in: file) }
    if !kind.isWrittenAtOnce, let last = try session.records(of: file).latest(kind),
      last.header.approval == nil
    {
      throw Refusal.conflict(.alreadyExists)
    }
  }

  private func compose(
    _ kind: CaseRecord.Kind, _ answers: Answers, series: Int, in file: CaseFile, finishing: Bool
  ) throws -> Written {
    let answers = try checked(answers, of: kind, in: file, finishing: finishing)
    let form = try form(kind.rawValue)
    let record = CaseRecord(
      id: newID(), school: file.school, caseFile: file.id, kind: kind, series: series,
      day: answers.day("day") ?? answers.day("from") ?? day, author: staff.id, writtenAt: instant,
      form: CaseRecord.FormVersion(id: form.id, version: form.version), answers: answers)
    let rated = try ratedPlan(of: record, in: file)
    return Written(record: record, file: file, rated: rated, marks: marks(of: kind, answers, rated?.plan))
  }

  /// Who hears of a record as soon as it is begun.
  private func tell(of record: CaseRecord, in file: CaseFile) throws {
    switch record.kind {
    case .accessRequest:
      try notify(
        everyone: .principal, .accessAsked, in: file.school, caseFile: file.id, record: record.id)
    case .emergencySupport:
      try notify(file.manager, .unsafe, in: file.school, caseFile: file.id, record: record.id)
    default: break
    }
  }

  /// Replaces what a record says by a new version of it.
  func correct(
    _ old: StoredRecord, with answers: Answers, from version: Int, in file: CaseFile, finishing: Bool
  ) throws -> SavedRecord {
    let kind = old.header.kind
    guard old.header.approval == nil else { throw Refusal.conflict(.alreadyApproved) }
    guard !kind.isSettledAtOnce else { throw Refusal.conflict(.alreadyAnswered) }
    guard file.mayTake(kind) else { throw refusal(of: kind, in: file) }
    guard old.header.author == staff.id || file.manager == staff.id else { throw Refusal.notAllowed }
    guard old.header.version == version else {
      throw EditConflict(
        base: try said(by: old, at: version, in: file), theirs: try opened(old, of: file),
        theirAuthor: try staffNames([old.header.author])[old.header.author] ?? "",
        mine: answers)
    }
    let isFinishing = finishing || kind.isWrittenAtOnce
    let answers = try checked(answers, of: kind, in: file, finishing: isFinishing, replacing: old.header.id)
    let form = try form(kind.rawValue)
    let record = CaseRecord(
      id: old.header.id, school: file.school, caseFile: file.id, kind: kind, series: old.header.series,
      day: answers.day("day") ?? answers.day("from") ?? old.header.day, author: staff.id, writtenAt: instant,
      follows: old.header.follows, form: CaseRecord.FormVersion(id: form.id, version: form.version),
      answers: answers,
      version: version + 1)
    let rated = try ratedPlan(of: record, in: file)
    let marks = marks(of: kind, answers, rated?.plan)
    try session.records(of: file).replace(old, by: record, marks: marks, sealed: try seal(record, of: file))
    try session.counted(of: file).replace(of: record, by: counted(record, rated))
    try note("correct", record, of: file)
    let written = Written(record: record, file: file, rated: rated, marks: marks)
    guard let saved = try saved([written], finishing: isFinishing).first else { throw Refusal.notFound }
    return saved
  }

  private func saved(_ written: [Written], finishing: Bool) throws -> [SavedRecord] {
    for (day, met) in Dictionary(grouping: written.filter { $0.record.kind == .contact }, by: \.record.day) {
      try session.caseFileStore.noteContact(on: day, in: met.map(\.file))
    }
    let files = try written.map { finishing ? try close($0.record, $0.marks, in: $0.file) : $0.file }
    try settle(files)
    return zip(written, files).map { one, file in
      SavedRecord(
        id: one.record.id, kind: one.record.kind, series: one.record.series, version: one.record.version,
        isApproved: finishing && one.record.kind.isApprovedByAuthor, file: file)
    }
  }

  /// Finishes a record that was saved unfinished: everything its form needs at the end must be there.
  @discardableResult
  func finish(_ record: CaseRecord, _ marks: Marks, in file: CaseFile) throws -> CaseFile {
    guard file.mayTake(record.kind) else { throw refusal(of: record.kind, in: file) }
    _ = try checked(record.answers, of: record.kind, in: file, finishing: true, replacing: record.id)
    return try close(record, marks, in: file)
  }

  /// Approved by its author, or handed in for approval; then follows what follows from it.
  private func close(_ record: CaseRecord, _ marks: Marks, in file: CaseFile) throws -> CaseFile {
    if record.kind.isApprovedByAnother {
      try session.records(of: file).ask(approvalOf: record.id, version: record.version, at: instant)
      try note("hand-in", record, of: file)
    } else if record.kind.isApprovedByAuthor {
      try session.records(of: file).approve(record.id, version: record.version, by: staff.id, at: instant)
      try note("approve", record, of: file)
    }
    return try follow(record, marks, in: file)
  }

  /// What a record said at one of its versions.
  func said(by record: StoredRecord, at version: Int, in file: CaseFile) throws -> Answers? {
    if record.header.version == version { return try opened(record, of: file).answers }
    return try session.records(of: file).versions(of: record.header.id).first { $0.version == version }.map {
      try open(Answers.self, $0.sealed, "case_record", record.header.id.description, version, of: file)
    }
  }

  func note(_ act: String, _ record: CaseRecord, of file: CaseFile) throws {
    try note(
      act, "record", record.id.description, in: file.school, caseFile: file.id,
      detail: "\(record.kind.rawValue) \(record.series) \(record.version)")
  }

  /// Why a record of this kind cannot be written as the case stands.
  private func refusal(of kind: CaseRecord.Kind, in file: CaseFile) -> Refusal {
    switch file.standing {
    case .refused, .suspended: .conflict(.held)
    case .notSelected, .closed, .ended: .conflict(.alreadyClosed)
    case .open: .notYet([Missing("closure", at: "closure")])
    }
  }
}

extension Desk {
  func form(_ id: String) throws -> Form {
    guard let form = practice.forms[id] else { throw Refusal.notFound }
    return form
  }

  /// The answers as they are kept; refused with every problem they have.
  func checked(_ answers: Answers, with form: String, finishing: Bool) throws -> Answers {
    let form = try self.form(form)
    let kept = form.normalized(answers)
    let problems = form.problems(in: kept, lists: practice.codes, on: day, finishing: finishing)
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return kept
  }

  /// A text typed outside a form.
  func checked(_ text: String, field: String, keepingLines: Bool) throws -> String {
    let kept = Text.cleaned(text, keepingLines: keepingLines)
    if kept.count > (keepingLines ? Form.longestText : Form.longestLine) {
      throw Refusal.invalid([Problem(field, "too-long")])
    }
    if NationalID.isFound(in: kept) { throw Refusal.invalid([Problem(field, "national-id")]) }
    return kept
  }

  private func checked(
    _ answers: Answers, of kind: CaseRecord.Kind, in file: CaseFile, finishing: Bool,
    replacing old: ID<CaseRecord>? = nil
  ) throws -> Answers {
    let form = try form(kind.rawValue)
    let kept = form.normalized(answers)
    var problems = form.problems(in: kept, lists: practice.codes, on: day, finishing: finishing)
    problems += try self.problems(of: kind, in: kept, of: file, finishing: finishing, replacing: old)
    // A field that both the form and the rule ask for is named once.
    var seen: Set<String> = []
    problems.removeAll { !seen.insert("\($0.field) \($0.code)").inserted }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return kept
  }

  /// What is wrong beyond the single fields of the form.
  private func problems(
    of kind: CaseRecord.Kind, in answers: Answers, of file: CaseFile, finishing: Bool,
    replacing old: ID<CaseRecord>?
  ) throws -> [Problem] {
    var problems: [Problem] = []
    if let about = answers.day("day"), about > day { problems.append(Problem("day", "in-the-future")) }
    switch kind {
    case .assessment, .reassessment:
      if finishing { problems += Risk.problems(in: answers) }
    case .plan:
      if finishing { problems += Plan.problems(in: answers) }
    case .contact:
      problems += ServiceGiven.problems(in: answers)
      problems += try budgetProblems(in: answers, of: file, replacing: old)
    case .monitoring, .evaluation:
      if finishing {
        let instant = old?.madeAt ?? instant
        problems += GoalRating.problems(
          in: answers, plan: try plan(of: file, at: instant)?.plan ?? Plan(Answers()))
      }
    case .accessRequest:
      if finishing { problems += AccessRequest.problems(in: answers) }
    case .emergencySupport:
      let missing = try missing(for: answers, in: file)
      guard missing.isEmpty else { throw Refusal.notYet(missing) }
    case .score:
      let instrument = answers["instrument"].flatMap { practice.instruments[$0] }
      problems += instrument?.problems(in: answers) ?? []
    case .intake, .conference, .closure, .followUp, .transfer, .recommendation, .emergency:
      break
    }
    return problems
  }

  /// The plan that holds; an empty one where none was approved yet.
  func plan(of file: CaseFile) throws -> Plan {
    try session.records(of: file).latestApproved(.plan).map { Plan(try opened($0, of: file).answers) }
      ?? Plan(Answers())
  }

  /// What is counted of the answers, and the day of the next meeting, so that a missing record is found.
  func marks(of kind: CaseRecord.Kind, _ answers: Answers, _ plan: Plan?) -> Marks {
    let marks = Marks(of: kind, answers: answers, plan: plan)
    guard let next = answers.day("next-day") else { return marks }
    return Marks(marks.values.merging(["next-day": next.ordinal]) { _, new in new })
  }

  /// The plan whose goals a record rates: the one that held when it was begun, so that a correction made under a later
  /// plan does not move old ratings to new goals.
  private func ratedPlan(of record: CaseRecord, in file: CaseFile) throws -> PlanHistory.Version? {
    guard record.kind == .monitoring || record.kind == .evaluation else { return nil }
    return try plan(of: file, at: record.id.madeAt)
  }

  private func plan(of file: CaseFile, at instant: Date) throws -> PlanHistory.Version? {
    try session.records(of: file).plan(at: instant).map {
      PlanHistory.Version(number: $0.header.series, plan: Plan(try opened($0, of: file).answers))
    }
  }

  private func counted(_ record: CaseRecord, _ rated: PlanHistory.Version?) -> Counted {
    var counted = Counted()
    switch record.kind {
    case .contact: counted.services = ServiceGiven.rows(of: record.answers)
    case .monitoring, .evaluation:
      if let rated {
        counted.ratings = GoalRating.rows(of: record.answers, plan: rated.plan)
        counted.plan = rated.number
      }
    case .score: counted.scores = InstrumentScore.rows(of: record.answers)
    case .assessment, .reassessment: counted.needs = NeedSeen.rows(of: record.answers)
    case .intake, .conference, .plan, .closure, .followUp, .transfer, .recommendation, .emergency,
      .emergencySupport, .accessRequest:
      break
    }
    return counted
  }
}
