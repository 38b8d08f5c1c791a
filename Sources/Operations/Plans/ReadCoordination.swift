public import CaseWork
import Foundation
import Practice
import Repositories
import Store

/// Who gives what to a student and how often, by the newest plan: and where that is too much, twice, or nothing.
public struct ReadCoordination: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Throws: `Refusal.notFound` for whoever may not read plans, and where there is no plan yet.
  public func callAsFunction(_ id: ID<CaseFile>, for asker: Asker) async throws -> CoordinationPage {
    try await office.look("read-coordination", by: asker) { desk in
      let seen = try desk.see(id)
      let file = seen.file
      guard desk.readable(seen).contains(.plan), let plan = try desk.newestPlan(of: file) else {
        throw Refusal.notFound
      }
      let siblings = try desk.siblings(of: file)
      // Needs come from an assessment: whoever may not read it sees no gaps.
      let needs =
        desk.readable(seen).contains(.assessment) ? try desk.session.counted(of: file).needs() : []
      let theirs = try siblings.compactMap { try desk.newestPlan(of: $0) }.flatMap(\.actions)
      let coordination = Coordination(
        of: plan, needs: needs, siblings: theirs, limits: desk.practice.policy.resources.coordination,
        on: desk.day)
      let named = coordination.lines.compactMap(\.resource) + coordination.warnings.compactMap(\.other)
      return Looked(
        CoordinationPage(
          file: file, plan: plan, coordination: coordination, resources: try desk.resourceNames(named),
          people: desk.mayKnowPeople(around: seen) ? try desk.informalResources(of: file) : []),
        at: ([file] + siblings).map { Subject($0.student, $0.school) })
    }
  }
}

public struct CoordinationPage: Hashable, Sendable {
  public let file: CaseFile
  public let plan: Plan
  public let coordination: Coordination
  public let resources: [ID<Resource>: String]
  /// Who is around the student, for whoever may know.
  public let people: [InformalResource]

  /// Who gives a line of the plan, where it is one of them.
  public func person(of line: Plan.Action) -> InformalResource? {
    line.person.flatMap { id in people.first { $0.id == id } }
  }

  /// Those who are there without a line of the plan.
  public func unplanned(on day: Day) -> [InformalResource] {
    let planned = Set(coordination.lines.compactMap(\.person))
    return people.filter { $0.isThere(on: day) && !planned.contains($0.id) }
  }
}

extension Desk {
  fileprivate func newestPlan(of file: CaseFile) throws -> Plan? {
    try session.records(of: file).all([.plan]).max { $0.header.series < $1.header.series }
      .map { Plan(try opened($0, of: file).answers) }
  }

  /// The other cases of the household whose plans this person reads.
  fileprivate func siblings(of file: CaseFile) throws -> [CaseFile] {
    guard let family = file.family else { return [] }
    return try session.caseFiles(seenBy: staff, on: day).of(family).filter { other in
      guard other.id != file.id, !other.hasEnded else { return false }
      return try readable(see(other.id)).contains(.plan)
    }
  }
}

extension Coordination.Warning {
  /// The resource of a brother or a sister that is named in it.
  fileprivate var other: ID<Resource>? {
    if case .apart(_, _, let other) = self { other } else { nil }
  }
}
