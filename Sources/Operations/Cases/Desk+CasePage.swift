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
    of seen: CaseFiles.Seen, _ filter: Timeline.Filter, before cursor: TimelineCursor?
  ) throws -> CasePage {
    let file = seen.file
    let line = try line(of: file)
    let facts = try session.facts(of: file)(
      turnsFourteenOn: line.birthDay?.adding(months: 14 * 12), totalling: practice.workflow.totals)
    let readable = readable(seen)
    let acts = Set(Act.allCases.filter { practice.permissions.allow($0, as: seen.roles, at: file.stage) })
    let participants = try session.participants(of: file).all().filter { $0.until.map { day <= $0 } ?? true }
    let tasks = try session.tasks.of(file)
    let names = try staffNames([file.manager] + participants.map(\.staff) + tasks.map(\.task.staff))
    let mayReadTasks = readable.contains(.conference)
    return CasePage(
      file: file, student: line,
      school: try session.schools.find(file.school) ?? School(id: file.school, name: "", kind: .elementary),
      manager: names[file.manager] ?? "", day: day, roles: seen.roles, acts: acts, readable: readable,
      stages: stages(of: file, try session.transitions(of: file).all()),
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
      plan: readable.contains(.plan) ? try planLine(of: file) : nil,
      strengths: readable.contains(.assessment) ? try strengths(of: file) : nil,
      referral: try session.referral(of: file)?.header.status,
      timeline: try timeline(of: file, filter, before: cursor, readable: readable))
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

  private func strengths(of file: CaseFile) throws -> [CasePage.Strength]? {
    guard let stored = try session.records(of: file).latest(of: [.assessment, .reassessment]) else {
      return nil
    }
    return try opened(stored, of: file).answers.rows("strengths").compactMap { row in
      row["what"].map {
        CasePage.Strength(area: row["area"] ?? "", what: $0, evidence: row["evidence"], idea: row["idea"])
      }
    }
  }

  func timeline(
    of file: CaseFile, _ filter: Timeline.Filter, before cursor: TimelineCursor?,
    readable: Set<CaseRecord.Kind>,
    atMost limit: Int = 20
  ) throws -> Timeline {
    let rows = session.timeline(of: file)
    var found: [(cursor: TimelineCursor, by: ID<Staff>, what: Timeline.What)] = []
    if filter.showsRecords {
      for stored in try rows.records(filter.kinds, before: cursor, atMost: limit + 1) {
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
      for (transition, sealed) in try rows.transitions(before: cursor, atMost: limit + 1) {
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
      for consent in try rows.consents(before: cursor, atMost: limit + 1) {
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
}

extension Timeline.Filter {
  fileprivate var showsRecords: Bool {
    switch self {
    case .all, .records: true
    case .steps, .consents: false
    }
  }

  fileprivate var kinds: Set<CaseRecord.Kind>? {
    switch self {
    case .records(let kinds): kinds
    case .all, .steps, .consents: nil
    }
  }
}
