import ArgumentParser
import Foundation
import Operations
import Practice
import Server
import Vault

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check settings, practice, key, store and trail, one line each.")

  @OptionGroup var store: StoreOptions

  func run() async throws {
    var failed = 0
    func check(_ what: String, _ body: () async throws -> String) async {
      do {
        Terminal.line("ok    \(what): \(try await body())")
      } catch {
        failed += 1
        Terminal.line("FAIL  \(what): \(Failure.clear(error))")
      }
    }
    let settings = try await store.settings()
    await check("practice") { "\(try settings.readPractice().forms.count) forms" }
    await check("root key") { "fingerprint \(try settings.rootKey().fingerprint)" }
    await check("schema") {
      try await store.withDatabase(settings) { database in
        let pending = try await SchemaState(database).pending()
        guard pending == 0 else { throw StartProblem.migrationsPending(pending) }
        return settings.isPostgres ? "PostgreSQL, newest" : "SQLite, newest"
      }
    }
    await check("office") {
      try await store.withOffice { office in
        guard let name = try await SetUpOffice(office).name() else { throw StartProblem.notSetUp }
        try await office.checkRootKey()
        return "\(name), opens with this root key"
      }
    }
    await check("trail") {
      let report = try await store.withOffice { try await VerifyTrail($0)(by: nil) }
      guard report.isWhole else { throw Failure("broken: see gyeot audit verify") }
      return "\(report.schools.map(\.links).reduce(0, +)) links, whole"
    }
    if settings.host != "127.0.0.1", settings.origin?.hasPrefix("https://") != true {
      Terminal.line(
        "note  listens beyond this machine without public.origin https://…: put a TLS proxy in front")
    }
    guard failed == 0 else { throw Failure("\(failed) of 5 checks failed") }
  }
}
