public import Foundation
public import Operations
import SQLiteStore
import Store
public import Vault

/// Replaces the store that `settings` names by what an archive holds; where anything fails, the old one stays.
public struct RestoreStore: Sendable {
  private let settings: Settings

  public init(_ settings: Settings) {
    self.settings = settings
  }

  @discardableResult
  public func callAsFunction(from url: URL, root: RootKey) async throws -> Archive.Contents {
    let archive = try ArchiveReader(url, root: root)
    guard !settings.isPostgres else {
      let database = try settings.openDatabase()
      do {
        let contents = try await Restore(database)(from: archive)
        try await database.close()
        return contents
      } catch {
        try? await database.close()
        throw error
      }
    }
    return try await replaceFile(from: archive)
  }

  /// A new file is filled and checked beside the old one and then takes its name in one step.
  private func replaceFile(from archive: ArchiveReader) async throws -> Archive.Contents {
    let path = settings.database
    let lock = try StoreLock(path, for: .replacing)
    defer { withExtendedLifetime(lock) {} }
    let fresh = path + ".restoring"
    removeFiles(of: fresh)
    do {
      let database = try SQLiteDatabase(path: fresh)
      let contents = try await Restore(database)(from: archive)
      let check = try await database.read { session in
        try session.row("SELECT * FROM pragma_integrity_check(1)") { try $0.get(0, as: String.self) }
      }
      try await database.settle()
      try await database.close()
      guard check == "ok" else { throw CocoaError(.fileReadCorruptFile) }
      try await settleOld(path)
      guard unsafe rename(fresh, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
      removeFiles(of: fresh)
      return contents
    } catch {
      removeFiles(of: fresh)
      throw error
    }
  }

  /// Writes the old file's log into it, for a log left beside the new file would be played into that.
  private func settleOld(_ path: String) async throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      let old = try SQLiteDatabase(path: path)
      try await old.settle()
      try await old.close()
    } catch {
      // A store too broken to be opened: its remains are kept under another name.
      for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.moveItem(atPath: path + suffix, toPath: path + ".broken" + suffix)
      }
    }
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    guard ((log?[.size] as? NSNumber)?.intValue ?? 0) == 0 else { throw StartProblem.storeInUse(path) }
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  private func removeFiles(of path: String) {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }
}
