/// A table as a file: CSV in the encodings Korean programs write, or XLSX. Bytes in, values out.
public enum TableFile {
  /// Reads `bytes`; what they are is told by their content, never by `name`, which only helps to say what is wrong.
  ///
  /// `sheet` names the sheet of a workbook; without it the first visible one is read.
  public static func read(
    _ bytes: [UInt8], name: String, sheet: String? = nil, limits: TableLimits = .standard
  ) throws(TableProblem) -> Table {
    guard !bytes.isEmpty else { throw TableProblem(.empty) }
    guard bytes.count <= limits.bytes else { throw TableProblem(.tooLarge) }
    let table =
      switch Kind(of: bytes) {
      case .archive: try Workbook(bytes, limits: limits).table(named: sheet)
      case .compound: throw TableProblem(Kind.compoundProblem(bytes, name: name))
      case .markup: throw TableProblem(.webPage)
      case .document: throw TableProblem(.notATable)
      case .text: try text(bytes, limits: limits)
      }
    guard !table.rows.isEmpty else { throw TableProblem(.empty) }
    return table
  }

  private static func text(_ bytes: [UInt8], limits: TableLimits) throws(TableProblem) -> Table {
    let decoded = try DecodedText(bytes)
    var reader = CSVReader(decoded.text, limits: limits)
    return Table(format: decoded.format, rows: try reader.rows())
  }

  private enum Kind {
    case archive, compound, markup, document, text

    init(of bytes: [UInt8]) {
      self =
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
          .archive
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
          .compound
        } else if bytes.starts(with: Array("%PDF".utf8)) || bytes.starts(with: Array("{\\rtf".utf8)) {
          .document
        } else if Kind.beginsWithTag(bytes) {
          .markup
        } else {
          .text
        }
    }

    private static func beginsWithTag(_ bytes: [UInt8]) -> Bool {
      let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
      let start = bytes.prefix(512).drop { marks.contains($0) }.prefix(6)
      let head = String(decoding: start, as: UTF8.self).lowercased()
      return ["<html", "<!doct", "<?xml", "<table", "<meta", "<head", "<style"].contains {
        head.hasPrefix($0)
      }
    }

    /// A compound file is an old workbook, an encrypted new one, or an old document.
    static func compoundProblem(_ bytes: [UInt8], name: String) -> TableProblem.Code {
      func holds(_ stream: String) -> Bool {
        bytes.holds(stream.utf8.flatMap { byte -> [UInt8] in [byte, 0] })
      }
      if holds("EncryptedPackage") { return .encrypted }
      if holds("Workbook") || holds("Book") || name.lowercased().hasSuffix(".xls") { return .oldExcel }
      return .notATable
    }
  }
}
