public import CaseWork
public import Repositories
import Store

/// Lets somebody else see a case, in a capacity and for a time.
public struct AddParticipant: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(
    _ staff: ID<Staff>, as capacity: Participant.Capacity, until: Day? = nil, in id: ID<CaseFile>,
    by asker: Asker
  ) async throws {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .assign)
      guard !file.hasEnded else { throw Refusal.conflict(.alreadyClosed) }
      if let until, until < desk.day { throw Refusal.invalid([Problem("until", "ends-before-start")]) }
      guard try desk.session.holds(staff, capacity.role, on: desk.day) else {
        throw Refusal.invalid([Problem("staff", "wrong-role", capacity.role.rawValue)])
      }
      try desk.session.participants(of: file).add(
        Participant(staff: staff, capacity: capacity, from: desk.day, until: until))
      try desk.note(
        "add-participant", "staff", staff.description, in: file.school, caseFile: file.id,
        detail: capacity.rawValue)
      try desk.notify(staff, .assigned, in: file.school, caseFile: file.id)
    }
  }

  /// Ends it: from tomorrow this person does not see the case any more.
  public func callAsFunction(ending staff: ID<Staff>, in id: ID<CaseFile>, by asker: Asker) async throws {
    try await office.act(by: asker) { desk in
      let file = try desk.find(id, for: .assign)
      try desk.session.participants(of: file).end(staff, on: desk.day.adding(days: -1))
      try desk.note("end-participation", "staff", staff.description, in: file.school, caseFile: file.id)
    }
  }
}
