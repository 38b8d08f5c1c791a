public import CaseWork
internal import Documents

/// The rows that could not be taken as a file the school can work with: row, column, why; never what the cell said.
public enum RosterErrors {
  /// - Parameters:
  ///   - problems: of a preview or report.
  ///   - words: the texts of the language: headers, columns and codes by their keys.
  public static func file(_ problems: [RosterProblem], words: (String) -> String) -> [UInt8] {
    var writer = CSVWriter()
    writer.append(["row", "column", "problem"].map { words("roster.report.\($0)") })
    for problem in problems {
      let detail = problem.detail.map { " (\($0))" } ?? ""
      writer.append([
        String(problem.row), words("roster.field.\(problem.field.rawValue)"),
        words("roster.problem.\(problem.code.rawValue)") + detail,
      ])
    }
    return writer.bytes
  }
}
