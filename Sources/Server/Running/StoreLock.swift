import Foundation
import Glibc

/// Marks a SQLite store as in use, so that nothing replaces the file under a running server.
///
/// The system gives the lock up when the process ends, however it ends.
public final class StoreLock: Sendable {
  private let descriptor: Int32

  public enum Use: Sendable {
    /// Serving: several may.
    case serving
    /// Replacing the file: nobody else may.
    case replacing
  }

  /// - Throws: `StartProblem.storeInUse` where another process holds it in a way that excludes this one.
  public init(_ path: String, for use: Use) throws {
    let lock = path + ".lock"
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    descriptor = unsafe open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: lock])
    }
    let kind =
      switch use {
      case .serving: LOCK_SH
      case .replacing: LOCK_EX
      }
    guard flock(descriptor, kind | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      throw StartProblem.storeInUse(path)
    }
  }

  deinit { Glibc.close(descriptor) }
}
