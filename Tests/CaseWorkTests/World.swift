import CaseWork
import Foundation

/// Fixed ids and days, so that tests read as sentences.
enum World {
  static let school = ID<School>(uuid(1))
  static let student = ID<Student>(uuid(2))
  static let manager = ID<Staff>(uuid(3))
  static let file = CaseFile(
    id: ID(uuid(4)), school: school, student: student, number: "26-001", episode: 1, referral: nil,
    openedOn: day("2026-04-01"), manager: manager)

  static func uuid(_ number: UInt8) -> UUID {
    UUID(uuid: (0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number))
  }

  static func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

  static func doing(_ on: String) -> CaseFile.Doing {
    .init(by: manager, on: day(on), transition: ID(uuid(9)))
  }

  static func consent(
    _ purpose: Consent.Purpose, _ party: Consent.Party, _ answer: Consent.Answer, on: String,
    until: String = "2027-02-28", to recipient: ID<Resource>? = nil
  ) -> Consent {
    Consent(
      id: ID(uuid(20)), school: school, caseFile: file.id, purpose: purpose, party: party, answer: answer,
      day: day(on),
      until: day(until), method: "paper", wording: .init(id: "participation", version: 1),
      recipient: recipient,
      recordedBy: manager, recordedAt: day(on).startInKorea)
  }

  static func fact(
    _ on: String, isApproved: Bool = true, series: Int = 1, _ marks: [String: Int] = [:]
  ) -> CaseFacts.RecordFact {
    .init(
      id: ID(at: day(on).startInKorea, random: uuid(30)), series: series, day: day(on),
      approvedAt: isApproved ? day(on).startInKorea : nil, version: 1, marks: Marks(marks))
  }

  static func facts(
    _ file: CaseFile = file, _ latest: [CaseRecord.Kind: CaseFacts.RecordFact] = [:],
    consents: [Consent] = [],
    turnsFourteenOn: String? = "2030-01-01", followUps: [CaseFacts.FollowUp] = [],
    tallies: [CaseFacts.Tally] = [], since: String? = nil, holds: [ClosedRange<Day>] = []
  ) -> CaseFacts {
    CaseFacts(
      file: file, latest: latest, counts: latest.mapValues { $0.series }, consents: consents,
      turnsFourteenOn: turnsFourteenOn.map(day), referredOn: day("2026-04-01"), followUps: followUps,
      tallies: tallies, stageSince: since.map { day($0).startInKorea },
      holds: holds)
  }

  static let policy = Policy(
    clocks: [
      .init(
        id: "assessment", start: .opened, days: 10, daysByLevel: [.urgent: 1], calendar: .civil,
        until: .assessment,
        untilApproved: true),
      .init(
        id: "first-contact", start: .referred, days: 3, daysByLevel: [:], calendar: .school, until: .contact,
        untilApproved: false),
      .init(
        id: "plan", start: .opened, days: 30, daysByLevel: [.intensive: 21, .urgent: 2], calendar: .civil,
        until: .plan,
        untilApproved: true),
    ],
    monitoringEvery: [.watch: 90, .general: 30, .intensive: 14, .urgent: 7],
    reassessEvery: [.general: 182, .intensive: 91], followUpMonths: [1, 2, 3],
    caseloadWarnings: .init(urgentAndIntensive: 5, active: 20, known: 160),
    workloadWeights: [.watch: 30, .general: 100, .intensive: 200, .urgent: 300],
    budgets: [.init(fund: "safety-net", perStudent: 100_000, perHousehold: 500_000, excluded: ["cash"])],
    signIn: .init(
      failuresUntilLock: 5, lockMinutes: 10, idleMinutes: 30, sessionHours: 12, warnMinutes: 5,
      minimumPasswordLength: 10,
      addressFailures: 30, addressMinutes: 10),
    recordWithinSchoolDays: 3, retentionYears: 5, closureNotices: 2,
    resources: ResourcePolicy(
      staleAfterDays: 180, longWaitDays: 30, coordination: .init(severity: 2, appointmentsAWeek: 5),
      weights: ResourceWeights(
        need: 25, area: 15, places: 15, waiting: 15, cost: 10, language: 5, experience: 10, freshness: 5)))
}
