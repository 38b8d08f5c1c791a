import Foundation
import Practice

/// A copy of the practice that comes with the program, to be spoilt.
final class PackCopy {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "pack-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: Practice.bundledFolder(), to: folder)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  func write(_ text: String, to file: String) throws {
    try text.write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
  }

  /// Puts `new` in the place of the first `old`, which must be there.
  func replace(_ old: String, with new: String, in file: String) throws {
    let text = try text(of: file)
    guard let place = text.range(of: old) else { throw CocoaError(.formatting) }
    try write(text.replacingCharacters(in: place, with: new), to: file)
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(at: folder.appending(path: file))
  }

  /// What is wrong with it.
  func problems() throws -> [PracticeProblem] {
    do {
      _ = try Practice(folder: folder)
      return []
    } catch let problems as PracticeProblems {
      return problems.problems
    }
  }
}
