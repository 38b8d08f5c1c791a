public import Foundation
import Glibc

/// The program `gyeot` as it was built beside these tests.
public enum Program {
  /// In the folder of the running test program.
  public static let file: URL = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().appending(path: "gyeot")
  }()

  /// Runs a command to its end.
  public static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let log = Scratch.file("out")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    let process = process(arguments, environment, output: output)
    try process.start()
    process.waitUntilExit()
    return (process.terminationStatus, (try? String(contentsOf: log, encoding: .utf8)) ?? "")
  }

  /// A command under way, for a test that ends it before it is done.
  public final class Run: Sendable {
    private let process: pid_t
    private let ended = EndOfProcess()

    public init(_ arguments: [String]) throws {
      let child = Program.process(arguments, [:], output: .nullDevice)
      child.terminationHandler = { [ended] in ended.came(with: $0.terminationStatus, by: $0.terminationReason)
      }
      try child.start()
      process = child.processIdentifier
    }

    /// Ends it at once and waits until it is gone; 128 + 9 where it was not done before.
    public func kill() -> Int32 {
      Glibc.kill(process, SIGKILL)
      return ended.wait()
    }
  }

  /// A server that runs until it is stopped.
  public final class Server: Sendable {
    public let port: Int
    /// What it said until it was ready.
    public let greeting: String
    private let process: pid_t
    private let ended: EndOfProcess

    /// Starts a command that serves, on a free port, and waits until it is ready.
    public init(
      _ arguments: [String], environment: [String: String] = [:], seconds: Double = 180
    ) throws {
      let log = Scratch.file("out")
      try Data().write(to: log)
      let output = try FileHandle(forWritingTo: log)
      let child = Program.process(arguments + ["--port", "0"], environment, output: output)
      let ended = EndOfProcess()
      child.terminationHandler = { ended.came(with: $0.terminationStatus, by: $0.terminationReason) }
      try child.start()
      process = child.processIdentifier
      self.ended = ended
      let end = Date().addingTimeInterval(seconds)
      var said = ""
      while Date() < end, child.isRunning {
        said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        if let line = said.split(separator: "\n").first(where: { $0.hasPrefix("ready http://") }),
          said.hasSuffix("\n"), let port = line.split(separator: ":").last.flatMap({ Int($0) })
        {
          self.port = port
          greeting = said
          return
        }
        Thread.sleep(forTimeInterval: 0.005)
      }
      Glibc.kill(process, SIGKILL)
      throw ProgramFailed(program: "gyeot \(arguments.joined(separator: " "))", output: said)
    }

    /// Sends the signal, without waiting.
    public func send(_ signal: Int32) { Glibc.kill(process, signal) }

    /// Waits for the end. A signal that ended it is told as 128 and its number, as a shell does.
    public func waitUntilEnd() -> Int32 { ended.wait() }
  }

  fileprivate static func process(
    _ arguments: [String], _ environment: [String: String], output: FileHandle
  ) -> Process {
    let process = Process()
    process.executableURL = file
    process.arguments = arguments
    let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GYEOT_") }
    process.environment = inherited.merging(environment) { $1 }
    process.currentDirectoryURL = Scratch.folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    return process
  }
}

/// `@unchecked` because the condition guards the status.
final class EndOfProcess: @unchecked Sendable {
  private let condition = NSCondition()
  private var status: Int32?

  func came(with status: Int32, by reason: Process.TerminationReason) {
    condition.withLock {
      self.status = reason == .uncaughtSignal ? 128 + status : status
      condition.broadcast()
    }
  }

  func wait() -> Int32 {
    condition.withLock {
      while true {
        if let status { return status }
        condition.wait()
      }
    }
  }
}
