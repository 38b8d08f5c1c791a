/// Writes one sheet of text as an XLSX workbook (ECMA-376), in memory and byte for byte the same for the same rows.
///
/// Every cell is inline text, so no program takes one for a formula.
public struct WorkbookWriter: Sendable {
  public let bytes: [UInt8]

  /// - Parameters:
  ///   - sheet: its name; what a sheet's name may not have is left out.
  ///   - rows: the first one is the head.
  public init(sheet: String, rows: [[String]]) {
    var archive = StoredArchive()
    archive.add("[Content_Types].xml", Self.types)
    archive.add("_rels/.rels", Self.relations("officeDocument", "xl/workbook.xml"))
    archive.add("xl/workbook.xml", Self.book(Self.name(sheet)))
    archive.add("xl/_rels/workbook.xml.rels", Self.relations("worksheet", "worksheets/sheet1.xml"))
    archive.add("xl/worksheets/sheet1.xml", Self.sheet(rows))
    bytes = archive.finished
  }

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  private static let types =
    head + "<Types xmlns=\"\(package)/content-types\">"
    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(spreadsheet).sheet.main+xml\"/>"
    + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"\(spreadsheet).worksheet+xml\"/></Types>"

  private static let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  private static func relations(_ type: String, _ target: String) -> String {
    head + "<Relationships xmlns=\"\(package)/relationships\">"
      + "<Relationship Id=\"rId1\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/></Relationships>"
  }

  private static func book(_ name: String) -> String {
    head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
      + "<sheet name=\"\(escaped(name))\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
  }

  private static func sheet(_ rows: [[String]]) -> String {
    var text = head + "<worksheet xmlns=\"\(main)\"><sheetData>"
    for (number, row) in rows.enumerated() {
      text += "<row r=\"\(number + 1)\">"
      for (index, cell) in row.enumerated() {
        text += "<c r=\"\(column(index))\(number + 1)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        text += escaped(cell) + "</t></is></c>"
      }
      text += "</row>"
    }
    return text + "</sheetData></worksheet>"
  }

  /// `A`, `B`, … `Z`, `AA`.
  private static func column(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + index % 26)))
    return index < 26 ? letter : column(index / 26 - 1) + letter
  }

  /// At most 31 characters, without those a sheet's name may not have.
  private static func name(_ text: String) -> String {
    let kept = String(text.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
    return kept.isEmpty ? "1" : kept
  }

  /// Without what XML 1.0 does not know.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      default:
        if scalar.value >= 0x20, scalar.value & 0xFFFE != 0xFFFE { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }
}

/// A ZIP archive whose parts are stored as they are (APPNOTE 6.3.3), each dated 1980-01-01.
struct StoredArchive {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ text: String) {
    let (name, data) = (Array(name.utf8), Array(text.utf8))
    let offset = bytes.count
    let common =
      Self.two(20) + Self.two(0x0800) + Self.two(0) + Self.two(0) + Self.two(0x21)
      + Self.four(Self.checksum(data))
      + Self.four(data.count) + Self.four(data.count) + Self.two(name.count) + Self.two(0)
    bytes += Self.four(0x0403_4B50) + common + name + data
    directory += Self.four(0x0201_4B50) + Self.two(20) + common + Self.two(0) + Self.two(0) + Self.two(0)
    directory += Self.four(0) + Self.four(offset) + name
    count += 1
  }

  var finished: [UInt8] {
    bytes + directory + Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + Self.two(count) + Self.two(count)
      + Self.four(directory.count) + Self.four(bytes.count) + Self.two(0)
  }

  private static func two(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func four(_ number: Int) -> [UInt8] { two(number) + two(number >> 16) }

  /// CRC-32 (ISO 3309).
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    return Int(~sum)
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
