/// Whether the answers that count cover a departure to one recipient: which they are, or exactly what is missing.
public struct ShareCoverage: Hashable, Sendable {
  /// One thing that stands in the way.
  public struct Gap: Hashable, Sendable {
    /// Somebody who must say yes has not, or not any more.
    public let party: Consent.Party
    /// Where their answer stands; `.yes` where only the item is missing.
    public let status: ConsentState.Status
    /// The item their yes does not name, a code of `share-item`.
    public let item: String?

    public init(party: Consent.Party, status: ConsentState.Status, item: String? = nil) {
      self.party = party
      self.status = status
      self.item = item
    }
  }

  /// The answers it stands on, student first.
  public let consents: [ID<Consent>]
  public let gaps: [Gap]

  public var isWhole: Bool { gaps.isEmpty && !consents.isEmpty }
}

extension CaseFacts {
  /// Whether `items` may go to `recipient` on `day` by consent.
  public func shareCoverage(of items: [String], to recipient: ID<Resource>, on day: Day) -> ShareCoverage {
    let state = consent(for: .share, to: recipient, on: day)
    var consents: [ID<Consent>] = []
    var gaps: [ShareCoverage.Gap] = []
    for party in state.parties {
      guard party.status == .yes, let consent = party.consent, consent.day <= day else {
        gaps.append(.init(party: party.party, status: party.status == .yes ? .missing : party.status))
        continue
      }
      consents.append(consent.id)
      for item in items where !consent.items.contains(item) {
        gaps.append(.init(party: party.party, status: .yes, item: item))
      }
    }
    return ShareCoverage(consents: consents, gaps: gaps)
  }
}
