/// Why a file cannot be taken as a table. The words lie under `table.<code>`.
public struct TableProblem: Error, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case empty
    /// More bytes, rows, columns, cells or text than any class list has; a crafted file may be small and still ask
    /// for all memory.
    case tooLarge = "too-large"
    /// Bytes that are neither UTF-8, UTF-16 with a mark, nor CP949.
    case notText = "not-text"
    /// A cell opened with a quotation mark that never ends.
    case unclosedQuote = "unclosed-quote"
    /// Something after the closing quotation mark of a cell.
    case strayQuote = "stray-quote"
    /// A workbook under a password.
    case encrypted
    /// The binary format of Excel 97–2003 (.xls).
    case oldExcel = "old-excel"
    /// A web page saved with the name of a table, as older school systems do.
    case webPage = "web-page"
    /// A document of another kind: PDF, HWP, Word.
    case notATable = "not-a-table"
    case damaged
    case noSuchSheet = "no-such-sheet"
  }

  public let code: Code
  /// The row where it was noticed, from 1.
  public let row: Int?

  public init(_ code: Code, row: Int? = nil) {
    self.code = code
    self.row = row
  }
}
