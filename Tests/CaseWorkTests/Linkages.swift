import CaseWork
import Foundation
import Testing

@Suite struct `A linkage moves` {
  /// Every state, and where the school (`R`) and the agency (`T`) may move it; `!` where a reason must be given.
  @Test func `only where the table says so`() {
    let lines = Linkage.State.allCases.map { state in
      let ways = Linkage.State.allCases.compactMap { next -> String? in
        let who = Linkage.Party.allCases.filter { state.moves(of: $0).contains(next) }
          .map { $0 == .requester ? "R" : "T" }.joined()
        return who.isEmpty ? nil : "\(next.rawValue)\(next.needsReason ? "!" : "") \(who)"
      }
      return "\(state.rawValue): \(ways.isEmpty ? "-" : ways.joined(separator: ", "))"
    }
    #expect(lines.joined(separator: "\n") == Self.table)
  }

  static let table = """
    draft: requested R, cancelled! R, entered-in-error R
    requested: accepted T, rejected! T, cancelled! R, on-hold! T, entered-in-error R
    accepted: cancelled! RT, in-progress T, on-hold! RT, failed! T, completed T, entered-in-error R
    rejected: entered-in-error R
    cancelled: entered-in-error R
    in-progress: cancelled! RT, on-hold! RT, failed! T, completed T, entered-in-error R
    on-hold: accepted T, rejected! T, cancelled! RT, in-progress T, failed! T, entered-in-error R
    failed: entered-in-error R
    completed: entered-in-error R
    entered-in-error: -
    """

  private func linkage(_ state: Linkage.State, replyBy: Day? = nil) -> Linkage {
    Linkage(
      id: ID(UUID()), school: ID(UUID()), caseFile: ID(UUID()), number: 1, by: ID(UUID()),
      madeAt: Date(timeIntervalSince1970: 0), recipient: ID(UUID()), kind: .agency, isJoint: false, needs: [],
      items: ["name"], state: state, stateSince: Date(timeIntervalSince1970: 0), replyBy: replyBy)
  }

  @Test func `and refuses every other move, and a reason that is missing`() throws {
    let now = Date(timeIntervalSince1970: 1_780_000_000)
    for state in Linkage.State.allCases {
      for next in Linkage.State.allCases {
        for party in Linkage.Party.allCases {
          let moved = Result { () throws(Refusal) in
            try linkage(state).moved(to: next, by: party, because: "capacity", at: now)
          }
          let bare = Result { () throws(Refusal) in
            try linkage(state).moved(to: next, by: party, because: nil, at: now)
          }
          guard state.moves(of: party).contains(next) else {
            #expect(throws: Refusal.conflict(.alreadyAnswered)) { try moved.get() }
            continue
          }
          #expect(try moved.get().state == next)
          if next.needsReason {
            #expect(throws: Refusal.invalid([Problem("reason", "choose")])) { try bare.get() }
          } else {
            #expect(try bare.get().state == next)
          }
        }
      }
    }
  }

  @Test func `and is counted as the field counts it`() {
    func result(_ state: Linkage.State, _ reason: String? = nil) -> String {
      linkage(state).result(because: reason) ?? "-"
    }
    #expect(
      Linkage.State.allCases.map { result($0) } == [
        "-", "-", "LK1", "LK3", "LK5", "LK1", "LK2", "LK5", "LK6", "-",
      ])
    #expect(result(.cancelled, "no-answer") == "LK4")
  }

  @Test func `and says what is due of it`() throws {
    let file = CaseFile(
      id: ID(UUID()), school: ID(UUID()), student: ID(UUID()), number: "26-001", episode: 1, referral: nil,
      openedOn: try #require(Day("2026-04-01")), manager: ID(UUID()))
    let replyBy = try #require(Day("2026-04-10"))
    func dues(_ linkage: Linkage, on day: String, of file: CaseFile) throws -> [String] {
      LinkageClock.dues(
        [linkage], of: file, policy: .init(escalateDays: 3), calendar: SchoolCalendar(),
        on: try #require(Day(day))
      ).map { "\($0.kind) \($0.day)" }
    }
    let asked = linkage(.requested, replyBy: replyBy)
    #expect(try dues(asked, on: "2026-04-14", of: file) == ["linkage-reply 2026-04-10"])
    // Three school days after Friday the 10th: Wednesday the 15th.
    #expect(
      try dues(asked, on: "2026-04-15", of: file) == [
        "linkage-reply 2026-04-10", "linkage-escalation 2026-04-15",
      ])
    var held = file
    held.standing = .refused
    #expect(try dues(asked, on: "2026-04-15", of: held) == [])
    var accepted = linkage(.accepted)
    accepted.acceptedOn = replyBy
    #expect(try dues(accepted, on: "2026-04-11", of: file) == ["linkage-answer 2026-04-24"])
    accepted.help = Linkage.Help(got: .yes, score: 8, at: Date(timeIntervalSince1970: 0))
    #expect(try dues(accepted, on: "2026-04-11", of: file) == [])
    #expect(try dues(linkage(.draft), on: "2026-04-11", of: file) == [])
  }

  @Test func `A name is hidden but for its ends, and files are known by their first bytes`() {
    #expect(["이도윤", "노을", "남궁민수", "김", ""].map(SharedItem.hidden) == ["이○윤", "노○", "남○○수", "○", "○"])
    #expect(AgencyFile(Array("%PDF-1.7".utf8)) == .pdf)
    #expect(AgencyFile([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]) == .png)
    #expect(AgencyFile([0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
    for other in ["<svg>", "GIF89a", "PK\u{3}\u{4}", "", "%PD", " %PDF-"] {
      #expect(AgencyFile(Array(other.utf8)) == nil, "\(other)")
    }
  }
}

@Suite struct `What may be told` {
  private static let recipient: ID<Resource> = ID(UUID())
  private static let today = Day("2026-04-10") ?? Day(ordinal: 0)

  /// Two parties where the age is unknown, one where it is known.
  private func facts(_ consents: [Consent], fourteen: Day?) -> CaseFacts {
    let file = CaseFile(
      id: ID(UUID()), school: ID(UUID()), student: ID(UUID()), number: "26-001", episode: 1, referral: nil,
      openedOn: Self.today, manager: ID(UUID()))
    return CaseFacts(
      file: file, latest: [:], counts: [:], consents: consents, turnsFourteenOn: fourteen, referredOn: nil)
  }

  private func consent(
    _ party: Consent.Party, _ answer: Consent.Answer = .yes, items: [String] = ["name", "needs"],
    to recipient: ID<Resource> = recipient, from: String = "2026-04-01", until: String = "2027-02-28",
    purpose: Consent.Purpose = .share
  ) -> Consent {
    Consent(
      id: ID(UUID()), school: ID(UUID()), caseFile: ID(UUID()), purpose: purpose, party: party,
      answer: answer,
      day: Day(from) ?? Self.today, until: Day(until) ?? Self.today, method: "paper",
      wording: .init(id: "share", version: 1), recipient: recipient, items: items, recordedBy: ID(UUID()),
      recordedAt: Date(timeIntervalSince1970: 0))
  }

  private func gaps(_ consents: [Consent], _ items: [String], fourteen: Day?) -> [String] {
    facts(consents, fourteen: fourteen).shareCoverage(of: items, to: Self.recipient, on: Self.today).gaps.map
    {
      "\($0.party) \($0.item ?? $0.status.rawValue)"
    }
  }

  @Test func `is what everybody who must has said yes to, and the gaps are named one by one`() {
    let (young, old) = (Day("2030-01-01"), Day("2020-01-01"))
    let (items, one) = (["name", "needs"], ["name"])
    #expect(gaps([], items, fourteen: nil) == ["student missing", "guardian missing"])
    #expect(gaps([], items, fourteen: young) == ["guardian missing"])
    #expect(gaps([], items, fourteen: old) == ["student missing"])
    #expect(gaps([consent(.student)], items, fourteen: old) == [])
    #expect(gaps([consent(.student)], items, fourteen: young) == ["guardian missing"])
    #expect(gaps([consent(.guardian)], items, fourteen: young) == [])
    #expect(gaps([consent(.student), consent(.guardian)], items, fourteen: nil) == [])
    #expect(gaps([consent(.student, items: one)], items, fourteen: old) == ["student needs"])
    #expect(
      gaps([consent(.student), consent(.guardian, items: one)], items + ["plan"], fourteen: nil)
        == ["student plan", "guardian needs", "guardian plan"])
    #expect(gaps([consent(.student, .no)], items, fourteen: old) == ["student no"])
    #expect(gaps([consent(.student, .later)], items, fourteen: old) == ["student later"])
    #expect(gaps([consent(.student, .withdrawn)], items, fourteen: old) == ["student withdrawn"])
    #expect(gaps([consent(.student, until: "2026-04-09")], items, fourteen: old) == ["student expired"])
    #expect(gaps([consent(.student, until: "2026-04-10")], items, fourteen: old) == [])
    #expect(gaps([consent(.student, from: "2026-04-11")], items, fourteen: old) == ["student missing"])
    // Of another agency, or for another purpose, it is no consent.
    #expect(gaps([consent(.student, to: ID(UUID()))], items, fourteen: old) == ["student missing"])
    #expect(gaps([consent(.student, purpose: .collection)], items, fourteen: old) == ["student missing"])
  }

  @Test func `names the consents it stands on`() {
    let (student, guardian) = (consent(.student), consent(.guardian))
    let coverage = facts([guardian, student], fourteen: nil).shareCoverage(
      of: ["name"], to: Self.recipient, on: Self.today)
    #expect(coverage.isWhole)
    #expect(coverage.consents == [student.id, guardian.id])
  }
}
