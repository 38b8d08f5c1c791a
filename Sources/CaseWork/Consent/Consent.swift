public import Foundation

/// F03: one person's answer to one question about one purpose. Rows are only ever added; the last one counts.
public struct Consent: Hashable, Sendable {
  public let id: ID<Consent>
  public let school: ID<School>
  public let caseFile: ID<CaseFile>
  public let purpose: Purpose
  public let party: Party
  /// Which guardian answered, where the household is known.
  public let relative: ID<Relative>?
  public let answer: Answer
  public let day: Day
  /// The last day it holds.
  public let until: Day
  /// `paper`, `phone`, `text`, `mail`, `web`, `in-person`: how it was confirmed (개인정보 보호법 시행령 제17조②).
  public let method: String
  /// That a legal guardian's status was confirmed, and how (시행령 제17조의2①), for a student under 14.
  public let guardianConfirmation: String?
  public let wording: WordingVersion
  /// For `share`: who receives it. A resource's id, or free text that lies sealed.
  public let recipient: ID<Resource>?
  /// For `share`: which items go.
  public let items: [String]
  public let recordedBy: ID<Staff>
  public let recordedAt: Date
  /// Names of recipients outside the directory, remarks: sealed.
  public let note: String?

  public init(
    id: ID<Consent>, school: ID<School>, caseFile: ID<CaseFile>, purpose: Purpose, party: Party,
    relative: ID<Relative>? = nil, answer: Answer, day: Day, until: Day, method: String,
    guardianConfirmation: String? = nil, wording: WordingVersion, recipient: ID<Resource>? = nil,
    items: [String] = [],
    recordedBy: ID<Staff>, recordedAt: Date, note: String? = nil
  ) {
    self.id = id
    self.school = school
    self.caseFile = caseFile
    self.purpose = purpose
    self.party = party
    self.relative = relative
    self.answer = answer
    self.day = day
    self.until = until
    self.method = method
    self.guardianConfirmation = guardianConfirmation
    self.wording = wording
    self.recipient = recipient
    self.items = items
    self.recordedBy = recordedBy
    self.recordedAt = recordedAt
    self.note = note
  }

  public enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// To take part in case management: student and guardian, whatever the age (학생맞춤통합지원법 제11조③).
    case participation
    /// Collection and use (개인정보 보호법 제15조): the student from 14, the legal guardian below.
    case collection
    /// Sensitive data, apart from every other consent (제23조).
    case sensitive
    /// To a third party: one row a recipient (제17조).
    case share
    case photo, recording
    /// Supervision and conference (§4.2 ⑧).
    case supervision
    /// A summary of the case to the next school.
    case transfer
  }

  public enum Party: String, Hashable, Sendable, Codable, CaseIterable { case student, guardian }
  public enum Answer: String, Hashable, Sendable, Codable, CaseIterable { case yes, no, later, withdrawn }

  /// Which text was shown.
  public struct WordingVersion: Hashable, Sendable, Codable {
    public let id: String
    public let version: Int

    public init(id: String, version: Int) {
      self.id = id
      self.version = version
    }
  }
}
