import Foundation

/// Files of Open Referral that lie beside the repository, because their licence keeps them out of it: schemas, examples
/// and a real directory.
enum StandardFiles {
  static let root = Python.root.appending(path: "../shared/data/hsds").standardizedFileURL

  static let areHere: Bool = {
    let found = FileManager.default.fileExists(atPath: root.appending(path: "schema/service.json").path)
    if !found { print("SKIPPED: tests against HSDS need its files in ../shared/data/hsds") }
    return found
  }()

  static let haveChecker: Bool = {
    let found = (try? Python.run(["-c", "import jsonschema, referencing, rfc3339_validator"]))?.status == 0
    if !found { print("SKIPPED: checks by schema need Python with jsonschema 4.26; bin/test makes it") }
    return areHere && found
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  /// The tables of a folder.
  static func tables(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".csv") }
      .map { ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
  }

  /// What a script says of a file it finds in `sys.argv[1]`; the standard's folder is `sys.argv[2]`.
  static func verdict(of script: String, on bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "gyeot-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try Python.run(["-c", script, file.path, root.path])
    return run.status == 0 ? run.output : "failed: \(run.status) " + run.output
  }
}
