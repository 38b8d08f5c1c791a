import ArgumentParser
import Foundation
import Glibc
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
    let folder = try DemoFolder(data)
    if !FileManager.default.fileExists(atPath: folder.key.path) { try RootKey.random().write(to: folder.key) }
    if database == nil { try folder.clearCutOff() }

    var flags: [Setting: String] = [
      .databaseURL: database ?? folder.store.path, .keyFile: folder.key.path,
      .listenPort: String(port),
    ]
    flags[.practiceFolder] = practice
    flags[.directoryPublic] = "true"
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
        Terminal.line("ready \(settings.scheme)://\(settings.host):\(port)")
      }
    } catch {
      try? await store.close()
      throw error
    }
  }

  /// Loads the world into an empty store, unless it is there.
  private func load(_ script: DemoScript, into office: Office, _ folder: DemoFolder) async throws {
    if try await SetUpOffice(office).isDone() {
      guard folder.isLoaded else {
        throw Failure(
          "there is an office in this store already that is not a demo, or one half loaded: empty it first")
      }
      return
    }
    try folder.beginLoading()
    let start = ContinuousClock.now
    try await DemoWorld(office, script).load { done, total in
      Terminal.progress("loading the demo world: \(done) of \(total)   ")
    }
    try folder.endLoading()
    let seconds = (ContinuousClock.now - start).components.seconds
    Terminal.line("the demo world is loaded (\(seconds) s)")
  }
}

/// The folder of a demo: its key, its store, and how far the loading came.
private struct DemoFolder {
  let url: URL

  init(_ path: String) throws {
    url = URL(filePath: path, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var key: URL { url.appending(path: "root.key") }
  var store: URL { url.appending(path: "gyeot.sqlite") }
  var isLoaded: Bool { exists(loaded) }

  /// Takes away a world whose loading was cut off: only what a loading of ours has left, and no running one.
  func clearCutOff() throws {
    guard exists(loading), !isLoaded else { return }
    let process = (try? String(contentsOf: loading, encoding: .utf8)).flatMap { pid_t($0) }
    if let process, process != getpid(), kill(process, 0) == 0 {
      throw Failure("the demo world in \(url.path) is being loaded by process \(process)")
    }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + suffix) }
    try FileManager.default.removeItem(at: loading)
  }

  func beginLoading() throws { try Data("\(getpid())".utf8).write(to: loading) }

  func endLoading() throws {
    try Data().write(to: loaded)
    try FileManager.default.removeItem(at: loading)
  }

  private var loading: URL { url.appending(path: "loading") }
  private var loaded: URL { url.appending(path: "loaded") }

  private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }
}
