import ArgumentParser
import Server

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the store to the newest schema.",
    discussion: "Each migration is one transaction; one that fails leaves the store as it was. Back up first."
  )

  @OptionGroup var store: StoreOptions
  @Flag(help: "Only say how many migrations are missing.")
  var dryRun = false

  func run() async throws {
    let settings = try await store.settings()
    try await store.withDatabase(settings, making: !dryRun) { database in
      let schema = try SchemaState(database)
      let pending = try await schema.pending()
      if !dryRun { try await schema.migrate() }
      Terminal.line(
        pending == 0 ? "nothing to do" : "\(pending) migrations \(dryRun ? "missing" : "applied")")
    }
  }
}
