import Documents
import Foundation
import Testing

@Suite(.enabled(if: Python.hasWorkbooks, "python3 with openpyxl is not installed; run bin/setup"))
struct `A workbook` {
  private func problem(_ bytes: [UInt8], limits: TableLimits = .standard) -> TableProblem.Code? {
    do throws(TableProblem) {
      _ = try TableFile.read(bytes, name: "a.xlsx", limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `cells say what Excel shows`() throws {
    let bytes = try Python.file(
      """
      import sys, datetime, openpyxl
      from openpyxl.cell.rich_text import CellRichText, TextBlock
      from openpyxl.cell.text import InlineFont
      b = openpyxl.Workbook(); s = b.active; s.title = '명단'
      s.append(['김하늘', 1, 1.5, 20140302, 0.1 + 0.2, 123456789012, True, '  둘 레 '])
      s.append([datetime.date(2014, 3, 2), datetime.datetime(2026, 4, 1, 9, 30), datetime.time(14, 5), -3, 1e-7])
      s['A3'] = 41700; s['A3'].number_format = 'yyyy"년" m"월" d"일"'
      s['B3'] = 7; s['B3'].number_format = '00000'
      s['C3'] = 7; s['C3'].number_format = '0"일"'
      s['D3'] = CellRichText('앞', TextBlock(InlineFont(b=True), '뒤'))
      s['E3'] = 'a_x000D_b'
      s['H9'] = '먼 칸'
      b.save(sys.argv[1])
      """)
    let table = try TableFile.read(bytes, name: "a.xlsx")
    #expect(table.format == .xlsx)
    #expect(table.sheet == "명단")
    #expect(table.rows.map(\.number) == [1, 2, 3, 9])
    #expect(table.rows[0].cells == ["김하늘", "1", "1.5", "20140302", "0.3", "123456789012", "TRUE", "둘 레"])
    #expect(table.rows[1].cells == ["2014-03-02", "2026-04-01 09:30", "14:05", "-3", "0.0000001"])
    #expect(table.rows[2].cells == ["2014-03-02", "00007", "7", "앞뒤", "a\rb"])
    #expect(table.rows[3].cells == ["", "", "", "", "", "", "", "먼 칸"])
  }

  @Test func `a sheet of more than ten million bytes is read to its end`() throws {
    let bytes = try Python.file(
      """
      import sys, random, openpyxl
      b = openpyxl.Workbook(write_only=True); s = b.create_sheet()
      dice = random.Random(7)
      for row in range(400):
          s.append([f'김{row}'] + ['%030000x' % dice.getrandbits(120000)])
      b.save(sys.argv[1])
      """)
    let table = try TableFile.read(bytes, name: "a.xlsx")
    #expect(table.rows.map { $0[0] } == (0..<400).map { "김\($0)" })
    #expect(table.rows.allSatisfy { $0[1].count == 30_000 })
  }

  @Test func `the days around the leap day of 1900 that never was`() throws {
    let bytes = try Python.file(
      """
      import sys, openpyxl
      b = openpyxl.Workbook(); s = b.active
      for i, n in enumerate([1, 59, 60, 61, 2958465], 1):
          s.cell(1, i, n).number_format = 'yyyy-mm-dd'
      b.save(sys.argv[1])
      """)
    let table = try TableFile.read(bytes, name: "a.xlsx")
    #expect(table.rows[0].cells == ["1900-01-01", "1900-02-28", "60", "1900-03-01", "9999-12-31"])
  }

  @Test func `workbooks that count from 1904 keep their days`() throws {
    let bytes = try Python.file(
      """
      import sys, datetime, openpyxl
      from openpyxl.utils.datetime import CALENDAR_MAC_1904
      b = openpyxl.Workbook(); b.epoch = CALENDAR_MAC_1904
      b.active.append([datetime.date(2014, 3, 2)]); b.save(sys.argv[1])
      """)
    #expect(try TableFile.read(bytes, name: "a.xlsx").rows[0].cells == ["2014-03-02"])
  }

  @Test func `the first visible sheet is read, or the one that is named`() throws {
    let bytes = try Python.file(
      """
      import sys, openpyxl
      b = openpyxl.Workbook(); b.active.title = '숨김'; b.active.append(['비밀'])
      b.create_sheet('1학년').append(['하나']); b.create_sheet('2학년').append(['둘'])
      b['숨김'].sheet_state = 'hidden'; b.active = 1
      b.save(sys.argv[1])
      """)
    let first = try TableFile.read(bytes, name: "a.xlsx")
    #expect(first.sheets == ["1학년", "2학년"])
    #expect(first.rows[0].cells == ["하나"])
    #expect(try TableFile.read(bytes, name: "a.xlsx", sheet: "2학년").rows[0].cells == ["둘"])
    #expect(throws: TableProblem(.noSuchSheet)) { try TableFile.read(bytes, name: "a.xlsx", sheet: "숨김") }
  }

  @Test func `a formula gives its last value, inline and phonetic texts are told apart`() throws {
    let bytes = try Self.archive(
      sheet: """
        <row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"가"&amp;"나"</f><v>가나</v></c>\
        <c r="C1" t="inlineStr"><is><r><t>김</t></r><r><t>하늘</t></r><rPh sb="0" eb="1"><t>kim</t></rPh></is></c>\
        <c r="D1" t="e"><v>#N/A</v></c><c r="E1"><v>1.2E+6</v></c><c><v>9</v></c></row><row><c><v>3</v></c></row>
        """)
    let table = try TableFile.read(bytes, name: "a.xlsx")
    #expect(table.rows.map(\.cells) == [["2", "가나", "김하늘", "#N/A", "1200000", "9"], ["3"]])
    #expect(table.rows.map(\.number) == [1, 2])
  }

  @Test func `entities, cells out of bounds and missing strings are refused`() throws {
    let bomb = """
      <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
      """
    #expect(problem(try Self.archive(sheet: "<row><c><v>1</v></c></row>", before: bomb)) == .damaged)
    #expect(problem(try Self.archive(sheet: #"<row><c r="ZZZZ1"><v>1</v></c></row>"#)) == .damaged)
    #expect(problem(try Self.archive(sheet: #"<row><c r="XFD1"><v>1</v></c></row>"#)) == .tooLarge)
    #expect(problem(try Self.archive(sheet: #"<row r="99999999"><c><v>1</v></c></row>"#)) == .damaged)
    #expect(problem(try Self.archive(sheet: #"<row><c t="s"><v>5</v></c></row>"#)) == .damaged)
    #expect(problem(try Self.archive(sheet: "<row><c><v>1</v></row>")) == .damaged)
    let deep = String(repeating: "<x>", count: 100) + String(repeating: "</x>", count: 100)
    #expect(problem(try Self.archive(sheet: deep)) == .tooLarge)
  }

  @Test func `a small file that unpacks to a huge one is refused`() throws {
    let padding = String(repeating: " ", count: 60 << 20)
    #expect(problem(try Self.archive(sheet: "<row>\(padding)<c><v>1</v></c></row>")) == .tooLarge)
  }

  @Test func `archives that are no workbook, cut short or full of parts are refused`() throws {
    let other = try Python.file(
      "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('a.txt', 'a')")
    #expect(problem(other) == .notATable)
    let whole = try Self.archive(sheet: "<row><c><v>1</v></c></row>")
    #expect(problem(whole) == nil)
    #expect(problem(Array(whole.dropLast(40))) == .damaged)
    #expect(problem(whole, limits: TableLimits(parts: 3)) == .tooLarge)
    var altered = whole
    for index in stride(from: 40, to: altered.count / 2, by: 7) { altered[index] ^= 0x55 }
    #expect(problem(altered) != nil)
  }

  /// A workbook made part by part, with `sheet` as the rows of its only sheet.
  private static func archive(sheet: String, before: String = "") throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gyeot-\(UUID().uuidString).xml")
    try Data("\(before)<worksheet><sheetData>\(sheet)</sheetData></worksheet>".utf8).write(to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try Python.file(
      """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
      z.writestr('[Content_Types].xml', '<Types/>')
      z.writestr('_rels/.rels', '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" '
                 'Target="xl/workbook.xml"/></Relationships>')
      z.writestr('xl/workbook.xml', '<workbook xmlns:r="u"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
                 '</workbook>')
      z.writestr('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="r1" Type="http://x/worksheet" '
                 'Target="worksheets/sheet1.xml"/></Relationships>')
      z.write('\(folder.path)', 'xl/worksheets/sheet1.xml')
      z.close()
      """)
  }
}

@Suite(.enabled(if: Python.hasWorkbooks, "python3 with openpyxl is not installed; run bin/setup"))
struct `A roster as schools send it` {
  @Test(arguments: ["utf-8", "utf-8-bom", "utf-16", "cp949", "xlsx"])
  func `the same 600 rows are read from every format`(_ format: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gyeot-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: path) }
    let made = try Python.run([
      Python.root.appending(path: "bin/make-roster").path, "--rows", "600", "--format", format, "--output",
      path.path,
    ])
    try #require(made.status == 0)
    let rows = try TableFile.read([UInt8](Data(contentsOf: path)), name: "roster").rows.suffix(600)
    let first = try #require(rows.first)
    #expect(rows.count == 600)
    #expect(first.cells.count == 11)
    #expect(first[3] == "26000001")
    #expect(first[5].wholeMatch(of: /20[0-9]{2}-[0-9]{2}-[0-9]{2}/) != nil)
    #expect(rows.allSatisfy { $0[7].hasPrefix("010-0000-") && $0[4].count == 3 })
  }
}
