import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import Synchronization
import TestSupport
import Vault

/// One school, its administrator, a case manager and a privacy officer, and a clock that can be turned on.
struct DoorWorld: Sendable {
  static let password = "느티나무 아래 벤치 하나"

  let office: Office
  let school: School
  let administrator: Asker
  let manager: Asker
  let officer: Asker
  let time: Time

  final class Time: Sendable {
    private let instant = Mutex(Date(timeIntervalSince1970: 1_775_001_600))  // 2026-04-01 in Korea

    var now: Date { instant.withLock { $0 } }
    func pass(seconds: Double) { instant.withLock { $0 += seconds } }
    func pass(minutes: Int) { pass(seconds: Double(minutes) * 60) }
  }

  init(_ engine: Engine) async throws {
    let time = Time()
    let office = Office(
      database: try await engine.migrated(), vault: Vault(root: .random()), practice: try Practice.bundled(),
      clock: { time.now }, random: { UUID() }, passwords: Passwords(rounds: 1 << 8))
    let school = try await AddSchool(office)("달무리초(가상)", .elementary, by: nil)
    self.time = time
    self.office = office
    self.school = school
    administrator = try await Self.add("설아람", "aram", .administrator, to: school, office)
    manager = try await Self.add("강예담", "yedam", .caseManager, to: school, office)
    officer = try await Self.add("표가온", "gaon", .privacyOfficer, to: school, office)
  }

  var policy: Policy.SignIn { office.practice.policy.signIn }

  func signIn(
    _ name: String = "yedam", _ password: String = Self.password
  ) async throws -> (token: SessionToken, signedIn: SignedIn) {
    try await SignIn(office)(name, password: password, from: "192.0.2.7", on: "Firefox")
  }

  /// Whether the door opens; any other answer than the one there is for everybody fails.
  func opens(_ name: String = "yedam", _ password: String = Self.password) async throws -> Bool {
    do {
      _ = try await signIn(name, password)
      return true
    } catch Refusal.invalid([Problem("password", "wrong-name-or-password")]) {
      return false
    }
  }

  func member(_ id: ID<Staff>) async throws -> StaffMembers.Member? {
    try await office.database.read { [vault = office.vault] in try $0.staffMembers(vault).member(id) }
  }

  /// What people did; what the trail notes of rows by itself is left out.
  func acts() async throws -> [String] {
    try await office.database.read { session in
      try session.rows("SELECT act FROM event WHERE subject_kind <> 'rows' ORDER BY id") { try $0.get(0) }
    }
  }

  func count(_ sql: SQL) async throws -> Int {
    try await office.database.read { try $0.row(sql) { try $0.get(0) } ?? 0 }
  }

  private static func add(
    _ name: String, _ signInName: String, _ role: Role, to school: School, _ office: Office
  ) async throws -> Asker {
    let assignment = Assignment(school: school.id, role: role, from: Day(inKoreaAt: office.clock()))
    let (id, _) = try await AddStaff(office)(
      name, signInName: signInName, assignments: [assignment], password: password, by: nil)
    return Asker(
      staff: Staff(id: id, name: name, assignments: [assignment]), address: "192.0.2.7", route: "/tests")
  }
}
