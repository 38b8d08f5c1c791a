import CaseWork
import Foundation
import Operations
import Practice
import Repositories
import Store
import TestSupport
import Testing

/// The closed loop of a linkage: asked, answered, followed, and what the student says.
@Suite struct `A linkage with an agency` {
  @Test(arguments: Engine.available)
  func `goes from a refusal to another agency that accepts, to the outcome and the student's answer`(
    _ engine: Engine
  ) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    let first = try await loop.sent(to: loop.agency)
    let door = AgencyDoor(world.office)

    // The address alone shows nothing but the question for the code.
    #expect(try await door.open(first.key.token, proof: nil, from: "192.0.2.50") == .code(failuresLeft: 5))
    let proof = try await door.confirm(first.key.code, at: first.key.token, from: "192.0.2.50")
    guard case .form(let form) = try await door.open(first.key.token, proof: proof.text, from: "192.0.2.50")
    else { throw Unexpected() }
    #expect(form.isHidden)
    #expect(form.items.map(\.item) == ["name", "grade", "needs", "student-words"])
    #expect(form.items.first?.text == "임○래")
    #expect(form.recipient == "다솜상담센터(가상)")
    await #expect(throws: Refusal.invalid([Problem("reason", "choose")])) {
      try await AnswerLink(world.office)(
        AgencyAnswer(.decline), at: first.key.token, proof: proof.text, from: "192.0.2.50")
    }
    let refused = try await AnswerLink(world.office)(
      AgencyAnswer(.decline, reason: "capacity", reply: .init(words: "9월까지 자리가 없습니다.")),
      at: first.key.token, proof: proof.text, from: "192.0.2.50")
    #expect(refused.nextToken == nil)
    // Used up, whatever is tried.
    await #expect(throws: ClosedLink.used) {
      try await door.open(first.key.token, proof: proof.text, from: "192.0.2.50")
    }
    await #expect(throws: ClosedLink.used) {
      try await AnswerLink(world.office)(
        AgencyAnswer(.accept), at: first.key.token, proof: proof.text, from: "192.0.2.50")
    }
    let seen = try await ReadLinkages(world.office)(first.linkage.id, in: loop.file.id, for: manager)
    #expect(seen.linkage.state == .rejected)
    #expect(seen.contents.reply?.words == "9월까지 자리가 없습니다.")
    #expect(seen.steps.map(\.step.to) == [.draft, .requested, .rejected])
    #expect(seen.steps.last?.step.by == nil)
    let news = try await ReadToday(world.office)(for: manager).entries(in: .news)
    #expect(news.contains { if case .notice(let n) = $0.kind { n.kind == .linkageAnswered } else { false } })

    // Elsewhere.
    let second = try await loop.sent(to: loop.other)
    let secondProof = try await door.confirm(second.key.code, at: second.key.token, from: "192.0.2.60")
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7]
    let receipt = try await AnswerLink(world.office)(
      AgencyAnswer(
        .accept, reply: .init(meeting: "4월 14일 16:00", contact: "김가온 02-000-0000"),
        file: .init(name: "약도.png", bytes: png)),
      at: second.key.token, proof: secondProof.text, from: "192.0.2.60")
    #expect(!receipt.form.isHidden)
    #expect(receipt.form.items.first?.text == "임나래")
    let next = try #require(receipt.nextToken)
    let kept = try await ReadLinkages(world.office)(second.linkage.id, in: loop.file.id, for: manager)
    #expect(kept.linkage.state == .accepted)
    #expect(kept.attachments.map(\.name) == ["약도.png"])
    let file = try await ReadLinkages(world.office).file(
      try #require(kept.attachments.first).id, of: second.linkage.id, in: loop.file.id, for: manager)
    #expect(file.kind == .png)
    #expect(file.bytes == png)

    // The way in for the outcome has the same code; an answer to the request is not taken there.
    let outcome = try await door.confirm(second.key.code, at: next, from: "192.0.2.60")
    await #expect(throws: Refusal.invalid([Problem("choice", "choose")])) {
      try await AnswerLink(world.office)(
        AgencyAnswer(.accept), at: next, proof: outcome.text, from: "192.0.2.60")
    }
    let begun = try await AnswerLink(world.office)(
      AgencyAnswer(.begun), at: next, proof: outcome.text, from: "192.0.2.60")
    let last = try #require(begun.nextToken)
    let ended = try await door.confirm(second.key.code, at: last, from: "192.0.2.60")
    // A proof of one link is none of another.
    await #expect(throws: Refusal.notAllowed) {
      try await AnswerLink(world.office)(
        AgencyAnswer(.completed), at: last, proof: outcome.text, from: "192.0.2.60")
    }
    _ = try await AnswerLink(world.office)(
      AgencyAnswer(.completed), at: last, proof: ended.text, from: "192.0.2.60")

    let due = try await ReadCase(world.office)(loop.file.id, for: manager).dues
    #expect(due.contains { $0.kind == "linkage-answer" })
    let done = try await ReadLinkages(world.office)(second.linkage.id, in: loop.file.id, for: manager).linkage
    #expect(done.state == .completed)
    // Who is in charge holds until somebody else is named.
    #expect(
      try await ReadLinkages(world.office)(done.id, in: loop.file.id, for: manager).contents.reply?.contact
        == "김가온 02-000-0000")
    try await AnswerHelp(world.office)(
      done.id, from: done.version, got: .partly, score: 7, words: "이야기하니 조금 나아졌어요.", in: loop.file.id,
      by: manager)
    let answered = try await ReadLinkages(world.office)(done.id, in: loop.file.id, for: manager)
    #expect(answered.linkage.help?.score == 7)
    #expect(answered.contents.helpWords == "이야기하니 조금 나아졌어요.")
    #expect(
      try await !ReadCase(world.office)(loop.file.id, for: manager).dues.contains {
        $0.kind.hasPrefix("linkage")
      })

    // Both departures stand in the ledger with their consents, for the officer and for the case manager.
    let days = world.today.adding(days: -30)...world.today
    for person in [World.Person.caseManager, .privacyOfficer] {
      let rows = try await ReadLedger(world.office)(of: world.school.id, days: days, for: world.asker(person))
      #expect(rows.map(\.recipient) == ["한솔복지관(가상)", "다솜상담센터(가상)"])
      #expect(rows.allSatisfy { $0.disclosure.ground == "consent" && $0.disclosure.consent != nil })
      #expect(rows.first?.student == "임나래")
    }
    #expect(
      try await ReadLedger(world.office)(of: world.school.id, days: days, for: world.asker(.colleague))
        .isEmpty)
    await #expect(throws: Refusal.notFound) {
      try await ReadLedger(world.office)(of: world.school.id, days: days, for: world.asker(.teacher))
    }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `does not leave without consent or a ground of the law`(_ engine: Engine) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    let bare = try await loop.drafted(to: loop.unasked)
    await #expect(throws: Refusal.notYet([Missing("share-missing-student", at: "consent#share")])) {
      try await SendLinkage(world.office)(bare.id, from: bare.version, in: loop.file.id, by: manager)
    }
    let wide = try await loop.drafted(
      to: loop.agency, items: ["name", "scores"], texts: ["scores": "PSC-17 12점"])
    await #expect(throws: Refusal.notYet([Missing("share-item-scores-student", at: "consent#share")])) {
      try await SendLinkage(world.office)(wide.id, from: wide.version, in: loop.file.id, by: manager)
    }
    await #expect(
      throws: Refusal.invalid([Problem("ground", "choose"), Problem("ground-words", "required")])
    ) {
      try await SendLinkage(world.office)(
        bare.id, from: bare.version, ground: "because", in: loop.file.id, by: manager)
    }
    // What was shown must be what goes.
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await SendLinkage(world.office)(
        bare.id, from: bare.version, showing: [], ground: "life", because: "위급하다.", in: loop.file.id,
        by: manager)
    }
    let days = world.today...world.today
    #expect(try await ReadLedger(world.office)(of: world.school.id, days: days, for: manager).isEmpty)
    let sent = try await SendLinkage(world.office)(
      bare.id, from: bare.version, ground: "life", because: "위급하다.", in: loop.file.id, by: manager)
    #expect(sent.linkage.ground == "life")
    #expect(sent.key.code.wholeMatch(of: /[0-9]{6}/) != nil)
    let rows = try await ReadLedger(world.office)(of: world.school.id, days: days, for: manager)
    #expect(rows.map(\.disclosure.ground) == ["life"])
    // What was written freely went out too.
    #expect(rows.first?.disclosure.items.last == Disclosure.message)
    // Sent once.
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await SendLinkage(world.office)(
        bare.id, from: bare.version, ground: "life", because: "위급하다.", in: loop.file.id, by: manager)
    }
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) {
      try await SendLinkage(world.office)(
        bare.id, from: sent.linkage.version, ground: "life", because: "위급하다.", in: loop.file.id, by: manager)
    }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `stops where the consent is taken back, and says what is out already`(_ engine: Engine) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    let waiting = try await loop.sent(to: loop.agency)
    let accepted = try await loop.sent(to: loop.agency)
    let door = AgencyDoor(world.office)
    let proof = try await door.confirm(accepted.key.code, at: accepted.key.token, from: "192.0.2.50")
    let receipt = try await AnswerLink(world.office)(
      AgencyAnswer(.accept, reply: .init(contact: "김가온")), at: accepted.key.token, proof: proof.text,
      from: "192.0.2.50")
    let elsewhere = try await loop.sent(to: loop.other)

    let consents = try await ReadConsents(world.office)(loop.file.id, for: manager)
    let given = try #require(
      consents.given.first { $0.consent.purpose == .share && $0.consent.recipient == loop.agency }?.consent)
    try await WithdrawConsent(world.office)(given.id, in: loop.file.id, method: "in-person", by: manager)

    let read = ReadLinkages(world.office)
    let cancelled = try await read(waiting.linkage.id, in: loop.file.id, for: manager)
    #expect(cancelled.linkage.state == .cancelled)
    #expect(cancelled.steps.last?.step.reason == "consent")
    #expect(cancelled.linkage.withdrawnOn == world.today)
    let out = try await read(accepted.linkage.id, in: loop.file.id, for: manager)
    #expect(out.linkage.state == .accepted)
    #expect(out.linkage.withdrawnOn == world.today)
    #expect(out.shared.map(\.item) == ["name", "grade", "needs", "student-words"])
    for token in [waiting.key.token, try #require(receipt.nextToken)] {
      await #expect(throws: ClosedLink.revoked) { try await door.open(token, proof: nil, from: "192.0.2.50") }
    }
    // No new way in for what may not be told any more; the other agency's is untouched.
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) {
      try await RenewLink(world.office)(accepted.linkage.id, in: loop.file.id, by: manager)
    }
    #expect(
      try await door.open(elsewhere.key.token, proof: nil, from: "192.0.2.50") == .code(failuresLeft: 5))
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `locks after five guesses, runs out, is closed and renewed`(_ engine: Engine) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    let door = AgencyDoor(world.office)
    let sent = try await loop.sent(to: loop.agency)
    let wrong = sent.key.code == "000000" ? "000001" : "000000"
    for left in [4, 3, 2, 1] {
      await #expect(throws: Refusal.invalid([Problem("code", "wrong-code", String(left))])) {
        try await door.confirm(wrong, at: sent.key.token, from: "192.0.2.50")
      }
      #expect(
        try await door.open(sent.key.token, proof: nil, from: "192.0.2.50") == .code(failuresLeft: left))
    }
    await #expect(throws: Refusal.invalid([Problem("code", "wrong-code", "0")])) {
      try await door.confirm(wrong, at: sent.key.token, from: "192.0.2.50")
    }
    // The right one comes too late.
    await #expect(throws: ClosedLink.locked) {
      try await door.confirm(sent.key.code, at: sent.key.token, from: "192.0.2.50")
    }
    let page = try await ReadLinkages(world.office)(sent.linkage.id, in: loop.file.id, for: manager)
    #expect(page.linkStatus == .locked)
    #expect(page.openings.filter { $0.outcome == .wrongCode }.count == 5)
    #expect(page.openings.first?.outcome == .locked)

    // A school's key that is changed meanwhile changes nothing.
    let renewed = try await RenewLink(world.office)(sent.linkage.id, in: loop.file.id, by: manager)
    await #expect(throws: ClosedLink.revoked) {
      try await door.open(sent.key.token, proof: nil, from: "192.0.2.50")
    }
    _ = try await ChangeSchoolKey(world.office)(of: world.school.id, by: nil)
    let proof = try await door.confirm(
      renewed.key.code.map(String.init).joined(separator: " "), at: renewed.key.token, from: "192.0.2.50")
    world.watch.step(seconds: 3601)
    // The proof has run out, the link has not.
    #expect(
      try await door.open(renewed.key.token, proof: proof.text, from: "192.0.2.50") == .code(failuresLeft: 5))
    #expect(try await !door.admitsFile(renewed.key.token, proof: proof.text))
    world.watch.turn(to: world.today.adding(days: 31))
    await #expect(throws: ClosedLink.expired) {
      try await door.open(renewed.key.token, proof: nil, from: "192.0.2.50")
    }
    let again = try await RenewLink(world.office)(sent.linkage.id, in: loop.file.id, by: manager)
    try await RevokeLink(world.office)(sent.linkage.id, in: loop.file.id, by: manager)
    await #expect(throws: ClosedLink.revoked) {
      try await door.open(again.key.token, proof: nil, from: "192.0.2.50")
    }
    await #expect(throws: ClosedLink.unknown) {
      try await door.open(String(repeating: "0", count: 64), proof: nil, from: "192.0.2.51")
    }
    await #expect(throws: ClosedLink.unknown) { try await door.open("x", proof: nil, from: "192.0.2.51") }
    // An address from which too much is tried has to wait, whatever it asks for.
    for _ in 0..<28 { _ = try? await door.open("x", proof: nil, from: "192.0.2.51") }
    await #expect(throws: TooManyAttempts.self) { try await door.open("x", proof: nil, from: "192.0.2.51") }
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `is told to the supervisor when nobody answers, once`(_ engine: Engine) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    try await AddParticipant(world.office)(
      world.id(.supervisor), as: .supervisor, in: loop.file.id, by: manager)
    let sent = try await loop.sent(to: loop.agency)
    let replyBy = try #require(sent.linkage.replyBy)
    let due = try await ReadCase(world.office)(loop.file.id, for: manager).dues.first {
      $0.kind == "linkage-reply"
    }
    #expect(due == Due(kind: "linkage-reply", day: replyBy, calendar: .school, number: 1))
    #expect(try await EscalateLinkages(world.office)() == 0)
    world.watch.turn(to: replyBy.adding(days: 1))
    #expect(try await EscalateLinkages(world.office)() == 0)
    world.watch.turn(to: replyBy.adding(days: 7))
    #expect(try await EscalateLinkages(world.office)() == 1)
    #expect(try await EscalateLinkages(world.office)() == 0)
    let news = try await ReadToday(world.office)(for: world.asker(.supervisor)).entries(in: .news)
    #expect(news.contains { if case .notice(let n) = $0.kind { n.kind == .linkageLate } else { false } })
    #expect(
      try await ReadCase(world.office)(loop.file.id, for: manager).dues.contains {
        $0.kind == "linkage-escalation"
      })
    // Reminded, then answered by telephone.
    let read = ReadLinkages(world.office)
    let late = try await read(sent.linkage.id, in: loop.file.id, for: manager).linkage
    let reminded = try await RemindLinkage(world.office)(
      late.id, from: late.version, in: loop.file.id, by: manager)
    await #expect(throws: Refusal.conflict(.changedByAnother)) {
      try await MoveLinkage(world.office)(
        late.id, from: late.version, to: .cancelled, because: "no-answer", in: loop.file.id, by: manager)
    }
    await #expect(throws: Refusal.invalid([Problem("reason", "choose")])) {
      try await MoveLinkage(world.office)(
        late.id, from: reminded.version, to: .cancelled, in: loop.file.id, by: manager)
    }
    try await MoveLinkage(world.office)(
      late.id, from: reminded.version, to: .accepted, as: .target, way: .phone,
      reply: .init(contact: "김가온"), in: loop.file.id, by: manager)
    let page = try await read(late.id, in: loop.file.id, for: manager)
    #expect(page.linkage.reminders == 1)
    #expect(page.steps.last?.step.way == .phone)
    #expect(page.steps.last?.by == "강예담")
    #expect(page.linkStatus == .revoked)
    let outcome = try await RenewLink(world.office)(late.id, in: loop.file.id, by: manager)
    let proof = try await AgencyDoor(world.office).confirm(outcome.key.code, at: outcome.key.token, from: "")
    guard
      case .form(let form) = try await AgencyDoor(world.office).open(
        outcome.key.token, proof: proof.text, from: "")
    else { throw Unexpected() }
    #expect(form.purpose == .outcome)
    #expect(
      try await !ReadCase(world.office)(loop.file.id, for: manager).dues.contains {
        $0.kind == "linkage-reply" || $0.kind == "linkage-escalation"
      })
    try await world.database.close()
  }

  @Test(arguments: Engine.available)
  func `is not there for whoever may not see the case, and not to be touched by whoever only reads it`(
    _ engine: Engine
  ) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, file) = (loop.world, loop.file)
    let sent = try await loop.sent(to: loop.agency)
    for person in [World.Person.stranger, .colleague, .teacher, .privacyOfficer, .administrator] {
      let asker = world.asker(person)
      await #expect(throws: Refusal.notFound) { try await ReadLinkages(world.office)(file.id, for: asker) }
      await #expect(throws: Refusal.notFound) {
        try await ReadLinkages(world.office)(sent.linkage.id, in: file.id, for: asker)
      }
      await #expect(throws: Refusal.notFound) {
        try await RenewLink(world.office)(sent.linkage.id, in: file.id, by: asker)
      }
      await #expect(throws: Refusal.notFound) {
        try await MoveLinkage(world.office)(
          sent.linkage.id, from: sent.linkage.version, to: .cancelled, because: "other", in: file.id,
          by: asker)
      }
    }
    for person in [World.Person.principal, .vicePrincipal] {
      let asker = world.asker(person)
      #expect(try await ReadLinkages(world.office)(file.id, for: asker).lines.count == 1)
      await #expect(throws: Refusal.notAllowed) {
        try await ReadLinkages(world.office)(sent.linkage.id, in: file.id, for: asker)
      }
      await #expect(throws: Refusal.notAllowed) {
        try await RevokeLink(world.office)(sent.linkage.id, in: file.id, by: asker)
      }
    }
    // Of one case nothing is found through another.
    let other = try await world.openCase(.noeul)
    await #expect(throws: Refusal.notFound) {
      try await ReadLinkages(world.office)(sent.linkage.id, in: other.id, for: loop.manager)
    }
    try await world.database.close()
  }

  @Test func `takes only documents and pictures, bounded words, and days to come`() async throws {
    let loop = try await LinkageWorld(.sqlite)
    let (world, manager) = (loop.world, loop.manager)
    let sent = try await loop.sent(to: loop.agency)
    let proof = try await AgencyDoor(world.office).confirm(sent.key.code, at: sent.key.token, from: "")
    func answer(_ answer: AgencyAnswer) async throws -> AgencyReceipt {
      try await AnswerLink(world.office)(answer, at: sent.key.token, proof: proof.text, from: "")
    }
    func refused(_ given: AgencyAnswer, _ problems: [Problem]) async {
      await #expect(throws: Refusal.invalid(problems)) { try await answer(given) }
    }
    await refused(AgencyAnswer(nil), [Problem("choice", "choose")])
    await refused(AgencyAnswer(.accept), [Problem("contact", "required")])
    await refused(AgencyAnswer(.part, reply: .init(contact: "가")), [Problem("part", "required")])
    await refused(AgencyAnswer(.wait), [Problem("wait-until", "required")])
    await refused(AgencyAnswer(.wait, waitUntil: "2020-01-01"), [Problem("wait-until", "not-a-day")])
    await refused(
      AgencyAnswer(.wrong, file: .init(name: "a.svg", bytes: Array("<svg onload=x>".utf8))),
      [Problem("file", "file-kind")])
    await refused(
      AgencyAnswer(
        .wrong,
        file: .init(
          name: "a.pdf", bytes: Array("%PDF-".utf8) + [UInt8](repeating: 0, count: AgencyFile.largest))),
      [Problem("file", "file-too-large")])
    await refused(
      AgencyAnswer(.wrong, reply: .init(words: "주민번호 900101-1234568")), [Problem("words", "national-id")])
    await #expect(throws: Refusal.notAllowed) {
      try await AnswerLink(world.office)(AgencyAnswer(.wrong), at: sent.key.token, proof: nil, from: "")
    }
    // Waiting keeps the way in open, and moves the day.
    let receipt = try await answer(AgencyAnswer(.wait, waitUntil: "2026. 5. 4."))
    let page = try await ReadLinkages(world.office)(sent.linkage.id, in: loop.file.id, for: manager)
    #expect(page.linkage.state == .onHold)
    #expect(page.linkage.replyBy == Day("2026-05-04"))
    #expect(page.linkage.result(because: nil) == "LK2")
    let next = try #require(receipt.nextToken)
    let again = try await AgencyDoor(world.office).confirm(sent.key.code, at: next, from: "")
    let accepted = try await AnswerLink(world.office)(
      AgencyAnswer(.part, reply: .init(contact: "김가온", part: "주 1회 상담")), at: next, proof: again.text,
      from: "")
    #expect(accepted.form.state == .accepted)
    #expect(
      try await ReadLinkages(world.office)(sent.linkage.id, in: loop.file.id, for: manager).linkage.isPartial)
  }

  @Test(arguments: Engine.available)
  func `may be accepted in part by telephone`(_ engine: Engine) async throws {
    let loop = try await LinkageWorld(engine)
    let (world, manager) = (loop.world, loop.manager)
    let sent = try await loop.sent(to: loop.agency)
    let moved = try await MoveLinkage(world.office)(
      sent.linkage.id, from: sent.linkage.version, to: .accepted, as: .target, way: .phone,
      reply: .init(contact: "김가온", part: " 주 1회 상담 "), in: loop.file.id, by: manager)
    #expect(moved.isPartial)
    let page = try await ReadLinkages(world.office)(sent.linkage.id, in: loop.file.id, for: manager)
    #expect(page.contents.reply?.part == "주 1회 상담")
    let whole = try await loop.sent(to: loop.other)
    #expect(
      try await !MoveLinkage(world.office)(
        whole.linkage.id, from: whole.linkage.version, to: .accepted, as: .target, way: .phone,
        reply: .init(contact: "김가온", part: "  "), in: loop.file.id, by: manager
      ).isPartial)
    try await world.database.close()
  }

  @Test func `leaves nothing to be read in the store`() async throws {
    let loop = try await LinkageWorld(.sqlite)
    let sent = try await loop.sent(to: loop.agency)
    let proof = try await AgencyDoor(loop.world.office).confirm(sent.key.code, at: sent.key.token, from: "")
    _ = try await AnswerLink(loop.world.office)(
      AgencyAnswer(
        .accept, reply: .init(contact: "김가온"), file: .init(name: "임나래.pdf", bytes: Array("%PDF-secret".utf8))),
      at: sent.key.token, proof: proof.text, from: "")
    let found = try await loop.world.database.read { session in
      var texts: [String] = []
      for table in ["linkage", "linkage_step", "agency_link", "agency_link_opening", "linkage_file", "event"]
      {
        for column in try TableDump(session).columns(of: table) {
          try session.forEach("SELECT \(SQL(stringLiteral: column)) FROM \(SQL(stringLiteral: table))") {
            row in
            switch try row.get(0, as: Value.self) {
            case .text(let text): texts.append(text)
            case .bytes(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
            case .integer, .null: break
            }
          }
        }
      }
      return texts.joined(separator: "\n")
    }
    for secret in [sent.key.token, sent.key.code, "나래", "김가온", "도와주세요", "secret", "들어줬으면"] {
      #expect(!found.contains(secret), "\(secret)")
    }
  }
}

private struct Unexpected: Error {}
