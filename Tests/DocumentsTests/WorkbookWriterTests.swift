import Documents
import Foundation
import Testing

@Suite struct `A workbook of ours` {
  private let rows = [
    ["기관", "목적", "일자"], ["다솜(가상)", "=1+1", "2026. 4. 1."], ["<&\">'\u{1}", "두\n줄", "+82 10"], ["", "", "끝"],
  ]

  @Test func `is read back as it was written, and is the same each time`() throws {
    let bytes = WorkbookWriter(sheet: "제공[대장]*", rows: rows).bytes
    #expect(bytes == WorkbookWriter(sheet: "제공[대장]*", rows: rows).bytes)
    let table = try TableFile.read(bytes, name: "a.xlsx")
    #expect(table.sheet == "제공대장")
    #expect(table.rows.map(\.cells)[0...1] == rows[0...1])
    #expect(table.rows[2].cells[0] == "<&\">'")
    #expect(table.rows[3].cells == ["", "", "끝"])
  }

  @Test(.enabled(if: Python.hasWorkbooks, "python3 with openpyxl is not installed; run bin/setup"))
  func `opens elsewhere, and no cell is a formula`() throws {
    let bytes = WorkbookWriter(sheet: "제공대장", rows: rows).bytes
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let told = try Python.file(
      """
      import sys, openpyxl
      s = openpyxl.load_workbook(\("'" + file.path + "'")).active
      cells = [(c.data_type, c.value) for row in s.iter_rows() for c in row if c.value is not None]
      text = '|'.join(t + ':' + str(v) for t, v in cells)
      open(sys.argv[1], 'w', encoding='utf-8').write(s.title + '|' + text)
      """)
    let text = String(decoding: told, as: UTF8.self)
    #expect(text.hasPrefix("제공대장|"))
    #expect(text.contains("s:=1+1") && text.contains("s:<&\">'") && !text.contains("f:"))
  }
}
