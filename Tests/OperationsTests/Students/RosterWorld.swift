import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Vault

/// Two schools, the people who work there, and an office on a fresh store.
struct RosterWorld: Sendable {
  static let now = Date(timeIntervalSince1970: 1_775_001_600)  // 2026-04-01 in Korea
  static let year = 2026

  let office: Office
  let own: School
  let other: School
  let manager: Asker
  let teacher: Asker
  let administrator: Asker
  let stranger: Asker

  init(_ engine: Engine) async throws {
    let database = try await engine.migrated()
    office = Office(
      database: database, vault: Vault(root: try RootKey([UInt8](repeating: 7, count: 32))),
      practice: try Practice.bundled(), clock: { Self.now }, random: { UUID() })
    own = try await AddSchool(office)("달무리초(가상)", .elementary, by: nil)
    other = try await AddSchool(office)("솔바람고(가상)", .high, by: nil)
    manager = Self.asker("강예담", .caseManager, own)
    teacher = Self.asker("정나래", .teacher, own)
    administrator = Self.asker("설아람", .administrator, own)
    stranger = Self.asker("윤해든", .caseManager, other)
  }

  static func asker(_ name: String, _ role: Role, _ school: School) -> Asker {
    let from = Day(2026, 3, 1) ?? Day(ordinal: 0)
    return Asker(
      staff: Staff(
        id: ID(at: now, random: UUID()), name: name,
        assignments: [Assignment(school: school.id, role: role, from: from)]),
      address: "127.0.0.1", route: "/students")
  }

  var importing: ImportRoster { ImportRoster(office) }

  /// Imports the rows of a CSV with the usual headers and says what happened.
  @discardableResult
  func bring(
    _ rows: [String], headers: String = "학년,반,번호,학번,성명,생년월일", to school: School? = nil,
    by asker: Asker? = nil, _ choice: ImportRoster.Choice = .goodRowsOnly
  ) async throws -> RosterReport {
    let bytes = Array(([headers] + rows).joined(separator: "\r\n").utf8)
    let (school, asker) = (school ?? own, asker ?? manager)
    let preview = try await importing.preview(bytes, name: "a.csv", in: school.id, year: Self.year, by: asker)
    guard let id = preview.id else { throw Refusal.invalid(preview.mappingProblems) }
    return try await importing.run(id, in: school.id, choice, by: asker)
  }

  func names(_ query: String, by asker: Asker? = nil) async throws -> [String] {
    try await FindStudents(office)(query, by: asker ?? manager).hits.map(\.student.name)
  }

  /// Whole numbers that a statement gives.
  func count(_ sql: SQL) async throws -> Int {
    try await office.database.read { try $0.row(sql) { try $0.get(0) } ?? 0 }
  }
}
