/// What is done to a class list before anything of it is kept, even for a moment.
public enum RosterRedaction {
  /// Stands where a resident registration number stood.
  static let mark = "******-*******"

  /// `cells` without the columns that are refused, and with single resident numbers struck out.
  public static func redacted(_ cells: [String], refused: Set<Int>) -> [String] {
    cells.enumerated().map { column, cell in
      if refused.contains(column) { return "" }
      return RosterMapping.isNationalID(cell) ? mark : cell
    }
  }
}
