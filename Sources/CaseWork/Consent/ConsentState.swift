extension Consent.Purpose {
  /// Who must say yes.
  ///
  /// Taking part asks both whatever the age (학생맞춤통합지원법 제11조③), and so do the handing-over of a case and
  /// pictures; data asks the student from 14 and the legal guardian below (개인정보 보호법 제22조의2①). Where the age is
  /// unknown, both are asked.
  public func parties(isFourteen: Bool?) -> [Consent.Party] {
    switch self {
    case .participation, .transfer, .photo, .recording, .supervision: [.student, .guardian]
    case .collection, .sensitive, .share:
      switch isFourteen {
      case true?: [.student]
      case false?: [.guardian]
      case nil: [.student, .guardian]
      }
    }
  }
}

/// Where the consent for one purpose (and recipient) stands on a day, party by party.
public struct ConsentState: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case missing, later, yes, expired, no, withdrawn
  }

  public struct PartyState: Hashable, Sendable {
    public let party: Consent.Party
    public let status: Status
    /// The answer that counts, where there is one.
    public let consent: Consent?

    public var isRefusal: Bool { status == .no || status == .withdrawn }
  }

  public let purpose: Consent.Purpose
  public let recipient: ID<Resource>?
  public let parties: [PartyState]

  /// Everybody who must has said yes, and it still holds.
  public var isGiven: Bool { parties.allSatisfy { $0.status == .yes } }
  /// One of them said no, or took it back.
  public var isRefused: Bool { parties.contains(where: \.isRefusal) }
  /// Until when all of it holds.
  public var until: Day? { isGiven ? parties.compactMap { $0.consent?.until }.min() : nil }
}

extension Consent {
  /// The answers that count: the last of each purpose, party and recipient.
  public static func counting(_ consents: [Consent]) -> [Consent] {
    struct Question: Hashable {
      let purpose: Purpose
      let party: Party
      let recipient: ID<Resource>?
      let namedRecipient: String?
    }
    var last: [Question: Consent] = [:]
    for consent in consents.sorted(by: isEarlier) {
      let isNamed = consent.purpose == .share && consent.recipient == nil
      let question = Question(
        purpose: consent.purpose, party: consent.party, recipient: consent.recipient,
        namedRecipient: isNamed ? consent.note : nil)
      last[question] = consent
    }
    return last.values.sorted { isEarlier($1, $0) }
  }

  public func status(on day: Day) -> ConsentState.Status {
    switch answer {
    case .yes: until < day ? .expired : .yes
    case .no: .no
    case .later: .later
    case .withdrawn: .withdrawn
    }
  }

  private static func isEarlier(_ a: Consent, _ b: Consent) -> Bool {
    (a.day, a.recordedAt, a.id) < (b.day, b.recordedAt, b.id)
  }
}

extension CaseFacts {
  public func isFourteen(on day: Day) -> Bool? { turnsFourteenOn.map { $0 <= day } }

  /// Where consent for `purpose` stands on `day`; for `share` and `transfer`, towards `recipient`.
  public func consent(
    for purpose: Consent.Purpose, to recipient: ID<Resource>? = nil, on day: Day
  ) -> ConsentState {
    let counting = Consent.counting(consents).filter { $0.purpose == purpose && $0.recipient == recipient }
    return ConsentState(
      purpose: purpose, recipient: recipient,
      parties: purpose.parties(isFourteen: isFourteen(on: day)).map { party in
        let consent = counting.first { $0.party == party }
        return ConsentState.PartyState(
          party: party, status: consent?.status(on: day) ?? .missing, consent: consent)
      })
  }

  /// Every purpose that is asked in this case, and every recipient that was asked about, for display.
  public func consentStates(on day: Day) -> [ConsentState] {
    let always: [Consent.Purpose] = [.participation, .collection, .sensitive]
    let counting = Consent.counting(consents)
    let others = Consent.Purpose.allCases.filter { purpose in
      !always.contains(purpose) && counting.contains { $0.purpose == purpose }
    }
    return (always + others).flatMap { purpose in
      var seen: Set<ID<Resource>?> = []
      let recipients = counting.filter { $0.purpose == purpose }.map(\.recipient).filter {
        seen.insert($0).inserted
      }
      return (recipients.isEmpty ? [nil] : recipients.reversed()).map {
        consent(for: purpose, to: $0, on: day)
      }
    }
  }
}
