import Repositories
public import Store

/// All rows of a small store, to be put back after something has changed them.
public struct StoreCopy: Sendable {
  private let tables: [Table]

  private struct Table: Sendable {
    let name: String
    let columns: [String]
    let rows: [[Value]]
  }

  public init(of database: any Database) async throws {
    tables = try await database.read { session in
      let dump = TableDump(session)
      return try TableDump.tables(of: try Schema.migrations).map { name in
        let columns = try dump.columns(of: name)
        var rows: [[Value]] = []
        try dump.forEach(of: name, columns) { rows.append($0) }
        return Table(name: name, columns: columns, rows: rows)
      }
    }
  }

  public func putBack(into database: any Database) async throws {
    try await database.write { [tables] session in
      let dump = TableDump(session)
      try dump.empty(tables.map(\.name))
      for table in tables {
        for part in stride(from: 0, to: table.rows.count, by: 100) {
          let rows = table.rows[part..<min(part + 100, table.rows.count)]
          try dump.insert(Array(rows), into: table.name, table.columns)
        }
      }
    }
  }
}
