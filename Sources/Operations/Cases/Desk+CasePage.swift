import CaseWork
import Foundation
import Practice
import Repositories
import Store

extension Desk {
  /// The kinds of record this person may read in the case.
  func readable(_ seen: CaseFiles.Seen) -> Set<CaseRecord.Kind> {
    guard practice.permissions.allow(.readRecords, as: seen.roles, at: seen.file.stage) else { return [] }
    return practice.permissions.readable(by: seen.roles)
  }

  func page(
    of seen: CaseFiles.Seen, _ filter: Timeline.Filter, by author: ID<Staff>?, before cursor: TimelineCursor?
  ) throws -> CasePage {
    let file = seen.file
    let line = try line(of: file)
    let facts = try facts(of: file, line)
    let readable = readable(seen)
    let acts = Set(Act.allCases.filter { practice.permissions.allow($0, as: seen.roles, at: file.stage) })
    let participants = try session.participants(of: file).all().filter { $0.until.map { day <= $0 } ?? true }
    let tasks = try session.tasks.of(file)
    let authors = readable.isEmpty ? [] : try session.timeline(of: file).authors()
    let names = try staffNames(
      [file.manager] + participants.map(\.staff) + tasks.map(\.task.staff) + authors)
    let joint = try session.jointAgencies(of: file)
    let jointNames = try resourceNames(joint)
    let mayReadTasks = readable.contains(.conference)
    let plan = readable.contains(.plan) ? try planLine(of: file) : nil
    let assessed = readable.contains(.assessment) ? try assessed(of: file) : []
    return CasePage(
      file: file, student: line,
      school: try session.schools.find(file.school) ?? School(id: file.school, name: "", kind: .elementary),
      manager: names[file.manager] ?? "", day: day, roles: seen.roles, acts: acts, readable: readable,
      stages: stages(of: file, facts.transitions),
      gates: practice.workflow.nextSteps(facts).map { step in
        CasePage.StepGate(
          step: step, lines: practice.workflow.gate(of: step, facts, on: day), isMine: acts.contains(step.act)
        )
      },
      dues: try session.dues(of: file).all(), calendar: try calendar(of: file.school),
      consents: facts.consentStates(on: day),
      participants: participants.map {
        CasePage.ParticipantLine(participant: $0, name: names[$0.staff] ?? "")
      },
      tasks: try tasks.filter { mayReadTasks || $0.task.staff == staff.id }.map { task, sealed in
        CasePage.TaskLine(
          task: task, who: names[task.staff] ?? "",
          what: try open(String.self, sealed, "task", task.id.description, 1, of: file))
      },
      followUps: facts.followUps, latest: facts.latest, counts: facts.counts,
      plan: plan, strengths: assessed.first.map { strengths(in: $0.answers) },
      surroundings: surroundings(in: assessed),
      words: try words(of: file, kinds: readable.intersection(CaseRecord.Kind.quotingStudents)),
      budget: readable.contains(.contact) ? try budgetUses(of: file).filter { $0.student > 0 } : [],
      resources: try resourceNames(
        facts.consents.compactMap(\.recipient) + (plan?.plan.actions.compactMap(\.resource) ?? [])),
      authors: authors.map { CasePage.Author(id: $0, name: names[$0] ?? "") }.sorted { $0.name < $1.name },
      referral: try session.referral(of: file)?.header.status,
      joint: joint.compactMap { jointNames[$0] }, linkages: try linkageLines(of: seen),
      timeline: try timeline(of: file, filter, by: author, before: cursor, readable: readable))
  }

  private func stages(of file: CaseFile, _ transitions: [Transition]) -> [CasePage.StageLine] {
    let now = Stage.allCases.firstIndex(of: file.stage) ?? 0
    return Stage.allCases.enumerated().map { index, stage in
      let entered = transitions.first { $0.to == stage && $0.from != stage }?.at
      let left = transitions.last { $0.from == stage && $0.to != stage }?.at
      let progress: CasePage.StageLine.Progress =
        if stage == file.stage { .now } else if entered != nil || index < now && left != nil { .done } else {
          .ahead
        }
      return CasePage.StageLine(
        stage: stage, progress: progress, from: entered, until: stage == file.stage ? nil : left)
    }
  }

  /// The approved plan with the course of every goal through all ratings of the case.
  private func planLine(of file: CaseFile) throws -> CasePage.PlanLine? {
    let stored = try session.records(of: file).approvedPlans()
    guard let newest = stored.last else { return nil }
    let plans = try history(stored, of: file)
    let plan = plans.current
    let courses = plans.courses(try session.counted(of: file).rated())
    let last = courses.compactMap { course in
      (course.last ?? course.baseline).map {
        GoalRating(goal: course.goal, rating: $0, weight: course.weight)
      }
    }
    return CasePage.PlanLine(
      record: newest.header.id, series: newest.header.series, plan: plan, courses: courses,
      scoreBefore: plan.baselineScore, scoreNow: AttainmentScore(last))
  }

  /// Every approved version of the plan.
  func plans(of file: CaseFile) throws -> PlanHistory {
    try history(try session.records(of: file).approvedPlans(), of: file)
  }

  private func history(_ stored: [StoredRecord], of file: CaseFile) throws -> PlanHistory {
    PlanHistory(
      try stored.map {
        PlanHistory.Version(number: $0.header.series, plan: Plan(try opened($0, of: file).answers))
      })
  }

  /// The newest assessment and the newest reassessment, the later first.
  func assessed(of file: CaseFile) throws -> [CaseRecord] {
    let records = session.records(of: file)
    return try [records.latest(.assessment), records.latest(.reassessment)].compactMap(\.self)
      .map { try opened($0, of: file) }
      .sorted { ($0.day, $0.writtenAt) > ($1.day, $1.writtenAt) }
  }

  private func strengths(in answers: Answers) -> [CasePage.Strength] {
    answers.rows("strengths").compactMap { row in
      row["what"].map {
        CasePage.Strength(area: row["area"] ?? "", what: $0, evidence: row["evidence"], idea: row["idea"])
      }
    }
  }

  /// Ties and resources, each from the newest assessment that tells of them: a reassessment need not ask again.
  private func surroundings(in assessed: [CaseRecord]) -> Surroundings? {
    let told = assessed.map { Surroundings($0.answers, on: $0.day) }
    let ties = told.first { !$0.ties.isEmpty }
    let resources = told.first { !$0.resources.isEmpty }?.resources ?? []
    guard let day = (ties ?? told.first { !$0.resources.isEmpty })?.day else { return nil }
    return Surroundings(day: day, ties: ties?.ties ?? [], resources: resources)
  }

  /// The last few things the student said, a sentence once.
  private func words(of file: CaseFile, kinds: Set<CaseRecord.Kind>) throws -> [CasePage.Words] {
    guard !kinds.isEmpty else { return [] }
    let rows = try session.timeline(of: file).records(kinds, before: nil, atMost: 12)
    var seen: Set<String> = []
    return Array(
      try rows.flatMap { stored in
        let record = try opened(stored, of: file)
        return record.answers.studentWords.filter { seen.insert($0).inserted }.map {
          CasePage.Words(words: $0, day: record.day, kind: record.kind, record: record.id)
        }
      }.prefix(3))
  }

  func resourceNames(_ ids: [ID<Resource>]) throws -> [ID<Resource>: String] {
    let ids = Set(ids)
    guard !ids.isEmpty else { return [:] }
    return try session.resources.names(of: ids.sorted()).reduce(into: [:]) { $0[$1.id] = $1.name }
  }

  func timeline(
    of file: CaseFile, _ filter: Timeline.Filter, by author: ID<Staff>? = nil,
    before cursor: TimelineCursor?, readable: Set<CaseRecord.Kind>, atMost limit: Int = 20
  ) throws -> Timeline {
    let rows = session.timeline(of: file)
    var found: [(cursor: TimelineCursor, by: ID<Staff>, what: Timeline.What)] = []
    if filter.showsRecords {
      let stored =
        filter == .words
        ? try quoting(rows, of: file, by: author, before: cursor, readable: readable, atMost: limit + 1)
        : try rows.records(filter.kinds, by: author, before: cursor, atMost: limit + 1)
      for stored in stored {
        let header = stored.header
        let card = Timeline.RecordCard(
          id: header.id, kind: header.kind, series: header.series, version: header.version,
          writtenAt: header.writtenAt, isApproved: header.approval != nil, isHandedIn: stored.askedAt != nil,
          answers: readable.contains(header.kind) ? try opened(stored, of: file).answers : nil)
        found.append(
          (TimelineCursor(day: header.day, id: header.id.description), header.author, .record(card)))
      }
    }
    if filter == .all || filter == .steps {
      for (transition, sealed) in try rows.transitions(by: author, before: cursor, atMost: limit + 1) {
        let words =
          readable.isEmpty
          ? nil
          : try sealed.map {
            try open(String.self, $0, "case_transition", transition.id.description, 1, of: file)
          }
        found.append(
          (
            TimelineCursor(day: transition.at, id: transition.id.description), transition.by,
            .step(transition, words: words)
          ))
      }
    }
    if filter == .all || filter == .consents {
      for consent in try rows.consents(by: author, before: cursor, atMost: limit + 1) {
        found.append(
          (
            TimelineCursor(day: consent.day, id: consent.id.description), consent.recordedBy,
            .consent(consent)
          ))
      }
    }
    found.sort { ($0.cursor.day, $0.cursor.id) > ($1.cursor.day, $1.cursor.id) }
    let shown = found.prefix(limit)
    let names = try staffNames(shown.map(\.by))
    return Timeline(
      entries: shown.map { Timeline.Entry(day: $0.cursor.day, by: names[$0.by] ?? "", what: $0.what) },
      next: found.count > limit ? shown.last?.cursor : nil)
  }

  /// Records in which the student speaks. That lies sealed, so they are looked through some at a time, up to a limit.
  private func quoting(
    _ rows: TimelineRows, of file: CaseFile, by author: ID<Staff>?, before cursor: TimelineCursor?,
    readable: Set<CaseRecord.Kind>, atMost limit: Int
  ) throws -> [StoredRecord] {
    let kinds = readable.intersection(CaseRecord.Kind.quotingStudents)
    var (found, cursor, batch): ([StoredRecord], TimelineCursor?, Int) = ([], cursor, 60)
    guard !kinds.isEmpty else { return [] }
    for _ in 0..<10 where found.count < limit && batch == 60 {
      let records = try rows.records(kinds, by: author, before: cursor, atMost: 60)
      found += try records.filter { !(try opened($0, of: file).answers.studentWords.isEmpty) }
      batch = records.count
      cursor = records.last.map { TimelineCursor(day: $0.header.day, id: $0.header.id.description) }
    }
    return Array(found.prefix(limit))
  }
}

extension Timeline.Filter {
  fileprivate var showsRecords: Bool {
    switch self {
    case .all, .records, .words: true
    case .steps, .consents: false
    }
  }

  fileprivate var kinds: Set<CaseRecord.Kind>? {
    switch self {
    case .records(let kinds): kinds
    case .all, .words, .steps, .consents: nil
    }
  }
}
