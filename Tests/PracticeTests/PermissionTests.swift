import CaseWork
import Practice
import Testing

@Suite struct PermissionTests {
  /// One column without a stage, then the eight stages: intake, assessment, planning, service, monitoring,
  /// reassessment, evaluation, follow-up.
  @Test func `who may do what at which stage`() throws {
    let permissions = try Practice.bundled().permissions
    let stages: [(letter: String, stage: Stage?)] =
      [("-", nil)]
      + zip(["i", "a", "p", "s", "m", "r", "e", "f"], Stage.allCases.map { $0 }).map { ($0, $1) }
    var lines: [String] = []
    for role in Role.allCases {
      lines.append(role.rawValue)
      for act in Act.allCases {
        let row = stages.map { permissions.allow(act, as: [role], at: $0.stage) ? $0.letter : "." }.joined()
        if row != "........." { lines.append("  \(row) \(act.rawValue)") }
      }
    }
    #expect(lines.joined(separator: "\n") == Self.table)
  }

  static let table = """
    administrator
    case-manager
      -........ refer
      -........ receive-referral
      -iapsmref reply-to-referral
      -iapsmref start-emergency
      -........ run-programmes
      .iapsmref see-case
      .iapsmref read-records
      .iapsmref read-household
      .i....... record-intake
      .iapsmref record-consent
      ..apsmre. assess
      .iapsmre. hold-conference
      ..a...... select
      ...p..... write-plan
      .iapsmre. record-contact
      ....sm... monitor
      ....smr.. reassess
      ....smre. evaluate
      .iapsmre. close
      ........f record-follow-up
      ........f reopen
      .iapsmref transfer-out
      .iapsmre. recommend
      .iapsmref answer-access-request
      .iapsmre. change-level
      .iapsmref assign
      .iapsmre. suspend
      .iapsmref edit-household
      .iapsmref link-family
      .iapsmref link-resources
      -........ report-abuse
      -........ read-abuse-report
    teacher
      -........ refer
    specialist-teacher
      -........ refer
      .iapsmref see-case
      .iapsmref read-records
    vice-principal
      -........ refer
      .iapsmref see-case
      .iapsmref read-records
      .iapsmre. hold-conference
      ..a...... select
      ...p..... approve-plan
      .iapsmref assign
    principal
      -........ refer
      .iapsmref see-case
      .iapsmref read-records
      .iapsmre. hold-conference
      ..a...... select
      ...p..... approve-plan
      .iapsmre. support-in-emergency
      .iapsmref assign
      -........ read-abuse-report
    privacy-officer
    supervisor
      .iapsmref see-case
      .iapsmref read-records
    centre-staff
      .iapsmref see-case
      .iapsmref read-records
      ..apsmre. hold-conference
    """

  @Test func `who may read which kinds of record`() throws {
    let readable = try Practice.bundled().permissions.readable
    let lines = Role.allCases.map { role in
      let kinds = readable[role] ?? []
      let names = kinds.count == CaseRecord.Kind.allCases.count ? ["all"] : kinds.map(\.rawValue).sorted()
      return "\(role.rawValue): \(names.isEmpty ? "nothing" : names.joined(separator: ", "))"
    }
    #expect(lines.joined(separator: "\n") == Self.kinds)
  }

  static let kinds = """
    administrator: nothing
    case-manager: all
    teacher: nothing
    specialist-teacher: conference, monitoring, plan
    vice-principal: closure, conference, evaluation, plan
    principal: access-request, closure, conference, emergency, emergency-support, evaluation, plan, recommendation
    privacy-officer: nothing
    supervisor: assessment, closure, conference, contact, evaluation, follow-up, intake, monitoring, plan, reassessment, score
    centre-staff: assessment, closure, conference, evaluation, monitoring, plan, reassessment
    """

  @Test func `administrator and privacy officer never read a case`() throws {
    let permissions = try Practice.bundled().permissions
    for role in [Role.administrator, .privacyOfficer] {
      #expect(permissions.readable(by: [role]).isEmpty)
      #expect(!permissions.allowed.contains { $0.role == role })
    }
  }
}
