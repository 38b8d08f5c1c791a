/// An XLSX workbook (ECMA-376) in memory.
final class Workbook {
  private struct Sheet {
    let name: String
    let part: String
    let isVisible: Bool
  }

  private let archive: Archive
  private let limits: TableLimits
  private var sheets: [Sheet] = []
  private var countsFrom1904 = false

  init(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) {
    self.limits = limits
    archive = try Archive(bytes, limits: limits)
    guard archive.holds("[Content_Types].xml") else { throw TableProblem(.notATable) }
    let targets = try relations(of: "_rels/.rels")
    let main = targets.first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
    guard main.hasSuffix("workbook.xml"), let book = try archive.part(main) else {
      throw TableProblem(.notATable)
    }
    try readBook(book, at: main)
  }

  /// The rows of the sheet called `name`, or of the first visible one.
  func table(named name: String?) throws(TableProblem) -> Table {
    let visible = sheets.filter(\.isVisible)
    guard let sheet = name.map({ name in visible.first { $0.name == name } }) ?? visible.first,
      let part = try archive.part(sheet.part)
    else { throw TableProblem(.noSuchSheet) }
    let folder = Self.folder(sheet.part, up: 2)
    let strings = try archive.part(folder + "sharedStrings.xml").map { bytes throws(TableProblem) in
      try SharedStrings(bytes, limits: limits)
    }
    let styles = try archive.part(folder + "styles.xml").map { bytes throws(TableProblem) in
      try CellStyles(bytes, limits: limits)
    }
    let reader = SheetReader(
      strings: strings ?? SharedStrings(), styles: styles ?? CellStyles(), countsFrom1904: countsFrom1904,
      limits: limits)
    return Table(
      format: .xlsx, sheet: sheet.name, sheets: visible.map(\.name), rows: try reader.rows(of: part))
  }

  private func readBook(_ bytes: [UInt8], at path: String) throws(TableProblem) {
    let folder = Self.folder(path, up: 1)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let targets = try relations(of: "\(folder)_rels/\(file).rels")
    let found = Found()
    try XMLWalk.over(bytes, limits: limits) { name, attributes throws(TableProblem) in
      if name == "workbookPr" {
        found.countsFrom1904 = ["1", "true"].contains(attributes["date1904"])
      } else if name == "sheet", let title = attributes["name"], let id = attributes.prefixed("id") {
        guard let target = targets.first(where: { $0.id == id })?.target else { throw TableProblem(.damaged) }
        let part = target.hasPrefix("/") ? String(target.dropFirst()) : folder + target
        found.sheets.append(
          Sheet(name: title, part: part, isVisible: (attributes["state"] ?? "visible") == "visible"))
      }
    }
    sheets = found.sheets
    countsFrom1904 = found.countsFrom1904
  }

  private final class Found {
    var sheets: [Sheet] = []
    var countsFrom1904 = false
    var relations: [(id: String, type: String, target: String)] = []
  }

  private func relations(
    of part: String
  ) throws(TableProblem) -> [(id: String, type: String, target: String)] {
    guard let bytes = try archive.part(part) else { return [] }
    let found = Found()
    try XMLWalk.over(bytes, limits: limits) { name, attributes throws(TableProblem) in
      guard name == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
        let type = attributes["Type"], let target = attributes["Target"]
      else { return }
      found.relations.append(
        (id, type, part == "_rels/.rels" && target.hasPrefix("/") ? String(target.dropFirst()) : target))
    }
    return found.relations
  }

  /// The folder of `path`, with its slash; `up` 2 for the folder above.
  private static func folder(_ path: String, up levels: Int) -> String {
    let parts = path.split(separator: "/").dropLast(levels)
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }
}
