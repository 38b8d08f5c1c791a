public import Foundation

/// A folder of this test process, deleted once the process is gone, however it went.
public enum Scratch {
  /// Empty until someone puts something there.
  public static let folder: URL = {
    let name = "gyeot-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
    let folder = URL(filePath: "/tmp").appending(path: name, directoryHint: .isDirectory)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try keepWatch(over: folder)
    } catch {
      fatalError("no scratch folder: \(error)")
    }
    return folder
  }()

  /// A path in the folder where no file is yet.
  public static func file(_ pathExtension: String) -> URL {
    folder.appending(path: "\(UUID().uuidString).\(pathExtension)")
  }

  /// Starts a shell that waits for this process to end, stops what PostgreSQL runs in `folder`, and deletes it.
  ///
  /// In a session of its own, because whoever kills the tests may kill their whole process group.
  private static func keepWatch(over folder: URL) throws {
    let watch = Process()
    watch.executableURL = URL(filePath: "/usr/bin/setsid")
    watch.arguments = [
      "/bin/sh", "-c",
      """
      alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
      while alive "$1"; do sleep 0.5; done
      for file in "$2"/*/postmaster.pid; do
        server=$(head -n 1 "$file" 2>/dev/null) && kill -QUIT "$server" 2>/dev/null
        while [ -n "$server" ] && alive "$server"; do sleep 0.1; done
      done
      rm -rf "$2"
      """,
      "watch", String(ProcessInfo.processInfo.processIdentifier), folder.path,
    ]
    watch.standardInput = FileHandle.nullDevice
    watch.standardOutput = FileHandle.nullDevice
    watch.standardError = FileHandle.nullDevice
    try watch.start()
  }
}
