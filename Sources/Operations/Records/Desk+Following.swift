import CaseWork
import Foundation
import Practice
import Repositories
import Store

extension Desk {
  /// What follows from a finished record: the case moves, people are told, tasks are given.
  func follow(_ record: CaseRecord, _ marks: Marks, in file: CaseFile) throws -> CaseFile {
    switch record.kind {
    case .monitoring: try followMonitoring(record, marks, in: file)
    case .contact, .score: try tellOfDanger(marks, record, in: file)
    case .reassessment: try followReassessment(record, in: file)
    case .assessment: try followAssessment(record, in: file)
    case .plan: try followPlan(record, in: file)
    case .followUp: try followFollowUp(record, in: file)
    case .conference: try followConference(record, in: file)
    case .closure: try followClosure(record, in: file)
    case .evaluation: try stepping(to: .evaluation, file)
    case .intake, .transfer, .recommendation, .emergency, .emergencySupport, .accessRequest: file
    }
  }

  /// Somebody answered that the student is not safe now: the heads of the school are told.
  private func tellOfDanger(_ marks: Marks, _ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    guard marks["unsafe"] > 0 else { return file }
    for role in [Role.principal, .vicePrincipal] {
      try notify(everyone: role, .unsafe, in: file.school, caseFile: file.id, record: record.id)
    }
    try notify(file.manager, .unsafe, in: file.school, caseFile: file.id, record: record.id)
    return file
  }

  /// The level a person decided.
  private func followAssessment(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    try taking(level: record.answers.number("level"), in: file)
  }

  /// The first monitoring begins the stage; what it adjusts is done at once.
  private func followMonitoring(_ record: CaseRecord, _ marks: Marks, in file: CaseFile) throws -> CaseFile {
    guard record.version == 1 else { return file }
    try session.caseFileStore.noteContact(on: record.day, in: [file])
    var next = file
    if next.stage == .service { next = try stepping(to: .monitoring, next) }
    if marks["adjust-AJ8"] > 0, next.level != .urgent {
      next = try apply(try next.changing(to: .urgent, doing))
      for role in [Role.principal, .vicePrincipal] {
        try notify(everyone: role, .unsafe, in: file.school, caseFile: file.id, record: record.id)
      }
    } else if marks["adjust-AJ5"] > 0 {
      guard let level = record.answers.number("level") else {
        throw Refusal.invalid([Problem("level", "required")])
      }
      next = try taking(level: level, in: next)
    }
    if marks["adjust-AJ7"] > 0 {
      next = try stepping(to: .evaluation, next)
    } else if marks["adjust-AJ6"] > 0 {
      next = try stepping(to: .reassessment, next)
    }
    return next
  }

  /// A finished reassessment decides: a new plan, on as before, or towards the end.
  private func followReassessment(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    var next = try taking(level: record.answers.number("level"), in: file)
    if next.stage == .service || next.stage == .monitoring {
      next = try stepping(to: .reassessment, next, overriding: record.answers["changes"])
    }
    switch record.answers["decision"] {
    case "continue": return try stepping(to: .service, next)
    case "change-plan": return try stepping(to: .planning, next)
    case "close", "refer-on": return try stepping(to: .evaluation, next)
    default: throw Refusal.invalid([Problem("decision", "required")])
    }
  }

  /// The heads of the school find the plan among what waits for them.
  private func followPlan(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    for role in [Role.vicePrincipal, .principal] {
      try notify(everyone: role, .approvalAsked, in: file.school, caseFile: file.id, record: record.id)
    }
    return file
  }

  /// Tasks of a conference go to those who took them on.
  private func followConference(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    for row in record.answers.rows("tasks") {
      guard let what = row["what"] else { continue }
      let task = CaseTask(
        id: newID(), school: file.school, caseFile: file.id, record: record.id,
        staff: row["who"].flatMap { ID($0) } ?? file.manager, due: row.day("due") ?? day.adding(days: 14))
      try session.tasks.insert(task, sealed: try seal(what, "task", task.id.description, 1, of: file))
      try notify(task.staff, .taskGiven, in: file.school, caseFile: file.id, record: record.id)
    }
    return file
  }

  /// One look after the closure is done; the last one, or a decision to end, ends the case.
  private func followFollowUp(_ record: CaseRecord, in file: CaseFile) throws -> CaseFile {
    let followUps = session.followUps(of: file)
    guard let next = try followUps.all().first(where: { $0.doneOn == nil }) else {
      throw Refusal.conflict(.alreadyAnswered)
    }
    try followUps.finish(next.number, with: record.id, on: record.day)
    if record.answers["action"] != "add" { try followUps.giveUpRest(on: record.day) }
    let all = try followUps.all()
    guard all.allSatisfy({ $0.doneOn != nil }) else { return file }
    return try apply(try file.ended(all, doing))
  }

  /// The level as a person decided it; unchanged where none was given.
  func taking(level: Int?, in file: CaseFile) throws -> CaseFile {
    guard let level = level.flatMap(Level.init(rawValue:)), level != file.level else { return file }
    return try apply(try file.changing(to: level, doing))
  }

  /// Takes the step of the workflow that leads from here to `stage`, through its gate.
  func stepping(
    to stage: Stage, _ file: CaseFile, overriding reason: String? = nil
  ) throws -> CaseFile {
    guard file.stage != stage else { return file }
    guard let step = practice.workflow.steps.first(where: { $0.from.contains(file.stage) && $0.to == stage })
    else {
      throw Refusal.invalid([Problem("step", "wrong-stage", stage.rawValue)])
    }
    return try taking(step, in: file, overriding: reason)
  }

  func taking(_ step: Workflow.Step, in file: CaseFile, overriding reason: String? = nil) throws -> CaseFile {
    let missing = practice.workflow.missing(for: step, try facts(of: file), on: day)
    return try apply(
      try file.taking(step, missing: missing, overriding: reason, doing),
      words: missing.isEmpty ? nil : reason)
  }
}
