import Foundation
public import Operations
import PostgresStore
public import Practice
import Repositories
import SQLiteStore
public import Store
public import Vault

/// Why a start is refused; each case is one clear line.
public enum StartProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case noRootKey
  case noStore(String)
  case migrationsPending(Int)
  case notSetUp
  case wrongRootKey
  case storeInUse(String)

  public var description: String {
    switch self {
    case .noRootKey:
      "no root key: give --key-file, GYEOT_KEY_VALUE or key.passphrase (see docs/configuration.md)"
    case .noStore(let path): "there is no store at \(path): run gyeot setup, or name another with --database"
    case .migrationsPending(let count):
      "the store needs \(count) migration\(count == 1 ? "" : "s"): run gyeot migrate, or start with --migrate"
    case .notSetUp: "there is no office in this store yet: run gyeot setup"
    case .wrongRootKey: "this root key does not open this store"
    case .storeInUse(let path): "\(path) is in use by a running server: stop it first"
    }
  }
}

extension Settings {
  public func rootKey() throws -> RootKey {
    switch key {
    case .none: throw StartProblem.noRootKey
    case .file(let path): return try RootKey(file: URL(filePath: path))
    case .value(let hex): return try RootKey(hex: hex)
    case .passphrase(let path):
      let words = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      return try RootKey(passphrase: words, header: PassphraseHeader(file: URL(filePath: path + ".salt")))
    }
  }

  /// Opens the store.
  ///
  /// - Parameter making: whether a file, and its folder, is made where there is none.
  public func openDatabase(making: Bool = false) throws -> any Database {
    if isPostgres { return try PostgresDatabase(url: database, connections: connections) }
    guard making || FileManager.default.fileExists(atPath: database) else {
      throw StartProblem.noStore(database)
    }
    try FileManager.default.createDirectory(
      at: URL(filePath: database).deletingLastPathComponent(), withIntermediateDirectories: true)
    return try SQLiteDatabase(path: database)
  }

  public func readPractice() throws -> Practice {
    try practice.map { try Practice(folder: URL(filePath: $0, directoryHint: .isDirectory)) } ?? .bundled()
  }

  /// The office with the clock and the chance of this machine.
  public func openOffice(
    on database: any Database, root: RootKey, practice: Practice, passwords: Passwords = Passwords()
  ) -> Office {
    Office(
      database: database, vault: Vault(root: root), practice: practice, clock: { Date() }, random: { UUID() },
      passwords: passwords)
  }
}

/// Brings a store to the newest schema, or says how far it is.
public struct SchemaState: Sendable {
  private let database: any Database
  private let migrator: Migrator

  public init(_ database: any Database) throws {
    self.database = database
    migrator = Migrator(try Schema.migrations)
  }

  /// How many migrations are missing; refuses a store that a newer program made.
  public func pending() async throws -> Int { try await migrator.pending(database).count }

  public func migrate() async throws { try await migrator.migrate(database) }
}
