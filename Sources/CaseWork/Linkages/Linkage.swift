public import Foundation

/// F19: a case is linked to a resource (연계), from the first draft to what became of it.
///
/// Codes, days and ids lie in the clear; what is told of the student lies sealed in `LinkageContents`.
public struct Linkage: Hashable, Sendable {
  public let id: ID<Linkage>
  public let school: ID<School>
  public let caseFile: ID<CaseFile>
  /// Counted within the case, from 1: tells two of them apart in what is due.
  public let number: Int
  public let by: ID<Staff>
  public let madeAt: Date
  public var recipient: ID<Resource>
  public var kind: Kind
  /// School and agency lead the case together (공동사례), so that nothing is done or counted twice.
  public var isJoint: Bool
  /// N01 … N15: what help is looked for.
  public var needs: [String]
  /// What may be told, as codes of `share-item`.
  public var items: [String]
  public var state: State
  public var stateSince: Date
  /// `consent`, or a code of `disclosure-ground`; `nil` before anything was sent.
  public var ground: String?
  /// The answers on which it was sent.
  public var consents: [ID<Consent>]
  public var disclosure: ID<Disclosing>?
  public var sentAt: Date?
  /// The last day on which an answer is expected.
  public var replyBy: Day?
  public var reminders: Int
  public var remindedAt: Date?
  /// When the supervisor was told that nobody answers.
  public var escalatedAt: Date?
  /// The agency does a part of what was asked.
  public var isPartial: Bool
  public var acceptedOn: Day?
  public var endedOn: Day?
  /// When the consent it was sent on was taken back.
  public var withdrawnOn: Day?
  public var help: Help?
  public var version: Int

  public init(
    id: ID<Linkage>, school: ID<School>, caseFile: ID<CaseFile>, number: Int, by: ID<Staff>, madeAt: Date,
    recipient: ID<Resource>, kind: Kind, isJoint: Bool, needs: [String], items: [String],
    state: State = .draft, stateSince: Date, ground: String? = nil, consents: [ID<Consent>] = [],
    disclosure: ID<Disclosing>? = nil, sentAt: Date? = nil, replyBy: Day? = nil, reminders: Int = 0,
    remindedAt: Date? = nil, escalatedAt: Date? = nil, isPartial: Bool = false, acceptedOn: Day? = nil,
    endedOn: Day? = nil, withdrawnOn: Day? = nil, help: Help? = nil, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.caseFile = caseFile
    self.number = number
    self.by = by
    self.madeAt = madeAt
    self.recipient = recipient
    self.kind = kind
    self.isJoint = isJoint
    self.needs = needs
    self.items = items
    self.state = state
    self.stateSince = stateSince
    self.ground = ground
    self.consents = consents
    self.disclosure = disclosure
    self.sentAt = sentAt
    self.replyBy = replyBy
    self.reminders = reminders
    self.remindedAt = remindedAt
    self.escalatedAt = escalatedAt
    self.isPartial = isPartial
    self.acceptedOn = acceptedOn
    self.endedOn = endedOn
    self.withdrawnOn = withdrawnOn
    self.help = help
    self.version = version
  }

  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case agency
    /// 가족 의뢰: the family, to a community welfare centre or the town's support team (희망복지지원단).
    case family
  }

  /// What the student says of it (학생이 답하는 결과).
  public struct Help: Hashable, Sendable {
    public enum Got: String, Hashable, Sendable, Codable, CaseIterable { case yes, partly, no }

    public let got: Got
    /// 0 (not at all) … 10 (very much); `nil` where nothing was got.
    public let score: Int?
    public let at: Date

    public init(got: Got, score: Int?, at: Date) {
      self.got = got
      self.score = score
      self.at = at
    }
  }

  /// Where it stands: the task states of the closed loop (Gravity SDOH Clinical Care, FHIR R4 `task-status`).
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    case draft, requested, accepted, rejected, cancelled
    case inProgress = "in-progress"
    case onHold = "on-hold"
    case failed, completed
    case enteredInError = "entered-in-error"
  }
}

/// A row of the ledger of disclosures; only its identity is used here.
public enum Disclosing {}
