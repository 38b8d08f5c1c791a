public import Foundation

/// A student referred to the school by an agency, from the moment the way in is made until the school has found whom it is
/// about; from then on it is a `Referral` of the same id like any other.
public struct AgencyReferral: Hashable, Sendable {
  public let id: ID<AgencyReferral>
  public let school: ID<School>
  public let agency: ID<Resource>
  /// Who made the way in.
  public let by: ID<Staff>
  public let madeAt: Date
  public var state: State
  /// Six digits by which both sides name it on the telephone; once something was sent.
  public var receipt: String?
  public var sentAt: Date?
  public var isUrgent: Bool
  public var handler: ID<Staff>?
  public var handledAt: Date?
  public var version: Int

  public init(
    id: ID<AgencyReferral>, school: ID<School>, agency: ID<Resource>, by: ID<Staff>, madeAt: Date,
    state: State = .asked, receipt: String? = nil, sentAt: Date? = nil, isUrgent: Bool = false,
    handler: ID<Staff>? = nil, handledAt: Date? = nil, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.agency = agency
    self.by = by
    self.madeAt = madeAt
    self.state = state
    self.receipt = receipt
    self.sentAt = sentAt
    self.isUrgent = isUrgent
    self.handler = handler
    self.handledAt = handledAt
    self.version = version
  }

  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// The way in is made, nothing has come.
    case asked
    /// Waits for somebody to find the student.
    case sent
    /// The student is found: it goes on as a referral.
    case taken
    /// The school does not take it up; what was written is destroyed.
    case declined
  }
}

extension Resource {
  /// How a student is noticed whom it refers, of `route`.
  public var referralRoute: String {
    switch kind {
    case "ORG-01": "RR17"
    case "ORG-02": "RR18"
    case "ORG-03": "RR19"
    case "ORG-04", "ORG-05", "ORG-07": "RR20"
    case "ORG-10", "ORG-11": "RR21"
    case "ORG-14", "ORG-15", "ORG-16": "RR22"
    case "ORG-19", "ORG-20": "RR23"
    case "ORG-21": "RR24"
    case "ORG-31": "RR16"
    case "ORG-35", "ORG-36": "RR15"
    default: "RR99"
    }
  }
}
