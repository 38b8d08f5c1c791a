/// Reads the rows of one sheet; formulas give the value the program that saved them last computed.
final class SheetReader {
  private let strings: SharedStrings
  private let styles: CellStyles
  private let countsFrom1904: Bool
  private let limits: TableLimits

  private var rows: [Table.Row] = []
  private var number = 0
  private var cells: [String] = []
  private var count = 0
  private var column = -1
  private var type = ""
  private var style: Int?
  private var text = ""
  private var isText = false
  private var phonetic = 0

  init(strings: SharedStrings, styles: CellStyles, countsFrom1904: Bool, limits: TableLimits) {
    self.strings = strings
    self.styles = styles
    self.countsFrom1904 = countsFrom1904
    self.limits = limits
  }

  func rows(of part: [UInt8]) throws(TableProblem) -> [Table.Row] {
    try XMLWalk.over(
      part, limits: limits,
      begin: { name, attributes throws(TableProblem) in try self.begin(name, attributes) },
      text: { if self.isText { self.text += $0 } },
      end: { name throws(TableProblem) in try self.end(name) })
    return rows
  }

  private func begin(_ name: String, _ attributes: XMLWalk.Attributes) throws(TableProblem) {
    switch name {
    case "row":
      number = attributes["r"].flatMap { Int($0) } ?? number + 1
      guard (1...1_048_576).contains(number) else { throw TableProblem(.damaged) }
      cells = []
      column = -1
    case "c":
      column = try attributes["r"].map(Self.column) ?? column + 1
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) }
      text = ""
    case "v": isText = true
    case "t": isText = phonetic == 0
    case "rPh": phonetic += 1
    default: break
    }
  }

  private func end(_ name: String) throws(TableProblem) {
    switch name {
    case "v", "t": isText = false
    case "rPh": phonetic -= 1
    case "c": try place(value())
    case "row": try finish()
    default: break
    }
  }

  private func value() throws(TableProblem) -> String {
    if text.isEmpty { return "" }
    switch type {
    case "s":
      guard let string = Int(text).flatMap({ strings[$0] }) else { throw TableProblem(.damaged, row: number) }
      return string
    case "inlineStr", "str": return text.unescapedCell
    case "b": return text == "1" ? "TRUE" : "FALSE"
    case "d": return text.hasSuffix("T00:00:00") ? String(text.dropLast(9)) : text
    case "n": return CellNumber.text(text, shown: styles[style], countsFrom1904: countsFrom1904)
    default: return text
    }
  }

  private func place(_ value: String) throws(TableProblem) {
    guard !value.isEmpty else { return }
    guard column < limits.columns, value.utf8.count <= limits.cellBytes else {
      throw TableProblem(.tooLarge, row: number)
    }
    count += max(1, column + 1 - cells.count)
    guard count <= limits.cells else { throw TableProblem(.tooLarge, row: number) }
    while cells.count <= column { cells.append("") }
    cells[column] = value
  }

  private func finish() throws(TableProblem) {
    guard !cells.isEmpty else { return }
    guard rows.count < limits.rows else { throw TableProblem(.tooLarge, row: number) }
    rows.append(Table.Row(number: number, cells: cells))
    cells = []
  }

  /// The column of `BC12`, from 0.
  private static func column(_ reference: String) throws(TableProblem) -> Int {
    var column = 0
    for byte in reference.utf8 {
      guard (0x41...0x5A).contains(byte) else { break }
      column = column * 26 + Int(byte) - 0x40
      guard column <= 16_384 else { throw TableProblem(.damaged) }
    }
    guard column > 0 else { throw TableProblem(.damaged) }
    return column - 1
  }
}
