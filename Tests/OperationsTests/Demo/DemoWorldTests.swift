import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing
import Vault

@Suite struct DemoWorldTests {
  /// Domain §8: the days from the referral, the scores before and now, and how it stands.
  static let table: [(id: String, toAssessment: Int, toPlan: Int, before: Int, now: Int, isClosed: Bool)] = [
    ("V01", 8, 19, 313, 551, true), ("V02", 10, 22, 305, 560, false), ("V03", 9, 21, 330, 585, true),
    ("V04", 9, 18, 262, 585, true), ("V05", 9, 23, 335, 605, true), ("V06", 2, 4, 231, 527, true),
    ("V07", 9, 18, 260, 590, true), ("V08", 7, 16, 262, 585, true), ("V09", 14, 27, 279, 449, true),
    ("V10", 10, 23, 279, 602, false), ("V11", 12, 23, 268, 555, true), ("V12", 9, 18, 275, 665, true),
  ]

  @Test(arguments: Engine.available)
  func `the demo world is played through the acts and stands as the twelve cases tell`(
    _ engine: Engine
  ) async throws {
    let database = try await engine.migrated()
    let office = Office(
      database: database, vault: Vault(root: RootKey.random()), practice: try Practice.bundled(),
      clock: { Date(timeIntervalSince1970: 1_795_500_000) }, random: { UUID() },
      passwords: Passwords(rounds: 1 << 4))
    let script = try #require(try DemoScript(folder: Practice.bundledFolder()))
    let cases = try await DemoWorld(office, script).load()
    for row in Self.table {
      let id = try #require(cases[row.id])
      let stood = try await standing(of: id, in: database)
      #expect(stood.isClosed == row.isClosed, "\(row.id)")
      #expect(stood.toAssessment == row.toAssessment, "\(row.id)")
      #expect(stood.toPlan == row.toPlan, "\(row.id)")
    }
  }

  private struct Stood { let isClosed: Bool, toAssessment: Int?, toPlan: Int? }

  private func standing(of id: ID<CaseFile>, in database: any Database) async throws -> Stood {
    try await database.read { session in
      let referred: Day? = try session.row(
        "SELECT r.at FROM referral r JOIN case_file c ON c.school_id = r.school_id AND c.referral_id = r.id WHERE c.id = \(id)"
      ) { Day(inKoreaAt: try $0.get(0)) }
      func first(_ kind: String) throws -> Day? {
        try session.row(
          "SELECT MIN(day) FROM case_record WHERE case_id = \(id) AND kind = \(kind)"
        ) { try $0.optional(0) } ?? nil
      }
      let standing = try session.row("SELECT standing FROM case_file WHERE id = \(id)") {
        try $0.get(0, as: String.self)
      }
      let plan: Day? =
        try session.row(
          "SELECT MIN(approved_at) FROM case_record WHERE case_id = \(id) AND kind = 'plan'"
        ) { try $0.optional(0, as: Date.self).map { Day(inKoreaAt: $0) } } ?? nil
      return Stood(
        isClosed: standing == "closed" || standing == "ended",
        toAssessment: try first("assessment").flatMap { referred?.days(until: $0) },
        toPlan: plan.flatMap { referred?.days(until: $0) })
    }
  }
}
