public import CaseWork
public import Foundation

/// One act that changed something: who, when, what, to which record; codes and ids only, never contents.
public struct Event: Hashable, Sendable {
  public let id: ID<Event>
  /// `nil` for what belongs to the whole office.
  public let school: ID<School>?
  /// `nil` for what the program did by itself, or a stranger at the door.
  public let staff: ID<Staff>?
  public let at: Date
  /// `close-case`, `sign-in`: the wording's key under `event.`.
  public let act: String
  public let subjectKind: String
  public let subject: String
  public let caseFile: ID<CaseFile>?
  public let detail: String
  /// What the rows that the act changed look like after it: one line each, `table key digest`.
  public internal(set) var rowDigests: String?

  /// The act that says what every row looks like from which on the chain knows them all.
  public static let takingStock = "take-stock"
  /// The act of rows that changed without anybody's act.
  public static let anchoring = "anchor"

  public init(
    id: ID<Event>, school: ID<School>?, staff: ID<Staff>?, at: Date, act: String, subjectKind: String,
    subject: String, caseFile: ID<CaseFile>? = nil, detail: String = "", rowDigests: String? = nil
  ) {
    self.id = id
    self.school = school
    self.staff = staff
    self.at = at
    self.act = act
    self.subjectKind = subjectKind
    self.subject = subject
    self.caseFile = caseFile
    self.detail = detail
    self.rowDigests = rowDigests
  }
}

/// One reading of personal data (접속기록, 안전성 확보조치 기준 제2조3호): who, when, from where, whose data, what for.
public struct AccessRow: Hashable, Sendable {
  public let id: ID<AccessRow>
  public let school: ID<School>?
  public let staff: ID<Staff>
  public let at: Date
  public let address: String
  /// Whose data, where it was one student's.
  public let student: ID<Student>?
  /// What was done: `read-case`, `list-cases`, `export`.
  public let work: String
  /// The pattern of the page's address, never its query.
  public let route: String
  /// How many people's data were shown.
  public let subjects: Int

  public init(
    id: ID<AccessRow>, school: ID<School>?, staff: ID<Staff>, at: Date, address: String,
    student: ID<Student>?,
    work: String, route: String, subjects: Int
  ) {
    self.id = id
    self.school = school
    self.staff = staff
    self.at = at
    self.address = address
    self.student = student
    self.work = work
    self.route = route
    self.subjects = subjects
  }
}
