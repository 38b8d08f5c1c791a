public import Foundation

extension Linkage {
  /// Who moves it: the school that asked, or the agency that was asked.
  public enum Party: String, Hashable, Sendable, Codable, CaseIterable {
    case requester, target
  }

  /// How a move came to be known.
  public enum Way: String, Hashable, Sendable, Codable, CaseIterable {
    /// The program's own pages.
    case page
    /// The agency's link.
    case link
    case phone, paper, visit
    /// Followed from something else: a consent that was taken back.
    case program
  }

  /// One move, kept for ever.
  public struct Step: Hashable, Sendable {
    public let id: ID<Step>
    public let linkage: ID<Linkage>
    /// `nil` for the agency itself.
    public let by: ID<Staff>?
    public let party: Party
    public let way: Way
    public let at: Date
    /// `nil` where it began.
    public let from: State?
    public let to: State
    /// A code of `linkage-reason`, or what was done without a move: `reminded`, `helped-yes`.
    public let reason: String?

    public init(
      id: ID<Step>, linkage: ID<Linkage>, by: ID<Staff>?, party: Party, way: Way, at: Date, from: State?,
      to: State, reason: String?
    ) {
      self.id = id
      self.linkage = linkage
      self.by = by
      self.party = party
      self.way = way
      self.at = at
      self.from = from
      self.to = to
      self.reason = reason
    }
  }
}

extension Linkage.State {
  /// The whole table: where `party` may move it from here.
  public func moves(of party: Linkage.Party) -> Set<Linkage.State> {
    switch (self, party) {
    case (.draft, .requester): [.requested, .cancelled, .enteredInError]
    case (.requested, .requester): [.cancelled, .enteredInError]
    case (.requested, .target): [.accepted, .rejected, .onHold]
    case (.accepted, .requester): [.cancelled, .onHold, .enteredInError]
    case (.accepted, .target): [.inProgress, .onHold, .cancelled, .failed, .completed]
    case (.inProgress, .requester): [.cancelled, .onHold, .enteredInError]
    case (.inProgress, .target): [.onHold, .cancelled, .failed, .completed]
    case (.onHold, .requester): [.cancelled, .enteredInError]
    case (.onHold, .target): [.accepted, .rejected, .inProgress, .cancelled, .failed]
    case (.rejected, .requester), (.cancelled, .requester), (.failed, .requester), (.completed, .requester):
      [.enteredInError]
    case (.draft, .target), (.rejected, .target), (.cancelled, .target), (.failed, .target),
      (.completed, .target), (.enteredInError, _):
      []
    }
  }

  /// Why has to be said (Gravity: `statusReason`).
  public var needsReason: Bool {
    switch self {
    case .rejected, .cancelled, .onHold, .failed: true
    case .draft, .requested, .accepted, .inProgress, .completed, .enteredInError: false
    }
  }

  /// Something is still to come of it.
  public var isOpen: Bool {
    switch self {
    case .requested, .accepted, .inProgress, .onHold: true
    case .draft, .rejected, .cancelled, .failed, .completed, .enteredInError: false
    }
  }
}

extension Linkage {
  /// The linkage after a move.
  ///
  /// - Parameter reason: a code of `linkage-reason`.
  /// - Throws: `Refusal.conflict(.alreadyAnswered)` where the move is not this party's from here; `.invalid` where a reason
  ///   is missing.
  public func moved(
    to state: State, by party: Party, because reason: String?, at instant: Date
  ) throws(Refusal) -> Linkage {
    guard self.state.moves(of: party).contains(state) else { throw Refusal.conflict(.alreadyAnswered) }
    guard !state.needsReason || reason?.isEmpty == false else {
      throw Refusal.invalid([Problem("reason", "choose")])
    }
    var next = self
    let day = Day(inKoreaAt: instant)
    next.state = state
    next.stateSince = instant
    switch state {
    case .accepted, .inProgress: next.acceptedOn = acceptedOn ?? day
    case .rejected, .cancelled, .failed, .completed, .enteredInError: next.endedOn = day
    case .draft, .requested, .onHold: break
    }
    return next
  }

  /// The result as the field counts it (LK1 … LK6); `nil` where there is none yet.
  public func result(because reason: String?) -> String? {
    switch state {
    case .accepted, .inProgress: "LK1"
    case .onHold: acceptedOn == nil ? "LK2" : "LK5"
    case .rejected: "LK3"
    case .cancelled: reason == "no-answer" ? "LK4" : "LK5"
    case .failed: reason == "no-answer" ? "LK4" : "LK5"
    case .completed: "LK6"
    case .draft, .requested, .enteredInError: nil
    }
  }
}
