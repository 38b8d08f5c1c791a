public import Foundation

/// One dated record in a case: a filled-in form, sealed under the student's key.
///
/// A record is written, corrected by a new version, and approved; once approved it never changes again, and a correction
/// is a record of its own that names what it corrects.
public struct CaseRecord: Hashable, Sendable {
  public let id: ID<CaseRecord>
  public let school: ID<School>
  public let caseFile: ID<CaseFile>
  public let kind: Kind
  /// Counted per case and kind from 1: the second plan is 2판, the fifth monitoring the fifth.
  public let series: Int
  /// The civil day it is about: the visit, the conference, the day of the plan.
  public var day: Day
  public let author: ID<Staff>
  public let writtenAt: Date
  public var approval: Approval?
  /// The approved record that this one corrects or follows.
  public let follows: ID<CaseRecord>?
  public let form: FormVersion
  public var answers: Answers
  public var version: Int

  public init(
    id: ID<CaseRecord>, school: ID<School>, caseFile: ID<CaseFile>, kind: Kind, series: Int, day: Day,
    author: ID<Staff>, writtenAt: Date, approval: Approval? = nil, follows: ID<CaseRecord>? = nil,
    form: FormVersion,
    answers: Answers, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.caseFile = caseFile
    self.kind = kind
    self.series = series
    self.day = day
    self.author = author
    self.writtenAt = writtenAt
    self.approval = approval
    self.follows = follows
    self.form = form
    self.answers = answers
    self.version = version
  }

  public struct Approval: Hashable, Sendable {
    public let by: ID<Staff>
    public let at: Date

    public init(by: ID<Staff>, at: Date) {
      self.by = by
      self.at = at
    }
  }

  public struct FormVersion: Hashable, Sendable {
    public let id: String
    public let version: Int

    public init(id: String, version: Int) {
      self.id = id
      self.version = version
    }
  }

  /// What the record is; the raw value is also the name of its form.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// F02 초기면접지.
    case intake
    /// F05–F07 사정: needs, strengths, resources, risk. A reassessment (F14) is an assessment that follows another.
    case assessment
    case reassessment
    /// A score of an instrument.
    case score
    /// F15 사례회의록.
    case conference
    /// F10 개입계획서.
    case plan
    /// F11, F12: a contact or a service.
    case contact
    /// F13 점검표.
    case monitoring
    /// F16 평가서.
    case evaluation
    /// F17 종결보고서.
    case closure
    /// F18 사후관리 기록지.
    case followUp = "follow-up"
    /// A summary handed over to another school, with chosen items only.
    case transfer
    /// Recommended counselling or treatment, counted (초·중등교육법 시행령 제31조의5).
    case recommendation
    /// What was done at once in an emergency, to be completed within 24–48 hours.
    case emergency
    /// Counselling or treatment without the guardian's consent (초·중등교육법 제18조의5).
    case emergencySupport = "emergency-support"
    /// F28: somebody asks to read the record (개인정보 보호법 제35조).
    case accessRequest = "access-request"
  }
}
