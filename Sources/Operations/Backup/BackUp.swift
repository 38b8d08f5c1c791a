public import Foundation
internal import Repositories
public import Store
public import Vault

/// Copies the whole store, as it is at one moment, into a sealed archive, while people work on.
public struct BackUp: Sendable {
  private let database: any Database
  private let root: RootKey
  private let clock: @Sendable () -> Date

  public init(_ database: any Database, root: RootKey, clock: @escaping @Sendable () -> Date) {
    self.database = database
    self.root = root
    self.clock = clock
  }

  /// Writes beside `url` first and renames when all is written and read back, so that no half archive bears its name.
  @discardableResult
  public func callAsFunction(to url: URL) async throws -> Archive.Contents {
    guard !FileManager.default.fileExists(atPath: url.path) else { throw CocoaError(.fileWriteFileExists) }
    let part = url.appendingPathExtension("part")
    try? FileManager.default.removeItem(at: part)
    guard
      FileManager.default.createFile(atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    do {
      try await write(to: part)
      let contents = try ArchiveReader(part, root: root).verify()
      try FileManager.default.moveItem(at: part, to: url)
      return contents
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
  }

  private func write(to url: URL) async throws {
    let (root, instant, migrations) = (root, clock(), try Schema.migrations)
    try await database.survey { session in
      let dump = TableDump(session)
      let tables = TableDump.tables(of: migrations)
      if let unknown = try dump.present().symmetricDifference(tables).min() {
        throw ArchiveProblem.unknownTable(unknown)
      }
      let header = Archive.Header(
        format: 1, salt: (0..<16).map { _ in UInt8.random(in: .min ... .max) }, madeAt: instant,
        schema: try dump.schemaVersion(), rootKey: root.fingerprint)
      let file = try FileHandle(forWritingTo: url)
      defer { try? file.close() }
      var writer = try ArchiveWriter(file, header, root)
      for table in tables {
        let columns = try dump.columns(of: table)
        try writer.write(.table(name: table, columns: columns))
        try dump.forEach(of: table, columns) { try writer.write(.row($0)) }
      }
      _ = try writer.finish()
    }
  }
}
