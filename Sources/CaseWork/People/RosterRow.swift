/// One student as a class list tells them.
public struct RosterRow: Hashable, Sendable {
  public let row: Int
  /// By what the student is known again: the school's number, or name and birthday where it gives none.
  public let key: String
  public let profile: Student.Profile
  public let enrolment: Enrolment
  public let guardian: Guardian?

  public struct Guardian: Hashable, Sendable {
    /// A code of the list `relation`.
    public let relation: String
    public let name: String
    public let phone: String?
  }
}

/// One row that cannot be taken, with the column and why. It never quotes the cell.
public struct RosterProblem: Error, Hashable, Sendable, Codable {
  public let row: Int
  public let field: Roster.Field
  /// The wording's key under `roster.problem.`.
  public let code: Code
  /// The row that was first, a limit.
  public let detail: String?

  public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
    case required
    case notADay = "not-a-day"
    case impossibleBirthDay = "impossible-birth-day"
    case impossibleGrade = "impossible-grade"
    case unknownClass = "unknown-class"
    case unknownSeat = "unknown-seat"
    case unknownSex = "unknown-sex"
    case tooLong = "too-long"
    case duplicateNumber = "duplicate-number"
    case nationalID = "national-id"
    /// The school knows another child, of another name and birthday, under this number.
    case numberOfAnother = "number-of-another"
  }

  public init(row: Int, field: Roster.Field, code: Code, detail: String? = nil) {
    self.row = row
    self.field = field
    self.code = code
    self.detail = detail
  }
}
