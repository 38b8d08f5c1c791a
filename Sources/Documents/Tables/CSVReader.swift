/// Reads comma-separated values (RFC 4180) with the three separators programs use.
///
/// Our own, because the packages at hand guess on: a broken quotation swallows rows there, and is refused with its row
/// here.
struct CSVReader {
  private let bytes: [UInt8]
  private let limits: TableLimits
  private var position = 0
  private var row = 0
  private var cells = 0

  init(_ text: String, limits: TableLimits) {
    bytes = Array(text.utf8)
    self.limits = limits
  }

  mutating func rows() throws(TableProblem) -> [Table.Row] {
    let separator = try chooseSeparator()
    var rows: [Table.Row] = []
    while position < bytes.count {
      let cells = try record(separator)
      guard cells.contains(where: { !$0.isEmpty }) else { continue }
      guard rows.count < limits.rows else { throw TableProblem(.tooLarge, row: row) }
      rows.append(Table.Row(number: row, cells: cells))
    }
    return rows
  }

  /// The separator a first line `sep=;` names, else the one seen most outside quotation marks in the first rows.
  private mutating func chooseSeparator() throws(TableProblem) -> UInt8 {
    if bytes.count > 5, bytes.starts(with: Array("sep=".utf8)), Self.separators.contains(bytes[4]),
      bytes[5] == Self.lineFeed || bytes[5] == Self.carriageReturn
    {
      _ = try record(bytes[4])
      return bytes[4]
    }
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var lines = 0
    for byte in bytes.prefix(64 * 1024) {
      if byte == Self.quote {
        isQuoted.toggle()
      } else if !isQuoted, Self.separators.contains(byte) {
        counts[byte, default: 0] += 1
      } else if !isQuoted, byte == Self.lineFeed {
        lines += 1
        if lines == 20 { break }
      }
    }
    return Self.separators.max { counts[$0, default: 0] <= counts[$1, default: 0] } ?? Self.separators[0]
  }

  private mutating func record(_ separator: UInt8) throws(TableProblem) -> [String] {
    row += 1
    var record: [String] = []
    while true {
      let isQuoted = position < bytes.count && bytes[position] == Self.quote
      let cell = isQuoted ? try quotedCell() : plainCell(separator)
      cells += 1
      guard record.count < limits.columns, cells <= limits.cells, cell.utf8.count <= limits.cellBytes else {
        throw TableProblem(.tooLarge, row: row)
      }
      record.append(isQuoted ? cell : cell.trimmed)
      guard position < bytes.count else { return record }
      let next = bytes[position]
      position += 1
      if next == separator {
        if position == bytes.count {
          record.append("")
          return record
        }
      } else if next == Self.carriageReturn {
        if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
        return record
      } else if next == Self.lineFeed {
        return record
      } else {
        throw TableProblem(.strayQuote, row: row)
      }
    }
  }

  private mutating func plainCell(_ separator: UInt8) -> String {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedCell() throws(TableProblem) -> String {
    let start = row
    var cell: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte != Self.quote {
        cell.append(byte)
      } else if position < bytes.count, bytes[position] == Self.quote {
        cell.append(byte)
        position += 1
      } else {
        return String(decoding: cell, as: UTF8.self)
      }
    }
    throw TableProblem(.unclosedQuote, row: start)
  }

  private static let separators: [UInt8] = [0x2C, 0x3B, 0x09]
  private static let quote: UInt8 = 0x22
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D
}

extension String {
  /// Without spaces, no-break spaces and ideographic spaces at either end.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last,
      first <= 0x20 || last <= 0x20 || first > 0x7F || last > 0x7F
    else { return self }
    var slice = Substring(self)
    while let character = slice.first, character.isWhitespace { slice.removeFirst() }
    while let character = slice.last, character.isWhitespace { slice.removeLast() }
    return String(slice)
  }
}
