/// A need for which nothing was found (충족되지 않은 욕구): counted by need, reason, grade and area it shows what a region
/// lacks.
public struct UnmetNeed: Hashable, Sendable {
  public let id: ID<UnmetNeed>
  public let school: ID<School>
  public let caseFile: ID<CaseFile>
  public let student: ID<Student>
  /// N01 … N15.
  public let need: String
  /// A code of `unmet-reason`.
  public let reason: String
  /// Counted through from 1 (초1) to 12 (고3).
  public let grade: Int?
  public let area: String?
  public let day: Day
  public let by: ID<Staff>
  /// When something was found after all.
  public var metOn: Day?
  public var version: Int

  public init(
    id: ID<UnmetNeed>, school: ID<School>, caseFile: ID<CaseFile>, student: ID<Student>, need: String,
    reason: String, grade: Int?, area: String?, day: Day, by: ID<Staff>, metOn: Day? = nil, version: Int = 1
  ) {
    self.id = id
    self.school = school
    self.caseFile = caseFile
    self.student = student
    self.need = need
    self.reason = reason
    self.grade = grade
    self.area = area
    self.day = day
    self.by = by
    self.metOn = metOn
    self.version = version
  }
}
