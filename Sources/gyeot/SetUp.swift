public import ArgumentParser
public import CaseWork
import Foundation
import Operations
import Server
import Vault

struct SetUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Begin a new office: root key, first school, first administrator.",
    discussion: """
      Makes the root key where --key-file names no file yet, and prints a recovery sheet with it. Print that sheet and
      lock it away: without the root key nobody can open the data, and no backup either. Keep the key file off the
      machine's backups of the data.
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "The name of the office.")
  var office: String
  @Option(help: "The name of the first school or centre.")
  var school: String
  @Option(help: "elementary, middle, high, special or centre.")
  var kind: School.Kind = .middle
  @Option(help: "The name of the first administrator.")
  var name: String
  @Option(help: "The name the administrator signs in with.")
  var signIn: String

  func run() async throws {
    let settings = try await store.settings()
    if case .file(let path) = settings.key, !FileManager.default.fileExists(atPath: path) {
      guard !path.hasPrefix(folder(of: settings)) || settings.isPostgres else {
        throw Failure("the root key must not lie beside the data: choose another --key-file")
      }
      try FileManager.default.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      try RootKey.random().write(to: URL(filePath: path))
    }
    let root = try settings.rootKey()
    let practice = try settings.readPractice()
    try await store.withDatabase(settings, making: true) { database in
      try await SchemaState(database).migrate()
      let opened = settings.openOffice(on: database, root: root, practice: practice)
      guard try await !SetUpOffice(opened).isDone() else {
        throw Failure("there is an office in this store already")
      }
      try await SetUpOffice(opened)(office)
      let first = try await AddSchool(opened)(school, kind, by: nil)
      let today = Day(inKoreaAt: opened.clock())
      let added = try await AddStaff(opened)(
        name, signInName: signIn,
        assignments: [Assignment(school: first.id, role: .administrator, from: today)], by: nil)
      Terminal.line(
        "first password of \(signIn): \(added.firstPassword ?? "") (to be changed at the first sign-in)")
    }
    printSheet(root)
  }

  private func folder(of settings: Settings) -> String {
    URL(filePath: settings.database).deletingLastPathComponent().standardizedFileURL.path + "/"
  }

  private func printSheet(_ root: RootKey) {
    let digits = stride(from: 0, to: root.hex.count, by: 8).map { start in
      String(root.hex.dropFirst(start).prefix(8))
    }
    Terminal.line(
      """

      RECOVERY SHEET - print, check, lock away; nothing opens the data without this key
      office       \(office)
      root key     \(digits.prefix(4).joined(separator: " "))
                   \(digits.suffix(4).joined(separator: " "))
      fingerprint  \(root.fingerprint)
      To recover: write the 64 digits without spaces into a file of mode 0600 and give it with --key-file.
      """)
  }
}

extension School.Kind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
