import Repositories
import Store

/// Everything a store holds, to be compared with what another holds.
struct StoreContents: Equatable {
  let tables: [String: Set<[Value]>]

  init(of database: any Database) async throws {
    let names = TableDump.tables(of: try Schema.migrations)
    tables = try await database.read { session in
      let dump = TableDump(session)
      var all: [String: Set<[Value]>] = [:]
      for name in names {
        var rows: Set<[Value]> = []
        try dump.forEach(of: name, try dump.columns(of: name)) { rows.insert($0) }
        all[name] = rows
      }
      return all
    }
  }

  /// The tables in which the two differ.
  func differences(from other: StoreContents) -> [String] {
    Set(tables.keys).union(other.tables.keys).filter { tables[$0] != other.tables[$0] }.sorted()
  }
}
