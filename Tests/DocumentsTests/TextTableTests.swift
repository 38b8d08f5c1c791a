import Documents
import Foundation
import Testing

struct `A table as text` {
  private func rows(_ text: String) throws(TableProblem) -> [[String]] {
    try TableFile.read(Array(text.utf8), name: "a.csv").rows.map(\.cells)
  }

  private func problem(
    _ bytes: [UInt8], name: String = "a.csv", limits: TableLimits = .standard
  ) -> TableProblem? {
    do throws(TableProblem) {
      _ = try TableFile.read(bytes, name: name, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func `quotation marks keep separators, line ends and doubled marks`() throws {
    #expect(try rows("a,\"b,\"\"c\"\"\nd\",e\r\n") == [["a", "b,\"c\"\nd", "e"]])
  }

  @Test(arguments: [",", ";", "\t"])
  func `the separator is found, even when a cell holds another one`(_ separator: String) throws {
    let text =
      ["이름", "메모"].joined(separator: separator) + "\n" + ["김하늘", "\"1,2;3\""].joined(separator: separator)
    #expect(try rows(text) == [["이름", "메모"], ["김하늘", "1,2;3"]])
  }

  @Test func `a first line that names the separator is no row`() throws {
    let table = try TableFile.read(Array("sep=;\r\na;b\r\n1;2".utf8), name: "a.csv")
    #expect(table.rows.map(\.cells) == [["a", "b"], ["1", "2"]])
    #expect(table.rows.map(\.number) == [2, 3])
  }

  @Test func `blank rows are left out and row numbers stay those of the file`() throws {
    let table = try TableFile.read(Array("이름,반\r\n,\r\n\r\n김하늘,3\r\n".utf8), name: "a.csv")
    #expect(table.rows.map(\.number) == [1, 4])
  }

  @Test func `a last line without a line end and lone carriage returns are rows`() throws {
    #expect(try rows("a,b\r1,2\r3,") == [["a", "b"], ["1", "2"], ["3", ""]])
  }

  @Test func `surrounding spaces go, also the wide ones`() throws {
    #expect(try rows(" a ,\u{3000}김 하늘\u{A0}") == [["a", "김 하늘"]])
  }

  @Test func `a quotation that never ends is refused with the row it begins in`() {
    #expect(problem(Array("a,b\n1,\"2\n3,4\n".utf8)) == TableProblem(.unclosedQuote, row: 2))
  }

  @Test func `text after a closing quotation mark is refused with its row`() {
    #expect(problem(Array("a,b\n\"1\"x,2\n".utf8)) == TableProblem(.strayQuote, row: 2))
  }

  @Test func `UTF-8 with and without a mark and UTF-16 both ways read alike`() throws {
    let text = "이름,반\r\n김윾,3\r\n"
    let little = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for bytes in [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big,
    ] {
      #expect(try TableFile.read(bytes, name: "a.csv").rows.map(\.cells) == [["이름", "반"], ["김윾", "3"]])
    }
  }

  @Test func `CP949 is read with syllables that EUC-KR lacks`() throws {
    // 이름 / 윾 / 뷁
    let bytes: [UInt8] = [0xC0, 0xCC, 0xB8, 0xA7, 0x0A, 0xC8, 0xBF, 0x0A, 0x94, 0xEE, 0x0A]
    let table = try TableFile.read(bytes, name: "a.csv")
    #expect(table.format == .cp949)
    #expect(table.rows.map(\.cells) == [["이름"], ["효"], ["뷁"]])
  }

  @Test func `a mark with broken bytes behind it and bytes of no encoding are no text`() {
    #expect(problem([0xEF, 0xBB, 0xBF, 0xC0, 0xCC])?.code == .notText)
    #expect(problem([0xFF, 0xFE, 0x00, 0xD8])?.code == .notText)
    #expect(problem([0xFF, 0xFE, 0x41])?.code == .notText)
    #expect(problem([0x61, 0x00, 0x62])?.code == .notText)
    #expect(problem([0x61, 0x2C, 0xFF, 0xFF, 0x0A])?.code == .notText)
  }

  @Test(arguments: [
    (Array("%PDF-1.7".utf8), "a.pdf", TableProblem.Code.notATable),
    (Array("<html><table><tr>".utf8), "a.xls", .webPage),
    (Array("\u{FEFF}<?xml version=\"1.0\"?><Workbook>".utf8), "a.xls", .webPage),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00], "a.hwp", .notATable),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00], "a.xls", .oldExcel),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        + "EncryptedPackage".utf8.flatMap { byte -> [UInt8] in [byte, 0] }, "a.xlsx", .encrypted
    ),
    ([], "a.csv", .empty),
    (Array("\n\n,,\n".utf8), "a.csv", .empty),
  ])
  func `files of other kinds are told apart`(_ bytes: [UInt8], _ name: String, _ code: TableProblem.Code) {
    #expect(problem(bytes, name: name)?.code == code)
  }

  @Test func `what is larger than its bounds is refused with the row`() {
    let text = Array("a,b\n1,2\n3,4\n".utf8)
    #expect(problem(text, limits: TableLimits(bytes: 5))?.code == .tooLarge)
    #expect(problem(text, limits: TableLimits(rows: 2)) == TableProblem(.tooLarge, row: 3))
    #expect(problem(text, limits: TableLimits(columns: 1)) == TableProblem(.tooLarge, row: 1))
    #expect(problem(text, limits: TableLimits(cells: 3)) == TableProblem(.tooLarge, row: 2))
    #expect(
      problem(Array("a\nbcdef\n".utf8), limits: TableLimits(cellBytes: 4)) == TableProblem(.tooLarge, row: 2))
  }

  @Test func `no bytes whatever bring the reader down`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let bytes = (0..<64).map { _ in
        [UInt8.random(in: 0...255, using: &random), 0x22, 0x2C, 0x0A, 0x0D].randomElement(using: &random) ?? 0
      }
      _ = problem(bytes)
      _ = problem([0x50, 0x4B, 0x03, 0x04] + bytes)
    }
  }
}

struct `A table written for Excel` {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"),
    ("@SUM(1)", "'@SUM(1)"),
    ("＝1", "'＝1"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("-12.5", "-12.5"), ("+3", "+3"),
    ("+82 10-0000-1234", "+82 10-0000-1234"), ("010-0000-1234", "010-0000-1234"), ("김하늘", "김하늘"), ("", ""),
  ])
  func `no cell of it is run`(_ cell: String, _ written: String) {
    #expect(CSVWriter.safe(cell) == written)
  }

  @Test func `it reads back as it was`() throws {
    var writer = CSVWriter()
    writer.append(["이름", "까닭"])
    writer.append(["김\"하\"늘", "줄\n바꿈, 쉼표; 탭"])
    #expect(writer.bytes.starts(with: [0xEF, 0xBB, 0xBF, 0x22]))
    let table = try TableFile.read(writer.bytes, name: "a.csv")
    #expect(table.rows.map(\.cells) == [["이름", "까닭"], ["김\"하\"늘", "줄\n바꿈, 쉼표; 탭"]])
  }
}
