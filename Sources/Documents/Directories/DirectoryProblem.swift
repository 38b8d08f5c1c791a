/// One thing that a reading of a directory did not take as it was; it says where and why, and never what was written.
public struct DirectoryProblem: Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// Refused: an object without what it cannot be without, such as a service without a name.
    case missing
    /// Refused: a row that says nothing.
    case empty
    /// Refused: a part of something that is not in the directory.
    case noOwner = "no-owner"
    /// Refused: another row of the table has this id, or this name where the name is the id.
    case duplicate
    /// Refused: a whole table or line that cannot be read.
    case unreadable
    /// The standard demands it and nobody said it; the one value that is certain was put there.
    case defaulted
    /// The standard demands it, nobody said it, and no value is certain.
    case leftEmpty = "left-empty"
    /// Written otherwise, with the same meaning: `9:00` as `09:00`.
    case corrected
    /// No value of this field's kind: an address of mail without `@`. It is counted among the unmapped.
    case notTaken = "not-taken"
    /// Names an object that is not in the directory; the name stays.
    case dangling
    /// The same object is told twice and differently; the first told holds.
    case differs
    /// A day of the week without hours.
    case noHours = "no-hours"
    /// A unit nobody counts in.
    case unused

    /// Whether a row or an object stays out because of it.
    public var refuses: Bool {
      switch self {
      case .missing, .empty, .noOwner, .duplicate, .unreadable: true
      case .defaulted, .leftEmpty, .corrected, .notTaken, .dangling, .differs, .noHours, .unused: false
      }
    }
  }

  /// Where in what was given.
  public struct Place: Hashable, Sendable {
    /// The file or table; for JSON the kind of the object.
    public let table: String
    /// The row as the program shows it that made the table, from 1; the line of newline-delimited JSON.
    public let row: Int?
    /// The way to an object of JSON: `services[3].phones[0]`.
    public let path: String?

    public init(table: String, row: Int? = nil, path: String? = nil) {
      self.table = table
      self.row = row
      self.path = path
    }
  }

  public let place: Place
  /// The standard's field or the column, where it is one.
  public let field: String?
  public let code: Code

  public init(_ code: Code, at place: Place, field: String? = nil) {
    self.code = code
    self.place = place
    self.field = field
  }
}
