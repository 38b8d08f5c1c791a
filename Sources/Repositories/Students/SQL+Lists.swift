internal import Store

extension SQL {
  /// How many rows go into one statement: few texts of statements, for each is prepared and remembered.
  static let rowsAtOnce = 250

  /// `(a, b), (c, d)`: rows of values for one statement.
  static func rows(_ rows: [[Value]]) -> SQL {
    var list = SQL.Interpolation(literalCapacity: 0, interpolationCount: rows.count * 4)
    for (number, row) in rows.enumerated() {
      list.appendLiteral(number == 0 ? "(" : ", (")
      for (index, value) in row.enumerated() {
        if index > 0 { list.appendLiteral(", ") }
        list.appendInterpolation(value)
      }
      list.appendLiteral(")")
    }
    return SQL(stringInterpolation: list)
  }
}

extension Session {
  /// Adds rows to a table, some in each statement.
  func insert(_ rows: [[Value]], _ columns: SQL, _ conflict: SQL = "") throws {
    for start in stride(from: 0, to: rows.count, by: SQL.rowsAtOnce) {
      let part = Array(rows[start..<min(start + SQL.rowsAtOnce, rows.count)])
      try execute("INSERT INTO \(columns) VALUES \(SQL.rows(part)) \(conflict)")
    }
  }
}
