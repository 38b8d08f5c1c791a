public import Foundation

/// F01: somebody asks that a student be looked at. The teacher who wrote it sees its status, never the case.
public struct Referral: Hashable, Sendable {
  public let id: ID<Referral>
  public let school: ID<School>
  public let student: ID<Student>
  public let by: ID<Staff>
  /// RR01–RR99.
  public let route: String
  public let at: Date
  public let isUrgent: Bool
  /// RF-01 … RF-09.
  public let redFlags: [String]
  /// N01 … N15.
  public let needs: [String]
  /// Whether the student or a guardian knows: `told`, `not-yet`, `dangerous`.
  public let familyKnows: String
  public var status: Status
  public var caseFile: ID<CaseFile>?
  public var handler: ID<Staff>?
  /// The agency that referred, by a link; `by` is then who found the student.
  public let agency: ID<Resource>?
  /// Whether the agency works with the family as well, so that it is led together.
  public let isJoint: Bool
  /// Facts observed, measures so far: sealed.
  public let answers: Answers
  public var version: Int

  public init(
    id: ID<Referral>, school: ID<School>, student: ID<Student>, by: ID<Staff>, route: String, at: Date,
    isUrgent: Bool,
    redFlags: [String], needs: [String], familyKnows: String, status: Status = .sent,
    caseFile: ID<CaseFile>? = nil,
    handler: ID<Staff>? = nil, agency: ID<Resource>? = nil, isJoint: Bool = false, answers: Answers,
    version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.student = student
    self.by = by
    self.route = route
    self.at = at
    self.isUrgent = isUrgent
    self.redFlags = redFlags
    self.needs = needs
    self.familyKnows = familyKnows
    self.status = status
    self.caseFile = caseFile
    self.handler = handler
    self.agency = agency
    self.isJoint = isJoint
    self.answers = answers
    self.version = version
  }

  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    case sent, received, selected
    /// Simple linkage or information: helped without a case.
    case helped
    case notSelected = "not-selected"
    case closed
  }

  /// F04 회신: what goes back to the one who referred, and nothing else of the case.
  public struct Reply: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case receipt, selection, progress, closure
    }

    public let id: ID<Reply>
    public let referral: ID<Referral>
    public let kind: Kind
    public let by: ID<Staff>
    public let at: Date
    /// The words for the referrer: sealed.
    public let text: String
    /// What the referrer is asked to do: sealed.
    public let request: String?

    public init(
      id: ID<Reply>, referral: ID<Referral>, kind: Kind, by: ID<Staff>, at: Date, text: String,
      request: String?
    ) {
      self.id = id
      self.referral = referral
      self.kind = kind
      self.by = by
      self.at = at
      self.text = text
      self.request = request
    }
  }
}
