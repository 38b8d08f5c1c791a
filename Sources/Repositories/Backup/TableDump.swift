internal import Foundation
public import Store

/// Every table of the store as rows of plain values: what a backup copies and a restore fills, on either engine.
public struct TableDump {
  private let session: any Session

  public init(_ session: any Session) {
    self.session = session
  }

  /// The tables that the migrations make, each after those it refers to.
  ///
  /// The order is the one they are made in, for a reference to a later table could not be made; one that is dropped and made
  /// anew stands where it is made last, one that gets another name stays in its place.
  public static func tables(of migrations: [Migration]) -> [String] {
    let changes = migrations.sorted { $0.number < $1.number }.flatMap { migration in
      migration.sql.matches(
        of: /(?m)^\s*(CREATE|DROP|ALTER) TABLE (?:IF (?:NOT )?EXISTS )?([a-z_]+)(?: RENAME TO ([a-z_]+))?/)
    }
    return changes.reduce(into: []) { tables, change in
      let table = String(change.output.2)
      switch (change.output.1, change.output.3) {
      case ("ALTER", let name?): tables = tables.map { $0 == table ? String(name) : $0 }
      case ("ALTER", nil): break
      case (let verb, _):
        tables.removeAll { $0 == table }
        if verb == "CREATE" { tables.append(table) }
      }
    }
  }

  /// The tables that are really there, without the migrator's own.
  public func present() throws -> Set<String> {
    let names: [String] =
      switch session.dialect {
      case .sqlite:
        try session.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
          try $0.get(0)
        }
      case .postgres:
        try session.rows(
          """
          SELECT table_name::text
          FROM information_schema.tables
          WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
          """
        ) { try $0.get(0) }
      }
    return Set(names).subtracting(["schema_migration"])
  }

  /// The number of the newest migration applied; 0 for an empty store.
  public func schemaVersion() throws -> Int {
    let hasTable: Bool? =
      switch session.dialect {
      case .sqlite:
        try session.row("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'") { _ in true }
      case .postgres:
        try session.row("SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL") { _ in true }
      }
    guard hasTable == true else { return 0 }
    return try session.row("SELECT coalesce(max(number), 0) FROM schema_migration") { try $0.get(0) } ?? 0
  }

  public func columns(of table: String) throws -> [String] {
    switch session.dialect {
    case .sqlite:
      try session.rows("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") { try $0.get(0) }
    case .postgres:
      try session.rows(
        """
        SELECT column_name::text
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = \(table)
        ORDER BY ordinal_position
        """
      ) { try $0.get(0) }
    }
  }

  /// Calls `body` with every row in turn; only a few are in memory at once.
  public func forEach(of table: String, _ columns: [String], _ body: ([Value]) throws -> Void) throws {
    // Names come from the catalogue and the migrations, never from people; they cannot be bound.
    let select = "SELECT \(list(columns)) FROM \(quoted(table))"
    func read(_ row: borrowing Row) throws {
      var values: [Value] = []
      values.reserveCapacity(columns.count)
      for index in columns.indices { values.append(try row.get(index)) }
      try body(values)
    }
    switch session.dialect {
    case .sqlite:
      try session.forEach(SQL(stringLiteral: select), read)
    case .postgres:
      // A cursor, because the library under the session holds a whole result in memory.
      try session.script("DECLARE dump NO SCROLL CURSOR FOR \(select)")
      var count = 0
      repeat {
        count = 0
        try session.forEach("FETCH 500 FROM dump") { row in
          count += 1
          try read(row)
        }
      } while count > 0
      try session.script("CLOSE dump")
    }
  }

  public func insert(_ rows: [[Value]], into table: String, _ columns: [String]) throws {
    guard !rows.isEmpty else { return }
    var parts = SQL(stringLiteral: "INSERT INTO \(quoted(table)) (\(list(columns))) VALUES ")
    for (index, row) in rows.enumerated() {
      parts = index == 0 ? "\(parts)(\(bound(row)))" : "\(parts), (\(bound(row)))"
    }
    try session.execute(parts)
  }

  /// Empties every table, the ones that refer to others first.
  public func empty(_ tables: [String]) throws {
    for table in tables.reversed() { try session.execute(SQL(stringLiteral: "DELETE FROM \(quoted(table))")) }
  }

  public func count(of table: String) throws -> Int {
    try session.row(SQL(stringLiteral: "SELECT count(*) FROM \(quoted(table))")) { try $0.get(0) } ?? 0
  }

  /// References of rows that are not there. PostgreSQL has refused them on the way in.
  public func brokenReferences() throws -> Int {
    switch session.dialect {
    case .sqlite: try session.row("SELECT count(*) FROM pragma_foreign_key_check") { try $0.get(0) } ?? 0
    case .postgres: 0
    }
  }

  private func list(_ columns: [String]) -> String { columns.map(quoted).joined(separator: ", ") }

  private func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

  private func bound(_ row: [Value]) -> SQL {
    row.enumerated().reduce("") { all, next in
      next.offset == 0 ? "\(next.element)" : "\(all), \(next.element)"
    }
  }
}
