import CaseWork
import Foundation

/// A directory of help as a file: JSON or tables of Open Referral HSDS, or one table of services. Bytes in, values out.
public enum DirectoryFile {
  /// Reads `bytes`; what they are is told by their content, and `name` tells which table a single table is.
  ///
  /// A table that is none of the standard's is read by its Korean headings, `columns` or else those that are guessed.
  public static func read(
    _ bytes: [UInt8], name: String, columns: KoreanDirectoryColumns? = nil,
    options: DirectoryOptions = DirectoryOptions()
  ) throws(TableProblem) -> DirectoryReading {
    guard !bytes.isEmpty else { throw TableProblem(.empty) }
    guard bytes.count <= options.limits.bytes else { throw TableProblem(.tooLarge) }
    if bytes.starts(with: [0x50, 0x4B]), let files = try files(in: bytes, limits: options.limits) {
      return try read(files, options: options)
    }
    if looksLikeJSON(bytes) {
      var json = DirectoryJSON(options: options)
      return try json.reading(of: bytes)
    }
    let table = try TableFile.read(bytes, name: name, limits: options.limits)
    if columns == nil, table.format != .xlsx, isTable(name, table) {
      return try read([(name, bytes)], options: options)
    }
    guard let columns = columns ?? KoreanDirectoryColumns(guessing: table) else {
      throw TableProblem(.notATable)
    }
    return read(table, columns: columns, options: options)
  }

  /// Reads the files of a tabular package of HSDS 3.x or 2.x. Files that are no tables of theirs are left aside.
  public static func read(
    _ files: [(name: String, bytes: [UInt8])], options: DirectoryOptions = DirectoryOptions()
  ) throws(TableProblem) -> DirectoryReading {
    var package = DirectoryPackage(options: options)
    return try package.reading(of: files.filter { isTableName($0.name) })
  }

  /// Reads a table of services, one a row, by its columns.
  public static func read(
    _ table: Table, columns: KoreanDirectoryColumns, options: DirectoryOptions = DirectoryOptions()
  ) -> DirectoryReading {
    var rows = KoreanDirectoryTable(columns: columns, options: options)
    return rows.reading(of: table)
  }

  /// The tables of an archive; `nil` where it is a workbook.
  private static func files(
    in bytes: [UInt8], limits: TableLimits
  ) throws(TableProblem) -> [(name: String, bytes: [UInt8])]? {
    let archive = try Archive(bytes, limits: limits)
    if archive.holds("[Content_Types].xml") { return nil }
    var files: [(name: String, bytes: [UInt8])] = []
    for name in archive.names where isTableName(name) {
      if let part = try archive.part(name) { files.append((name, part)) }
    }
    guard !files.isEmpty else { throw TableProblem(.notATable) }
    return files
  }

  private static func isTableName(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return lowered.hasSuffix(".csv") && !lowered.hasPrefix("__macosx/")
  }

  private static func isTable(_ name: String, _ table: Table) -> Bool {
    let header = Set((table.rows.first?.cells ?? []).map { $0.trimmed.lowercased() })
    if OlderTable.isOne(name, header: Array(header)) { return true }
    guard let kind = DirectoryTable.kind(named: name) else { return false }
    return header.contains("id") || !header.isDisjoint(with: kind.fields.map(\.name))
  }

  private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
    let first = bytes.prefix(512).first { !marks.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
