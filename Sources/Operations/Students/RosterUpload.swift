internal import CaseWork
internal import Documents
internal import Foundation

/// What is kept of an upload between preview and import: rows without anything that may not be kept.
struct RosterUpload: Sendable {
  var head: Head
  let rows: [Table.Row]

  struct Head: Codable, Sendable {
    let year: Int
    var mapping: RosterMapping
    var format: Table.Format
    var sheet: String?
    var sheets: [String] = []
    /// How it was asked to run, once it was.
    var wish: Wish?
  }

  /// Who asked for the import, from where, and what happens with bad rows.
  struct Wish: Codable, Sendable {
    let choice: ImportRoster.Choice
    let staff: ID<Staff>
    let address: String
    let route: String
  }

  /// One line of JSON, then a line a row; much faster than JSON for 50,000 rows.
  var bytes: [UInt8] {
    get throws {
      var bytes = Array(try JSONEncoder().encode(head))
      for row in rows {
        bytes.append(Self.rowMark)
        bytes.append(contentsOf: String(row.number).utf8)
        for cell in row.cells {
          bytes.append(Self.cellMark)
          bytes.append(contentsOf: cell.utf8.lazy.filter { $0 >= 0x20 || $0 == 0x0A })
        }
      }
      return bytes
    }
  }

  /// Every number the list gives: a row that is refused still names a student who is there.
  var numbers: [String] {
    guard let column = head.mapping.column(of: .number) else { return [] }
    return rows.map { Text.withPlainDigits(Text.cleaned($0[column], keepingLines: false)) }.filter {
      !$0.isEmpty
    }
  }

  init(head: Head, rows: [Table.Row]) {
    self.head = head
    self.rows = rows
  }

  init(bytes: [UInt8]) throws {
    let lines = bytes.split(separator: Self.rowMark, omittingEmptySubsequences: false)
    head = try JSONDecoder().decode(Head.self, from: Data(lines.first ?? []))
    rows = lines.dropFirst().map { line in
      let parts = line.split(separator: Self.cellMark, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      return Table.Row(number: parts.first.flatMap { Int($0) } ?? 0, cells: Array(parts.dropFirst()))
    }
  }

  private static let rowMark: UInt8 = 0x1E
  private static let cellMark: UInt8 = 0x1F
}
