import CaseWork
import Operations
import TestSupport
import Testing

/// Edge case E1: the guardian says no.
@Suite struct RefusedConsentTests {
  @Test(arguments: Engine.available)
  func `a refusal holds the case: no clocks, no records, only recommendations are counted`(
    _ engine: Engine
  ) async throws {
    let world = try await World.make(on: engine)
    let manager = world.asker(.caseManager)
    let file = try await world.openCase(.narae)
    let refused = try await AnswerConsent(world.office)(
      world.agreement([.participation], parties: [.student])
        + world.agreement([.participation], parties: [.guardian], .no),
      in: file.id, by: manager)
    #expect(refused.standing == .refused)
    #expect(refused.heldSince == world.today)
    var page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.dues.isEmpty)
    #expect(page.gates.isEmpty)

    for (kind, answers) in [
      (CaseRecord.Kind.intake, Filled.intake(world.today)), (.contact, Filled.contact(world.today)),
      (.conference, Filled.conference(world.today)),
    ] {
      await #expect(throws: Refusal.conflict(.held)) {
        try await WriteRecord(world.office)(kind, answers, in: file.id, by: manager)
      }
    }
    for day in ["2026-04-08", "2026-04-15", "2026-04-22"] {
      world.watch.turn(to: .on(day))
      try await Recommend(world.office)(
        Filled.answers([
          "day": day, "expert": "다솜Wee센터(가상)", "committee": "2026-3차", "outcome": "not-followed",
        ]), in: file.id, by: manager)
    }
    page = try await ReadCase(world.office)(file.id, for: manager)
    #expect(page.counts[.recommendation] == 3)

    // The other parent agrees: the last answer of a party counts.
    let open = try await AnswerConsent(world.office)(
      world.agreement([.participation], parties: [.guardian]), in: file.id, by: manager)
    #expect(open.standing == .open)
    #expect(open.heldSince == nil)
    _ = try await WriteRecord(world.office)(.intake, Filled.intake(world.today), in: file.id, by: manager)
    let dues = try await ReadCase(world.office)(file.id, for: manager).dues
    #expect(dues.contains { $0.kind == "assessment" })
  }

  @Test func `what was agreed can be taken back, and the old answer stays`() async throws {
    let world = try await World.make(on: .sqlite)
    let manager = world.asker(.caseManager)
    let file = try await world.assessableCase(.harin)
    let page = try await ReadConsents(world.office)(file.id, for: manager)
    let given = try #require(
      page.given.first { $0.consent.purpose == .participation && $0.consent.party == .guardian })
    let held = try await WithdrawConsent(world.office)(
      given.consent.id, in: file.id, method: "phone", by: manager)
    #expect(held.standing == .refused)
    let after = try await ReadConsents(world.office)(file.id, for: manager)
    #expect(after.given.count == page.given.count + 1)
    #expect(after.given.contains(given))
    #expect(after.given.first?.consent.answer == .withdrawn)
    await #expect(throws: Refusal.notFound) {
      try await WithdrawConsent(world.office)(given.consent.id, in: file.id, method: "phone", by: manager)
    }
  }

  @Test func `under fourteen the guardian is confirmed, and nobody agrees in the future`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.harin)
    let wording = Consent.WordingVersion(id: "collection", version: 1)
    await #expect(
      throws: Refusal.invalid([
        Problem("answers.0.guardian-confirmation", "required"), Problem("answers.1.day", "in-the-future"),
      ])
    ) {
      try await AnswerConsent(world.office)(
        [
          .init(.collection, .guardian, .yes, method: "phone", wording: wording),
          .init(
            .participation, .student, .yes, day: world.today.adding(days: 1), method: "phone",
            wording: wording),
        ],
        in: file.id, by: world.asker(.caseManager))
    }
    #expect(try await ReadConsents(world.office)(file.id, for: world.asker(.caseManager)).given.isEmpty)
  }

  @Test func `a consent ends with the school year`() async throws {
    let world = try await World.make(on: .sqlite)
    let file = try await world.openCase(.harin)
    try await AnswerConsent(world.office)(world.agreement(), in: file.id, by: world.asker(.caseManager))
    let page = try await ReadConsents(world.office)(file.id, for: world.asker(.caseManager))
    #expect(page.given.allSatisfy { $0.consent.until == .on("2027-02-28") })
  }
}
