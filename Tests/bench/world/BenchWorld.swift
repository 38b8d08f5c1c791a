import ArgumentParser
import CaseWork
import Foundation
import Operations
import PostgresStore
import Repositories
import SQLiteStore
import Store
import TestSupport
import Vault

/// Makes a store as large as a district's: many schools like each other, each with the cases of one that was led through
/// the acts. One student in five has an open case, with ten contacts; four case managers a school lead fifty each.
@main
struct BenchWorld: AsyncParsableCommand {
  @Option(help: "A path of a SQLite file that is not there yet, or postgres://… of an empty database.")
  var database: String
  @Option(help: "Where the new root key is written.")
  var keyFile: String
  @Option(help: "How many students, in schools of a thousand.")
  var students = 1000
  @Option(help: "How many services the directory of resources has.")
  var services = 20_000

  func run() async throws {
    let root = RootKey.random()
    try root.write(to: URL(filePath: keyFile))
    let isPostgres = database.hasPrefix("postgres")
    let store: any Database =
      isPostgres ? try PostgresDatabase(url: database, connections: 2) : try SQLiteDatabase(path: database)
    try await Migrator(Schema.migrations).migrate(store)

    let today = Day(inKoreaAt: Date())
    let world = try await World.make(on: store, at: today.adding(days: -80), root: root)
    try await SetUpOffice(world.office)("다솜구(가상)")
    let model = try await CaseModel(world)
    let start = Date()
    for number in 0..<max(1, students / SchoolCopy.students) {
      try await SchoolCopy(number: number, of: model, in: world, on: today).write()
      if number % 50 == 49 {
        FileHandle.standardError.write(
          Data(
            "\((number + 1) * SchoolCopy.students) students, \(Int(Date().timeIntervalSince(start))) s\n".utf8
          ))
      }
    }
    try await DirectoryCopy(world: world, services: services).write()
    if isPostgres { try await store.write { try $0.script("ANALYZE") } }
    try await (store as? SQLiteDatabase)?.settle()
    try await store.close()
  }
}
