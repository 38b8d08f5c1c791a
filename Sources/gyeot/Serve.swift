import ArgumentParser
import Foundation
import Operations
import Server
import Store

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve the pages until stopped.")

  @OptionGroup var store: StoreOptions
  @Option(help: "The address to listen on.")
  var host: String?
  @Option(help: "The port to listen on; 0 takes a free one.")
  var port: Int?
  @Flag(help: "Bring the store to the newest schema first.")
  var migrate = false

  func run() async throws {
    var flags: [Setting: String] = [:]
    flags[.listenHost] = host
    flags[.listenPort] = port.map(String.init)
    let settings = try await store.settings(flags)
    let observing = Observing(settings)
    let root = try settings.rootKey()
    let practice = try settings.readPractice()
    let database = observing.counting(try settings.openDatabase(making: migrate))
    do {
      let schema = try SchemaState(database)
      let pending = try await schema.pending()
      if pending > 0 {
        guard migrate else { throw StartProblem.migrationsPending(pending) }
        try await schema.migrate()
      }
      let office = settings.openOffice(on: database, root: root, practice: practice)
      guard try await SetUpOffice(office).isDone() else { throw StartProblem.notSetUp }
      try await office.checkRootKey()
      try await GyeotServer(settings, office, observing).run { port in
        Terminal.line("ready \(settings.scheme)://\(settings.host):\(port)")
      }
    } catch {
      try? await database.close()
      throw error
    }
  }
}
