public import CaseWork
import Practice
import Repositories
import Store

/// Plans a programme, or changes what is planned.
public struct KeepProgramme: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// Saves `programme`; version 0 makes a new one, another is the version that was read.
  @discardableResult
  public func callAsFunction(_ programme: Programme, by asker: Asker) async throws -> Programme {
    try await office.act(by: asker) { desk in
      let programmes = try desk.programmes()
      guard programmes.schools.contains(programme.school) else { throw Refusal.notFound }
      var saved = programme
      saved.version += 1
      let problems = try desk.problems(of: programme)
      guard problems.isEmpty else { throw Refusal.invalid(problems) }
      if programme.version == 0 {
        try programmes.insert(saved)
        try desk.note("add-programme", of: saved)
      } else {
        let old = try programmes.find(programme.id)
        guard old.school == programme.school else { throw Refusal.notFound }
        try programmes.update(saved)
        try desk.note("change-programme", of: saved, detail: "\(saved.version)")
      }
      return saved
    }
  }
}

extension Desk {
  fileprivate func problems(of programme: Programme) throws -> [Problem] {
    var problems = programme.problems
    func check(_ codes: [String], _ list: String, _ field: String) {
      let known = practice.list(list)
      if codes.contains(where: { known[$0] == nil }) { problems.append(Problem(field, "unknown-code")) }
    }
    check([programme.service].filter { !$0.isEmpty }, "service", "service")
    check([programme.legalKind].compactMap(\.self), "legal-kind", "legal-kind")
    check([programme.fund].compactMap(\.self), "fund", "fund")
    check(programme.needs, "need-area", "needs")
    if let resource = programme.resource, try session.resources.names(of: [resource]).isEmpty {
      problems.append(Problem("resource", "unknown-code"))
    }
    let leads = try session.holders(of: .caseManager, in: programme.school, on: day)
      .contains(programme.leader)
    if !leads { problems.append(Problem("leader", "wrong-role")) }
    guard programme.version > 0 else { return problems }
    let enrolled = SeatList(try session.seats(of: programme).all(), places: programme.places).enrolled.count
    if programme.places < enrolled {
      problems.append(Problem("places", "fewer-than-enrolled", String(enrolled)))
    }
    let days = try session.programmeSessions(of: programme).all().map(\.day)
    if days.contains(where: { $0 < programme.first }) { problems.append(Problem("first", "session-outside")) }
    if days.contains(where: { $0 > programme.last }) { problems.append(Problem("last", "session-outside")) }
    return problems
  }
}
