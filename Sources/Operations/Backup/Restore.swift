internal import Foundation
internal import Repositories
public import Store

/// Fills a store from an archive, in one transaction: all of it or nothing.
public struct Restore: Sendable {
  private let database: any Database

  public init(_ database: any Database) {
    self.database = database
  }

  /// An empty store is brought to the archive's schema, filled, and then brought to the newest one. A store with
  /// something in it must have the archive's schema, and is emptied in the same transaction that fills it.
  public func callAsFunction(from archive: ArchiveReader) async throws -> Archive.Contents {
    let migrations = try Schema.migrations
    let schema = archive.header.schema
    guard schema <= migrations.count else {
      throw ArchiveProblem.newerSchema(archive: schema, known: migrations.count)
    }
    let expected = try archive.verify()
    let then = Array(migrations.prefix(schema))
    let found = try await database.read { try TableDump($0).schemaVersion() }
    guard found == 0 || found == schema else {
      throw ArchiveProblem.otherSchema(archive: schema, store: found)
    }
    if found == 0 { try await Migrator(then).migrate(database) }
    try await database.write { session in
      try fill(TableDump(session), TableDump.tables(of: then), from: archive, expected)
    }
    try await Migrator(migrations).migrate(database)
    return expected
  }

  private func fill(
    _ dump: TableDump, _ tables: [String], from archive: ArchiveReader, _ expected: Archive.Contents
  ) throws {
    try dump.empty(tables)
    var (table, columns): (String, [String]) = ("", [])
    var waiting: [[Value]] = []
    try archive.forEach { record in
      switch record {
      case .table(let name, let names):
        try dump.insert(waiting, into: table, columns)
        waiting.removeAll(keepingCapacity: true)
        guard tables.contains(name), try Set(dump.columns(of: name)) == Set(names) else {
          throw ArchiveProblem.unknownTable(name)
        }
        (table, columns) = (name, names)
      case .row(let values):
        waiting.append(values)
        if waiting.count == 100 {
          try dump.insert(waiting, into: table, columns)
          waiting.removeAll(keepingCapacity: true)
        }
      }
    }
    try dump.insert(waiting, into: table, columns)
    for table in tables {
      let (written, read) = (expected.rows[table] ?? 0, try dump.count(of: table))
      guard written == read else {
        throw ArchiveProblem.countDiffers(table: table, written: written, read: read)
      }
    }
    let broken = try dump.brokenReferences()
    guard broken == 0 else { throw ArchiveProblem.brokenReferences(broken) }
  }
}
