internal import Documents

/// A table as a file for the office's own papers.
public enum TableExport {
  /// Comma-separated, as Excel opens it in Hangul; no cell is run.
  public static func csv(_ rows: [[String]]) -> [UInt8] {
    var writer = CSVWriter()
    for row in rows { writer.append(row) }
    return writer.bytes
  }

  /// A workbook of one sheet.
  public static func xlsx(_ rows: [[String]], sheet: String) -> [UInt8] {
    WorkbookWriter(sheet: sheet, rows: rows).bytes
  }
}
