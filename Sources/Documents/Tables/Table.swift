/// The rows of a table somebody gave us, as text.
public struct Table: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// The number the program that made the file shows beside the row, from 1.
    public let number: Int
    public let cells: [String]

    public init(number: Int, cells: [String]) {
      self.number = number
      self.cells = cells
    }

    /// The cell at `column`, from 0, without surrounding spaces; empty where the row is shorter.
    public subscript(column: Int) -> String {
      cells.indices.contains(column) ? cells[column] : ""
    }
  }

  /// How the file was written, shown in the preview so that a wrong guess is seen.
  public enum Format: String, Hashable, Sendable, Codable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case cp949
    case xlsx
  }

  public let format: Format
  /// The sheet that was read, and every visible sheet of the file; empty for text.
  public let sheet: String?
  public let sheets: [String]
  /// Rows with at least one cell that is not blank.
  public let rows: [Row]

  public init(format: Format, sheet: String? = nil, sheets: [String] = [], rows: [Row]) {
    self.format = format
    self.sheet = sheet
    self.sheets = sheets
    self.rows = rows
  }

  /// The width of the widest row.
  public var columns: Int { rows.map(\.cells.count).max() ?? 0 }
}
