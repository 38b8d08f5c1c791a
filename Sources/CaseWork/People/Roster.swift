/// How class lists (명렬표) name their columns and values: `Practice/roster.yaml`.
public struct Roster: Hashable, Sendable {
  /// What a column of a class list holds.
  public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    case name, number, grade
    case className = "class"
    /// Grade and class in one: `2-3`.
    case gradeClass = "grade-class"
    case seat
    case birthDay = "birth-day"
    case sex, phone, address, language
    case guardianName = "guardian-name"
    case guardianPhone = "guardian-phone"
    case guardianRelation = "guardian-relation"
  }

  public let columns: [Field: [String]]
  /// Headers of columns that are never read.
  public let refused: [String]
  /// Spellings by what is kept: `male`, `female`.
  public let sexes: [String: [String]]
  /// Spellings by code of the list `relation`.
  public let relations: [String: [String]]
  public let otherRelation: String
  public let gradeMarks: [String]
  public let classMarks: [String]

  public init(
    columns: [Field: [String]], refused: [String], sexes: [String: [String]], relations: [String: [String]],
    otherRelation: String, gradeMarks: [String], classMarks: [String]
  ) {
    self.columns = columns
    self.refused = refused
    self.sexes = sexes
    self.relations = relations
    self.otherRelation = otherRelation
    self.gradeMarks = gradeMarks
    self.classMarks = classMarks
  }

  /// What a header says, without spaces, signs and case.
  static func folded(_ text: String) -> String {
    String(
      Text.withPlainDigits(Text.cleaned(text, keepingLines: false)).lowercased().filter {
        $0.isLetter || $0.isNumber
      })
  }

  func field(of header: String) -> Field? {
    let wanted = Self.folded(header)
    return Field.allCases.first { columns[$0, default: []].contains { Self.folded($0) == wanted } }
  }

  func isRefused(_ header: String) -> Bool {
    let wanted = Self.folded(header)
    return refused.contains {
      Self.folded($0) == wanted || (wanted.count > 4 && wanted.contains(Self.folded($0)))
    }
  }
}
