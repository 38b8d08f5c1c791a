public import CaseWork

/// A directory as it was read, and what became of every part of what was given.
public struct DirectoryReading: Hashable, Sendable {
  /// What was given.
  public enum Form: String, Hashable, Sendable {
    /// JSON of HSDS 3.x.
    case json
    /// Tables of HSDS 3.x.
    case tables
    /// Tables of HSDS 2.x and before.
    case olderTables = "older-tables"
    /// One table, a service a row, its columns mapped.
    case columns
  }

  /// How many rows or objects came, and how many of them are in the directory.
  public struct Count: Hashable, Sendable {
    public var read: Int
    public var taken: Int

    public init(read: Int = 0, taken: Int = 0) {
      self.read = read
      self.taken = taken
    }

    public var refused: Int { read - taken }
  }

  /// Values for which the directory has no place, by their column or their path.
  public struct Unmapped: Hashable, Sendable {
    public let table: String
    public let field: String
    public let count: Int
  }

  public let form: Form
  /// Everything that could be taken.
  public let directory: Directory
  /// By table, or by the standard's name of the object for JSON.
  public let counts: [String: Count]
  public let problems: [DirectoryProblem]
  /// Problems beyond the first ten thousand, which are counted only.
  public let unlisted: Int
  public let unmapped: [Unmapped]

  public var refused: Int { counts.values.reduce(0) { $0 + $1.refused } }

  /// The directory for whoever wants all or nothing: `nil` where anything was refused.
  public var whole: Directory? { refused == 0 ? directory : nil }
}

/// What a reading goes by where the directory itself does not say.
public struct DirectoryOptions: Hashable, Sendable {
  /// Whose directory it is. Ids that are no UUIDs are made from it and the given id, so that the same ids of two
  /// directories stay apart and a second reading gives the same ones.
  public var source: String
  /// ISO 3166-1 code for addresses without a country.
  public var country: String
  /// The day from which figures hold that bear no date; without it they are refused.
  public var today: Day?
  /// For every table, and for the bytes and the depth of JSON.
  public var limits: TableLimits

  public init(
    source: String = "", country: String = "KR", today: Day? = nil, limits: TableLimits = .standard
  ) {
    self.source = source
    self.country = country
    self.today = today
    self.limits = limits
  }
}
