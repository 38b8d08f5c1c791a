import ArgumentParser
import Glibc

@main
struct Gyeot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gyeot",
    abstract: "Case management for social work in schools.",
    discussion: """
      Settings come from flags, then from GYEOT_… variables, then from the file given with --config.
      Every key is described in docs/configuration.md.
      """,
    version: "0.1.0",
    subcommands: [
      Serve.self, Demo.self, SetUp.self, Import.self, StaffCommand.self, Check.self, Migrate.self,
      BackUpCommand.self,
      RestoreCommand.self, Audit.self, Doctor.self,
    ])

  static func main() async {
    // What the program writes is for its own user only.
    umask(0o077)
    Discretion.begin()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: Failure.clear(error))
    }
  }
}
