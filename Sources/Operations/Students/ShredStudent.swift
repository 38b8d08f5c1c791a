public import CaseWork
import Practice
public import Repositories
import Store
import Vault

/// Destroys everything told of one student at the end of retention (개인정보 보호법 제21조, 시행령 제16조): the student's key
/// goes, and with it every record in the store and in every backup.
///
/// The privacy officer's alone, who reads none of it. Ids, codes and days stay for the counts, and the chains of the trail
/// still verify, since no row of theirs is touched.
public struct ShredStudent: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  /// - Parameter reason: why now, kept under the school's key.
  /// - Throws: `Refusal.notYet` while a case is under way, the student is still enrolled, or retention is not over or not
  ///   known.
  @discardableResult
  public func callAsFunction(
    _ student: ID<Student>, in school: ID<School>, because reason: String, by asker: Asker
  ) async throws -> Destruction {
    let destruction = try await office.act(by: asker) { desk in
      try asker.requirePrivacyOfficer(of: school)
      let reason = try desk.checked(reason, field: "reason", keepingLines: true)
      guard !reason.isEmpty else { throw Refusal.invalid([Problem("reason", "required")]) }
      guard try desk.isStudent(student, of: school) else { throw Refusal.notFound }
      let episodes = try desk.session.episodes(of: student, in: school)
      let missing = try desk.missing(toDestroy: student, in: school, episodes)
      guard missing.isEmpty else { throw Refusal.notYet(missing) }
      let destruction = Destruction(
        id: desk.newID(), school: school, student: student, cases: episodes.count, by: desk.staff.id,
        at: desk.instant)
      try desk.session.destructions(of: school).add(
        destruction,
        sealed: try desk.sealer.seal(text: reason, for: .school(school), at: destruction.place))
      try desk.sealer.shred(student, in: school, at: desk.instant)
      try desk.note("shred-student", "student", student.description, in: school)
      return destruction
    }
    office.vault.forget(.student(student, school))
    return destruction
  }
}

/// The register of destructions of a school, for its privacy officer.
public struct ReadDestructions: Sendable {
  private let office: Office

  public init(_ office: Office) {
    self.office = office
  }

  public func callAsFunction(of school: ID<School>, for asker: Asker) async throws -> [DestructionRow] {
    try await office.look("read-destructions", by: asker) { desk in
      try asker.requirePrivacyOfficer(of: school)
      let rows = try desk.session.destructions(of: school).all()
      let names = try desk.staffNames(rows.map(\.destruction.by))
      return Looked(
        try rows.map { row in
          DestructionRow(
            destruction: row.destruction, by: names[row.destruction.by] ?? "",
            reason: try desk.sealer.open(
              text: row.sealed, of: .school(school), at: row.destruction.place))
        }, unnamedAt: rows.isEmpty ? [] : [school])
    }
  }
}

public struct DestructionRow: Hashable, Sendable {
  public let destruction: Destruction
  public let by: String
  public let reason: String
}

extension Destruction {
  fileprivate var place: Binding { Binding(table: "destruction", record: id.description, version: 1) }
}

extension Desk {
  /// What still keeps a student, each thing once.
  fileprivate func missing(
    toDestroy student: ID<Student>, in school: ID<School>, _ episodes: [CaseFile]
  ) throws -> [Missing] {
    guard !episodes.contains(where: { !$0.hasEnded }) else { return [Missing("open-case", at: "closure")] }
    let newest = try session.students(of: [school], with: sealer).enrolments(of: student).first
    if let newest, newest.year >= SchoolYear.year(of: day), newest.status == "enrolled" {
      return [Missing("still-enrolled", at: "student")]
    }
    let place = try session.schools.find(school) ?? School(id: school, name: "", kind: .elementary)
    let birthDay = try birthDay(of: student, in: school)
    var seen: Set<Missing> = []
    return try episodes.flatMap { file in
      let closure = try session.records(of: file).latest(.closure)
      let start = Retention.Start.allCases.first {
        (closure?.marks["retention-from-\($0.rawValue)"] ?? 0) > 0
      }
      // A case that was never taken up has no closing day; it ended with its last step.
      let ended = try file.closure?.day ?? session.transitions(of: file).all().last?.at ?? file.openedOn
      return try retention(
        of: file, in: place, closedOn: ended, birthDay: birthDay, from: start?.rawValue
      ).missing(on: day)
    }.filter { seen.insert($0).inserted }
  }
}
