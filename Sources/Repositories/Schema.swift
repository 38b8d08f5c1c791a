internal import Foundation
public import Store

/// The numbered SQL files that make the schema.
public enum Schema {
  /// Every migration in order: `0001-foundation.sql` is number 1.
  ///
  /// - Throws: what reading the bundled files throws; a program without its resources must not start.
  public static var migrations: [Migration] {
    get throws {
      guard let folder = Bundle.module.url(forResource: "Migrations", withExtension: nil) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".sql") }
        .sorted()
        .compactMap { file in
          guard let number = Int(file.prefix(4)) else { return nil }
          let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
          return Migration(number: number, name: String(file.dropFirst(5).dropLast(4)), sql: text)
        }
    }
  }
}
