import CaseWork
import Testing

@Suite struct Consents {
  private let day = World.day("2026-09-15")

  @Test func `taking part asks student and guardian whatever the age, data only one of them`() {
    for isFourteen in [true, false, nil] {
      #expect(Consent.Purpose.participation.parties(isFourteen: isFourteen) == [.student, .guardian])
      #expect(Consent.Purpose.transfer.parties(isFourteen: isFourteen) == [.student, .guardian])
    }
    for purpose in [Consent.Purpose.collection, .sensitive, .share] {
      #expect(purpose.parties(isFourteen: true) == [.student])
      #expect(purpose.parties(isFourteen: false) == [.guardian])
      #expect(purpose.parties(isFourteen: nil) == [.student, .guardian])
    }
  }

  @Test func `on the fourteenth birthday the student is asked anew`() {
    let consents = [World.consent(.collection, .guardian, .yes, on: "2026-04-01")]
    let facts = World.facts(consents: consents, turnsFourteenOn: "2026-09-15")
    #expect(facts.consent(for: .collection, on: World.day("2026-09-14")).isGiven)
    #expect(!facts.consent(for: .collection, on: day).isGiven)
  }

  @Test func `the last answer counts, and only while it holds`() {
    let yes = World.consent(.participation, .guardian, .yes, on: "2026-04-01", until: "2026-09-14")
    let student = World.consent(.participation, .student, .yes, on: "2026-04-01")
    let facts = World.facts(consents: [yes, student])
    #expect(facts.consent(for: .participation, on: World.day("2026-09-14")).isGiven)
    #expect(facts.consent(for: .participation, on: day).parties.map(\.status) == [.yes, .expired])
    let withdrawn = World.facts(
      consents: [yes, student, World.consent(.participation, .student, .withdrawn, on: "2026-05-01")])
    #expect(withdrawn.consent(for: .participation, on: World.day("2026-05-01")).isRefused)
  }

  @Test func `consent to one recipient is not consent to another`() {
    let (clinic, centre) = (ID<Resource>(World.uuid(50)), ID<Resource>(World.uuid(51)))
    let facts = World.facts(
      consents: [World.consent(.share, .student, .yes, on: "2026-04-01", to: clinic)],
      turnsFourteenOn: "2026-01-01")
    #expect(facts.consent(for: .share, to: clinic, on: day).isGiven)
    #expect(!facts.consent(for: .share, to: centre, on: day).isGiven)
    #expect(!facts.consent(for: .share, on: day).isGiven)
  }

  @Test func `a guardian's refusal holds the case and its clocks until all agree`() throws {
    let no = World.consent(.participation, .guardian, .no, on: "2026-09-10")
    let student = World.consent(.participation, .student, .yes, on: "2026-09-10")
    let refused = World.facts(consents: [no, student])
    let change = try #require(
      try World.file.answering(refused.consent(for: .participation, on: day), World.doing("2026-09-10")))
    #expect(change.file.standing == .refused)
    #expect(change.file.heldSince == World.day("2026-09-10"))
    #expect(change.transition.reason == "consent-refused")
    #expect(
      CaseRecord.Kind.allCases.filter(change.file.mayTake) == [
        .closure, .recommendation, .emergency, .emergencySupport, .accessRequest,
      ])
    #expect(
      Clocks.dues(World.facts(change.file), policy: World.policy, calendar: SchoolCalendar(), on: day).isEmpty
    )
    let father = World.consent(.participation, .guardian, .yes, on: "2026-10-22")
    let agreed = World.facts(change.file, consents: [no, student, father])
      .consent(for: .participation, on: World.day("2026-10-22"))
    let again = try #require(try change.file.answering(agreed, World.doing("2026-10-22")))
    #expect(again.file.standing == .open)
    #expect(again.file.heldSince == nil)
  }

  @Test
  func
    `emergency support needs three recommendations, experts and the committee, one where life is in danger`()
  {
    func missing(
      _ times: Int, danger: Bool = false, experts: Int = 3, doctors: Int = 1, committee: Bool = true
    ) -> [String] {
      EmergencySupport(
        recommendationsNotFollowed: times, isLifeInDanger: danger, experts: experts, psychiatrists: doctors,
        isCommitteeHeard: committee
      ).missing.map(\.code)
    }
    #expect(missing(3) == [])
    #expect(missing(2) == ["recommendations"])
    #expect(missing(1, danger: true) == [])
    #expect(missing(0, danger: true) == ["recommendations"])
    #expect(missing(3, experts: 2, doctors: 0, committee: false) == ["experts", "psychiatrist", "committee"])
  }
}
