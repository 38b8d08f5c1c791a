import ArgumentParser
import Foundation
import Operations
import Practice
import Server
import Store
import Vault

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve an invented office to try the program with.",
    discussion: "The root key lies beside the data here, which only a demo may do.")

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 8080
  @Option(help: "The folder of the demo's data; made where there is none.")
  var data = "demo"
  @Option(help: "A path of a SQLite file, or postgres://…, instead of a file in the folder.")
  var database: String?
  @Option(help: "A folder with a practice pack instead of the one built in.")
  var practice: String?

  func run() async throws {
    let folder = URL(filePath: data, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let key = folder.appending(path: "root.key")
    if !FileManager.default.fileExists(atPath: key.path) { try RootKey.random().write(to: key) }

    var flags: [Setting: String] = [
      .databaseURL: database ?? folder.appending(path: "gyeot.sqlite").path, .keyFile: key.path,
      .listenPort: String(port),
    ]
    flags[.practiceFolder] = practice
    let settings = try await Settings(environment: ProcessInfo.processInfo.environment, flags: flags)
    let observing = Observing(settings)
    let rules = try settings.readPractice()
    guard let script = try DemoScript(folder: rules.folder) else {
      throw Failure("the practice pack has no demo world")
    }
    let store = try settings.openDatabase(making: true)
    do {
      try await SchemaState(store).migrate()
      let office = settings.openOffice(on: store, root: try settings.rootKey(), practice: rules)
      try await load(script, into: office, folder)
      try await office.checkRootKey()
      try await GyeotServer(settings, office, observing, isDemo: true).run { port in
        Terminal.line("")
        for signIn in script.signIns {
          Terminal.line("  \(signIn.role)  \(signIn.name)  \(signIn.password)")
        }
        Terminal.line("")
        Terminal.line("ready http://\(settings.host):\(port)")
      }
    } catch {
      try? await store.close()
      throw error
    }
  }

  /// Loads the world into an empty store. A load that was cut off is told by the missing mark.
  private func load(_ script: DemoScript, into office: Office, _ folder: URL) async throws {
    let mark = folder.appending(path: "loaded")
    if try await SetUpOffice(office).isDone() {
      guard FileManager.default.fileExists(atPath: mark.path) else {
        throw Failure(
          "the demo world in \(data) was not loaded to its end: remove the folder and start again")
      }
      return
    }
    let start = ContinuousClock.now
    try await DemoWorld(office, script).load { done, total in
      Terminal.progress("loading the demo world: \(done) of \(total)   ")
    }
    try Data().write(to: mark)
    let seconds = (ContinuousClock.now - start).components.seconds
    Terminal.line("the demo world is loaded (\(seconds) s)")
  }
}
