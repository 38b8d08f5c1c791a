public import CaseWork
public import Foundation
public import Repositories
import Store

/// The case page: where it stands, what is missing for the next step, goals and their course, and what happened.
public struct ReadCase: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ id: ID<CaseFile>, timeline: Timeline.Filter = .all, by author: ID<Staff>? = nil,
    before cursor: TimelineCursor? = nil, for asker: Asker
  ) async throws -> CasePage {
    try await office.look("read-case", by: asker) { desk in
      let seen = try desk.see(id)
      return Looked(
        try desk.page(of: seen, timeline, by: author, before: cursor),
        at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}

/// Everything the case page shows to one person. What that person may not read is absent, not empty.
public struct CasePage: Hashable, Sendable {
  public let file: CaseFile
  public let student: StudentLine
  public let school: School
  public let manager: String
  public let day: Day
  public let roles: Set<Role>
  /// What this person may do here and now.
  public let acts: Set<Act>
  public let readable: Set<CaseRecord.Kind>
  public let stages: [StageLine]
  public let gates: [StepGate]
  public let dues: [Due]
  /// The school's own, to count what is left of a due in its unit.
  public let calendar: SchoolCalendar
  public let consents: [ConsentState]
  public let participants: [ParticipantLine]
  public let tasks: [TaskLine]
  public let followUps: [CaseFacts.FollowUp]
  /// The newest of each kind: what there is, in the clear.
  public let latest: [CaseRecord.Kind: CaseFacts.RecordFact]
  public let counts: [CaseRecord.Kind: Int]
  /// The plan that holds, with the course of its goals; only to those who may read plans.
  public let plan: PlanLine?
  /// Of the newest assessment; only to those who may read it.
  public let strengths: [Strength]?
  /// Who and what is around the student, of the newest assessment that says so.
  public let surroundings: Surroundings?
  /// What the student said last, newest first.
  public let words: [Words]
  /// What was spent in this school year; only to those who may read contacts.
  public let budget: [BudgetUse]
  /// The names of the resources that consents and the plan speak of.
  public let resources: [ID<Resource>: String]
  /// Who wrote in the case, by name.
  public let authors: [Author]
  public let referral: Referral.Status?
  /// The agencies that referred to the case and lead it together with the school, by name.
  public let joint: [String]
  /// The agencies that were asked for help, to whoever reads the records.
  public let linkages: [LinkageLine]
  public let timeline: Timeline

  /// The days until it is due in the unit of its clock; negative when late.
  public func left(of due: Due) -> DayCount { calendar.left(until: due.day, from: day, in: due.calendar) }

  public struct StageLine: Hashable, Sendable {
    public enum Progress: String, Hashable, Sendable { case done, now, ahead }

    public let stage: Stage
    public let progress: Progress
    /// The day it was first entered, and last left.
    public let from: Day?
    public let until: Day?
  }

  public struct StepGate: Hashable, Sendable {
    public let step: Workflow.Step
    public let lines: [GateLine]
    /// Whether the step is this person's to take.
    public let isMine: Bool

    public var isOpen: Bool { lines.allSatisfy(\.isDone) }
  }

  public struct ParticipantLine: Hashable, Sendable {
    public let participant: Participant
    public let name: String
  }

  public struct TaskLine: Hashable, Sendable {
    public let task: CaseTask
    public let who: String
    public let what: String
  }

  public struct PlanLine: Hashable, Sendable {
    public let record: ID<CaseRecord>
    public let series: Int
    public let plan: Plan
    public let courses: [GoalCourse]
    public let scoreBefore: AttainmentScore?
    public let scoreNow: AttainmentScore?
  }

  public struct Words: Hashable, Sendable {
    public let words: String
    public let day: Day
    public let kind: CaseRecord.Kind
    public let record: ID<CaseRecord>
  }

  public struct Author: Hashable, Sendable {
    public let id: ID<Staff>
    public let name: String
  }

  public struct Strength: Hashable, Sendable {
    public let area: String
    public let what: String
    public let evidence: String?
    public let idea: String?
  }
}

/// One page of what happened in a case.
public struct Timeline: Hashable, Sendable {
  public let entries: [Entry]
  /// Where the next, older page begins.
  public let next: TimelineCursor?

  public enum Filter: Hashable, Sendable {
    case all
    case records(Set<CaseRecord.Kind>)
    /// Only records in which the student speaks.
    case words
    case steps, consents
  }

  public struct Entry: Hashable, Sendable {
    public let day: Day
    public let by: String
    public let what: What
  }

  public enum What: Hashable, Sendable {
    case record(RecordCard)
    /// A step, and its reason in words.
    case step(Transition, words: String?)
    case consent(Consent)
  }

  /// A record as the timeline shows it; without its answers to whom they are not readable.
  public struct RecordCard: Hashable, Sendable {
    public let id: ID<CaseRecord>
    public let kind: CaseRecord.Kind
    public let series: Int
    public let version: Int
    public let writtenAt: Date
    public let isApproved: Bool
    public let isHandedIn: Bool
    public let answers: Answers?
  }
}

/// One more page of a case's timeline.
public struct ReadTimeline: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ id: ID<CaseFile>, _ filter: Timeline.Filter = .all, by author: ID<Staff>? = nil,
    before cursor: TimelineCursor? = nil, for asker: Asker
  ) async throws -> Timeline {
    try await office.look("read-timeline", by: asker) { desk in
      let seen = try desk.see(id)
      return Looked(
        try desk.timeline(
          of: seen.file, filter, by: author, before: cursor, readable: desk.readable(seen)),
        at: [Subject(seen.file.student, seen.file.school)])
    }
  }
}
