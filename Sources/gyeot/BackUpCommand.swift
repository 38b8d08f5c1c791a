import ArgumentParser
import Foundation
import Operations
import Server

struct BackUpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write the whole store into one sealed file, while people work on.",
    discussion: "The file opens only with the same root key. It can be restored into SQLite or PostgreSQL.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "The file to write; it must not be there yet.")
  var file: String

  func run() async throws {
    let settings = try await store.settings()
    let root = try settings.rootKey()
    try await store.withDatabase(settings) { database in
      let contents = try await BackUp(database, root: root, clock: { Date() })(to: URL(filePath: file))
      Terminal.line(
        "\(contents.totalRows) rows of \(contents.rows.count) tables written and read back: \(file)")
    }
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Replace the store by what a backup holds.",
    discussion: """
      The whole backup is read and checked before anything is replaced; where anything fails, the old store stays.
      Stop the server first. With --check nothing is replaced.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The file of the backup.")
  var file: String
  @Flag(help: "Only read and check the backup.")
  var check = false

  func run() async throws {
    let settings = try await store.settings()
    let root = try settings.rootKey()
    let url = URL(filePath: file)
    if check {
      let archive = try ArchiveReader(url, root: root)
      let contents = try archive.verify()
      let day = archive.header.madeAt.formatted(.iso8601)
      Terminal.line("\(contents.totalRows) rows, schema \(archive.header.schema), made \(day): whole")
    } else {
      let contents = try await RestoreStore(settings)(from: url, root: root)
      Terminal.line("\(contents.totalRows) rows of \(contents.rows.count) tables restored")
    }
  }
}
