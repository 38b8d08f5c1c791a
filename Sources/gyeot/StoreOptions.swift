import ArgumentParser
import Foundation
import Operations
import Practice
import Server
import Store
import Vault

/// Where the store, its key and the practice are.
struct StoreOptions: ParsableArguments {
  @Option(help: "A YAML or JSON file with settings.")
  var config: String?
  @Option(help: "A path of a SQLite file, or postgres://…")
  var database: String?
  @Option(help: "The file of the root key, mode 0600.")
  var keyFile: String?
  @Option(help: "A folder with a practice pack instead of the one built in.")
  var practice: String?

  func settings(_ more: [Setting: String] = [:]) async throws -> Settings {
    var flags = more
    flags[.databaseURL] = database
    flags[.keyFile] = keyFile
    flags[.practiceFolder] = practice
    return try await Settings(file: config, environment: ProcessInfo.processInfo.environment, flags: flags)
  }

  /// Runs `body` with the office of a store at the newest schema, and closes the store.
  func withOffice<T>(_ body: (Office) async throws -> T) async throws -> T {
    let settings = try await settings()
    let root = try settings.rootKey()
    let practice = try settings.readPractice()
    return try await withDatabase(settings) { database in
      let pending = try await SchemaState(database).pending()
      guard pending == 0 else { throw StartProblem.migrationsPending(pending) }
      return try await body(settings.openOffice(on: database, root: root, practice: practice))
    }
  }

  func withDatabase<T>(
    _ settings: Settings, making: Bool = false, _ body: (any Database) async throws -> T
  ) async throws -> T {
    let database = try settings.openDatabase(making: making)
    do {
      let result = try await body(database)
      try await database.close()
      return result
    } catch {
      try? await database.close()
      throw error
    }
  }
}
