import Foundation
import TestSupport
import Testing

/// Python 3 with openpyxl, which makes real workbooks for these tests.
enum Python {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let hasWorkbooks: Bool = {
    let found = (try? run(["-c", "import openpyxl.cell.rich_text"]))?.status == 0
    if !found { print("SKIPPED: tests of XLSX need Python with openpyxl 3.1; bin/test makes it") }
    return found
  }()

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    // The one that bin/test makes, with openpyxl; otherwise Debian's.
    process.executableURL = URL(
      filePath: ProcessInfo.processInfo.environment["GYEOT_TEST_PYTHON"] ?? "/usr/bin/python3")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.start()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// The file that `script` writes to the path it finds in `sys.argv[1]`.
  static func file(_ script: String, name: String = "made.xlsx") throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gyeot-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name)
    let run = try run(["-c", script, path.path])
    try #require(run.status == 0)
    return [UInt8](try Data(contentsOf: path))
  }
}
