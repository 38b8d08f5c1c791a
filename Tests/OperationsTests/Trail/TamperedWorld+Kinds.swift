import CaseWork
import Foundation
import Repositories
import Store
import TestSupport
import Vault

// What somebody could change, each with what must be found.
extension TamperedWorld {
  /// In the trail itself.
  func trailKinds() async throws -> [Tampering] {
    let last = try await text(
      """
      SELECT l.row_id FROM chain_link l JOIN chain_head h ON h.school_id = l.school_id AND h.number = l.number
      WHERE l.school_id = \(school)
      """)
    let event = try await text("SELECT id FROM event WHERE act = 'correct' AND school_id = \(school)")
    let other = try await text("SELECT id FROM event WHERE act = 'hand-in' AND school_id = \(school)")
    let read = try await text("SELECT id FROM access_row WHERE work = 'read-case'")
    let (hash, otherHash) = (
      try await bytes("SELECT hash FROM chain_link WHERE row_id = \(event)"),
      try await bytes("SELECT hash FROM chain_link WHERE row_id = \(other)")
    )
    let office = "office"
    return [
      Tampering("an act", ["changed event"], "UPDATE event SET act = 'write' WHERE id = \(event)"),
      Tampering(
        "who acted", ["changed event"],
        "UPDATE event SET staff_id = \(world.id(.colleague)) WHERE id = \(event)"),
      Tampering("when", ["changed event"], "UPDATE event SET at = at - 3600000 WHERE id = \(event)"),
      Tampering(
        "to what", ["changed event"], "UPDATE event SET subject_id = 'x' WHERE id = \(event)"),
      Tampering("the detail", ["changed event"], "UPDATE event SET detail = '' WHERE id = \(event)"),
      Tampering(
        "what the rows looked like", ["changed event"],
        "UPDATE event SET row_digests = 'case_file x y' WHERE id = \(event)"),
      Tampering(
        "that rows were changed at all", ["changed event"],
        "UPDATE event SET row_digests = NULL WHERE id = \(event)"),
      Tampering(
        "who read", ["changed access"],
        "UPDATE access_row SET staff_id = \(world.id(.colleague)) WHERE id = \(read)"),
      Tampering(
        "whose data were read", ["changed access"],
        "UPDATE access_row SET student_id = \(second.student) WHERE id = \(read)"),
      Tampering(
        "from where", ["changed access"], "UPDATE access_row SET address = '10.0.0.1' WHERE id = \(read)"),
      Tampering(
        "how many were read", ["changed access"], "UPDATE access_row SET subjects = 0 WHERE id = \(read)"),
      Tampering("an event taken out", ["removed event"], "DELETE FROM event WHERE id = \(event)"),
      Tampering("a reading taken out", ["removed access"], "DELETE FROM access_row WHERE id = \(read)"),
      Tampering(
        "an event taken out with its link", ["removed chain"], "DELETE FROM event WHERE id = \(event)",
        "DELETE FROM chain_link WHERE row_id = \(event)"),
      Tampering(
        "two events at each other's place", ["reordered event"],
        "UPDATE chain_link SET row_id = 'x' WHERE row_id = \(event)",
        "UPDATE chain_link SET row_id = \(event) WHERE row_id = \(other)",
        "UPDATE chain_link SET row_id = \(other) WHERE row_id = 'x'"),
      Tampering(
        "the hash of a link", ["changed event"],
        "UPDATE chain_link SET hash = \(otherHash) WHERE row_id = \(event)",
        "UPDATE chain_link SET hash = \(hash) WHERE row_id = \(other)"),
      Tampering(
        "the tail cut off", ["cut-tail chain"], "DELETE FROM access_row WHERE id = \(last)",
        "DELETE FROM chain_link WHERE row_id = \(last)"),
      Tampering(
        "the tail cut off under a head made for it", ["cut-tail chain"],
        "DELETE FROM access_row WHERE id = \(last)", "DELETE FROM chain_link WHERE row_id = \(last)",
        """
        UPDATE chain_head
        SET number = number - 1, hash = (
          SELECT hash FROM chain_link l WHERE l.school_id = chain_head.school_id AND l.number = chain_head.number - 1
        )
        WHERE school_id = \(school)
        """),
      Tampering(
        "the head of another chain", ["cut-tail chain"],
        """
        UPDATE chain_head SET seal = (SELECT seal FROM chain_head WHERE school_id = 'office')
        WHERE school_id = \(school)
        """),
      Tampering(
        "the whole chain of a school", ["removed event"], "DELETE FROM event WHERE school_id = \(school)",
        "DELETE FROM access_row WHERE school_id = \(school)",
        "DELETE FROM chain_link WHERE school_id = \(school)",
        "DELETE FROM chain_head WHERE school_id = \(school)"),
      Tampering(
        "the whole chain of the office", ["removed event"],
        "DELETE FROM event WHERE school_id = \(office)",
        "DELETE FROM chain_link WHERE school_id = \(office)",
        "DELETE FROM chain_head WHERE school_id = \(office)"),
      Tampering(
        "every chain", ["removed event"], "DELETE FROM event", "DELETE FROM access_row",
        "DELETE FROM chain_link", "DELETE FROM chain_head"),
      Tampering("an event made up", ["inserted event"], forgedEvent),
      Tampering(
        "an event made up and put up to be linked", ["inserted event"], forgedEvent,
        "INSERT INTO chain_pending (row_kind, row_id, school_id) VALUES ('event', 'forged', \(school))"),
      Tampering(
        "an event made up and put up to be linked with a seal of another", ["changed event"], forgedEvent,
        """
        INSERT INTO chain_pending (row_kind, row_id, school_id, number, seal)
        SELECT 'event', 'forged', school_id, 1, seal FROM chain_head WHERE school_id = \(school)
        """),
      Tampering(
        "a reading made up and put up to be linked", ["inserted access"],
        """
        INSERT INTO access_row (id, school_id, staff_id, at, address, student_id, work, route, subjects)
        SELECT 'forged', school_id, staff_id, at, address, student_id, work, route, subjects
        FROM access_row WHERE id = \(read)
        """,
        "INSERT INTO chain_pending (row_kind, row_id, school_id) VALUES ('access', 'forged', \(school))"),
    ]
  }

  private var forgedEvent: SQL {
    """
    INSERT INTO event (id, school_id, staff_id, at, act, subject_kind, subject_id, detail, row_digests)
    VALUES ('forged', \(school), 'program', 1, 'assign', 'staff', 'x', '', \("case_file \(file.id) 00"))
    """
  }

  /// In what lies sealed, and in the keys.
  func sealedKinds() async throws -> [Tampering] {
    func sealed(_ record: ID<CaseRecord>) async throws -> [UInt8] {
      try await bytes("SELECT sealed FROM case_record WHERE id = \(record)")
    }
    func key(_ student: ID<Student>) async throws -> [UInt8] {
      try await bytes(
        "SELECT wrapped FROM sealing_key WHERE owner_id = \(student) AND owner_kind = 'student'")
    }
    func set(_ bytes: [UInt8]) -> SQL { "UPDATE case_record SET sealed = \(bytes) WHERE id = \(contact)" }
    let own = try await sealed(contact)
    var flipped = own
    flipped[own.count / 2] ^= 1
    let sibling = try await bytes(
      "SELECT sealed FROM case_record WHERE case_id = \(file.id) AND kind = 'intake'")
    let old = try await bytes("SELECT sealed FROM case_record_version WHERE record_id = \(contact)")
    let display = try await bytes("SELECT display FROM student WHERE id = \(file.student)")
    let (ownKey, otherKey) = (try await key(file.student), try await key(second.student))
    let changed: Set<String> = ["changed case_record"]
    return [
      Tampering("a bit", changed, set(flipped)).refusedOnReading,
      Tampering("cut short", changed, set(Array(own.dropLast()))).refusedOnReading,
      Tampering("that of another record of the case", changed, set(sibling)).refusedOnReading,
      Tampering("that of another student", changed, set(try await sealed(secondIntake))).refusedOnReading,
      Tampering("that of another school", changed, set(try await sealed(farIntake))).refusedOnReading,
      Tampering("that of the version before", changed, set(old)).refusedOnReading,
      Tampering(
        "the version before in the whole row", changed.union(["removed case_record_version"]),
        "UPDATE case_record SET sealed = \(old), version = 1 WHERE id = \(contact)",
        "DELETE FROM case_record_version WHERE record_id = \(contact)"),
      Tampering(
        "an older version changed", ["changed case_record_version"],
        "UPDATE case_record_version SET sealed = \(own) WHERE record_id = \(contact)"
      ).refusedOnReading,
      Tampering(
        "that of another column", ["changed student"],
        "UPDATE student SET profile = \(display) WHERE id = \(file.student)"
      ).refusedOnReading,
      Tampering(
        "two students' keys at each other's place", ["changed sealing_key"],
        "UPDATE sealing_key SET wrapped = \(otherKey) WHERE owner_id = \(file.student)",
        "UPDATE sealing_key SET wrapped = \(ownKey) WHERE owner_id = \(second.student)"
      ).refusedOnReading,
      Tampering(
        "a key destroyed", ["changed sealing_key"],
        "UPDATE sealing_key SET wrapped = NULL, shredded_at = 1 WHERE owner_id = \(file.student)"
      ).refusedOnReading,
      Tampering(
        "a key taken away", ["removed sealing_key"],
        "DELETE FROM sealing_key WHERE owner_id = \(file.student)"
      ).refusedOnReading,
      Tampering(
        "a report of another student", ["changed abuse_report"],
        "UPDATE abuse_report SET student_id = \(file.student) WHERE id = \(report)"),
    ]
  }

  /// In what is counted in the clear of students and cases.
  func caseKinds() async throws -> [Tampering] {
    func ofCase(_ set: SQL) -> SQL { "UPDATE case_file SET \(set) WHERE id = \(file.id)" }
    func ofContact(_ set: SQL) -> SQL { "UPDATE case_record SET \(set) WHERE id = \(contact)" }
    let (changed, record): (Set<String>, Set<String>) = (["changed case_file"], ["changed case_record"])
    return [
      Tampering("the stage", changed, ofCase("stage = 'evaluation'")),
      Tampering("the standing", changed, ofCase("standing = 'not-selected'")),
      Tampering("who leads", changed, ofCase("manager_id = \(world.id(.colleague))")),
      Tampering("the day it was opened", changed, ofCase("opened_on = '2026-03-02'")),
      Tampering("the level", changed, ofCase("level = 4")),
      Tampering("the last contact", changed, ofCase("last_contact_on = '2026-05-01'")),
      Tampering(
        "closed", changed,
        ofCase(
          "standing = 'closed', closed_on = '2026-04-02', closed_by = manager_id, closure_reason = 'TR-01'")),
      Tampering("whose case", changed, ofCase("student_id = \(second.student)")),
      Tampering("the day of a record", record, ofContact("day = '2026-03-02'")),
      Tampering("who wrote it", record, ofContact("author_id = \(world.id(.colleague))")),
      Tampering("when it was written", record, ofContact("written_at = written_at - 86400000")),
      Tampering("who approved", record, ofContact("approved_by = \(world.id(.principal)), approved_at = 1")),
      Tampering("handed in", record, ofContact("asked_at = 1")),
      Tampering("what is counted", record, ofContact("marks = '{}'")),
      Tampering(
        "a record copied", ["inserted case_record"],
        """
        INSERT INTO case_record (
          school_id, case_id, id, student_id, kind, series, day, author_id, written_at, form_id, form_version, marks,
          sealed, version)
        SELECT school_id, case_id, 'forged', student_id, kind, 99, day, author_id, written_at, form_id, form_version,
          marks, sealed, version
        FROM case_record WHERE id = \(contact)
        """),
      Tampering(
        "a record taken away with all of it",
        ["removed case_record", "removed service_given", "removed case_record_version"],
        "DELETE FROM service_given WHERE record_id = \(contact)",
        "DELETE FROM case_record_version WHERE record_id = \(contact)",
        "DELETE FROM case_record WHERE id = \(contact)"),
      Tampering(
        "a record moved to another case", ["removed case_record", "inserted case_record"],
        "UPDATE case_record SET case_id = \(file.id), series = 99 WHERE id = \(secondIntake)"),
      Tampering(
        "minutes of a service", ["changed service_given"],
        "UPDATE service_given SET minutes = 500 WHERE record_id = \(contact)"),
      Tampering(
        "a rating", ["changed goal_rating"], "UPDATE goal_rating SET rating = 2 WHERE case_id = \(file.id)"),
      Tampering(
        "a need", ["changed need_seen"], "UPDATE need_seen SET severity = 0 WHERE case_id = \(file.id)"),
      Tampering(
        "an answer to consent", ["changed consent"],
        "UPDATE consent SET answer = 'no' WHERE case_id = \(file.id)"),
      Tampering(
        "a consent made up", ["inserted consent"],
        """
        INSERT INTO consent (
          school_id, case_id, id, purpose, party, answer, day, until_day, method, wording, wording_version, items,
          recorded_by, recorded_at)
        SELECT school_id, case_id, 'forged', 'provision', party, answer, day, until_day, method, wording,
          wording_version, items, recorded_by, recorded_at
        FROM consent WHERE case_id = \(file.id) AND purpose = 'participation' AND party = 'student'
        """),
      Tampering(
        "somebody let in", ["inserted case_participant"],
        """
        INSERT INTO case_participant (school_id, case_id, staff_id, capacity, from_day)
        VALUES (\(school), \(file.id), \(world.id(.teacher)), 'cover', '2026-03-01')
        """),
      Tampering(
        "somebody let in for longer", ["changed case_participant"],
        "UPDATE case_participant SET until_day = NULL WHERE staff_id = \(world.id(.colleague))"),
      Tampering(
        "a step taken away", ["removed case_transition"],
        "DELETE FROM case_transition WHERE case_id = \(file.id) AND to_stage = 'planning'"),
      Tampering(
        "a promise kept", ["changed task"], "UPDATE task SET done_at = 1 WHERE case_id = \(file.id)"),
      Tampering(
        "what became of a referral", ["changed referral"],
        "UPDATE referral SET status = 'closed' WHERE case_id = \(file.id)"),
      Tampering(
        "an answer to a referral", ["removed referral_reply"],
        "DELETE FROM referral_reply WHERE referral_id = \(file.referral)"),
      Tampering(
        "the class", ["changed enrolment"],
        "UPDATE enrolment SET class_name = '9' WHERE student_id = \(file.student)"),
      Tampering(
        "a student's number", ["changed student"],
        "UPDATE student SET number_token = 'x' WHERE id = \(file.student)"),
      Tampering(
        "who is the guardian", ["changed relative"],
        "UPDATE relative SET is_legal_guardian = 1 - is_legal_guardian WHERE student_id = \(file.student)"),
      Tampering(
        "a student said to be destroyed", ["inserted destruction"],
        """
        INSERT INTO destruction (school_id, student_id, id, cases, by_id, at, sealed)
        SELECT school_id, id, 'forged', 0, 'x', 1, display FROM student WHERE id = \(file.student)
        """),
    ]
  }

  /// In what is known of schools and staff.
  func officeKinds() async throws -> [Tampering] {
    let teacher = world.id(.teacher)
    let hash = try await text("SELECT password_hash FROM credential WHERE staff_id = \(teacher)")
    let principal = world.id(.principal)
    return [
      Tampering(
        "a role given", ["inserted staff_role"],
        """
        INSERT INTO staff_role (id, staff_id, school_id, role, from_day, granted_at)
        VALUES ('forged', \(teacher), \(school), 'principal', '2026-03-01', 1)
        """),
      Tampering(
        "a role exchanged", ["changed staff_role"],
        "UPDATE staff_role SET role = 'principal' WHERE staff_id = \(teacher)"),
      Tampering(
        "a role at another school", ["changed staff_role"],
        "UPDATE staff_role SET school_id = \(world.otherSchool.id) WHERE staff_id = \(teacher)"),
      Tampering(
        "a role that does not end", ["changed staff_role"],
        "UPDATE staff_role SET until_day = NULL WHERE staff_id = \(world.id(.supervisor))"),
      Tampering(
        "a role taken away", ["removed staff_role"], "DELETE FROM staff_role WHERE staff_id = \(principal)"),
      Tampering(
        "the password of another", ["changed credential"],
        "UPDATE credential SET password_hash = \(hash) WHERE staff_id = \(principal)"),
      Tampering(
        "a second step put in", ["changed credential"],
        "UPDATE credential SET totp = \([1, 2, 3] as [UInt8]) WHERE staff_id = \(principal)"),
      Tampering(
        "a recovery code put in", ["inserted recovery_code"],
        "INSERT INTO recovery_code (staff_id, code_hash) VALUES (\(principal), 'forged')"),
      Tampering(
        "a session made up", ["inserted sign_in_session"],
        """
        INSERT INTO sign_in_session (token_hash, id, staff_id, begun_at, seen_at, awaits_code, address, device)
        VALUES ('forged', 'forged', \(principal), 1, 1, 0, '10.0.0.1', 'x')
        """),
      Tampering(
        "another's session taken over", ["changed sign_in_session"],
        "UPDATE sign_in_session SET staff_id = \(principal) WHERE staff_id = \(teacher)"),
      Tampering(
        "who left comes back", ["changed staff"],
        "UPDATE staff SET left_at = NULL WHERE left_at IS NOT NULL"),
      Tampering(
        "the name of a school", ["changed school"], "UPDATE school SET name = '없음' WHERE id = \(school)"),
      Tampering(
        "the school year", ["changed school_year"],
        "UPDATE school_year SET first_term_ends = '2026-08-01' WHERE school_id = \(school)"),
      Tampering(
        "a school put in", ["inserted school", "removed event"],
        "INSERT INTO school (id, name, kind, version) VALUES ('forged', 'x', 'high', 1)"),
      Tampering("a resource", ["changed resource"], "UPDATE resource SET verified_on = '2026-04-30'"),
      Tampering("the name of the office", ["changed office"], "UPDATE office SET name = 'x'"),
    ]
  }
}
