public import Foundation
public import Vault

/// Reads an archive from its begin to its end.
public struct ArchiveReader: Sendable {
  public let header: Archive.Header
  private let url: URL
  private let seal: ArchiveSeal
  private let start: UInt64

  /// Reads the header only.
  public init(_ url: URL, root: RootKey) throws {
    let file = try FileHandle(forReadingFrom: url)
    defer { try? file.close() }
    guard try file.read(upToCount: Archive.magic.count).map(Array.init) == Archive.magic,
      let length = try file.length(), length < 65_536,
      let bytes = try file.read(upToCount: length).map(Array.init), bytes.count == length
    else { throw ArchiveProblem.notAnArchive }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .millisecondsSince1970
    guard let header = try? decoder.decode(Archive.Header.self, from: Data(bytes)), header.format == 1 else {
      throw ArchiveProblem.notAnArchive
    }
    guard header.rootKey == root.fingerprint else {
      throw ArchiveProblem.wrongKey(archive: header.rootKey, given: root.fingerprint)
    }
    self.header = header
    self.url = url
    seal = ArchiveSeal(header, headerBytes: bytes, root)
    start = UInt64(Archive.magic.count + 4 + length)
  }

  /// Opens every chunk, reads every row and compares the counts with the last chunk, and changes nothing.
  public func verify() throws -> Archive.Contents {
    try forEach { _ in }
  }

  /// Calls `body` with every record. What it threw is thrown; what is wrong with the archive too, though perhaps only
  /// after `body` has seen records, so verify first or be able to undo.
  @discardableResult
  func forEach(_ body: (ArchiveRecord) throws -> Void) throws -> Archive.Contents {
    let file = try FileHandle(forReadingFrom: url)
    defer { try? file.close() }
    try file.seek(toOffset: start)
    var (seen, table, columns) = (Archive.Contents(), "", 0)
    while true {
      guard let length = try file.length() else { throw ArchiveProblem.cutOff(chunk: seen.chunks) }
      guard length <= Archive.mostChunkBytes else { throw ArchiveProblem.damaged(chunk: seen.chunks) }
      guard let sealed = try file.read(upToCount: length).map(Array.init), sealed.count == length else {
        throw ArchiveProblem.cutOff(chunk: seen.chunks)
      }
      guard let plain = try? seal.key.open(sealed, at: seal.place(seen.chunks, isLast: false)) else {
        return try finished(sealed, seen, at: file)
      }
      var reader = ArchiveRecordReader(plain)
      while !reader.isAtEnd {
        guard let record = reader.next(columns: columns) else {
          throw ArchiveProblem.damaged(chunk: seen.chunks)
        }
        switch record {
        case .table(let name, let names):
          (table, columns) = (name, names.count)
          seen.rows[name] = 0
        case .row: seen.rows[table, default: 0] += 1
        }
        try body(record)
      }
      seen.chunks += 1
    }
  }

  private func finished(
    _ sealed: [UInt8], _ seen: Archive.Contents, at file: FileHandle
  ) throws -> Archive.Contents {
    guard let plain = try? seal.key.open(sealed, at: seal.place(seen.chunks, isLast: true)),
      let written = try? JSONDecoder().decode(Archive.Contents.self, from: Data(plain)),
      try file.read(upToCount: 1).map(\.isEmpty) ?? true
    else { throw ArchiveProblem.damaged(chunk: seen.chunks) }
    for (table, count) in written.rows where seen.rows[table] != count {
      throw ArchiveProblem.countDiffers(table: table, written: count, read: seen.rows[table] ?? 0)
    }
    guard written == seen else { throw ArchiveProblem.damaged(chunk: seen.chunks) }
    return seen
  }
}

extension FileHandle {
  fileprivate func length() throws -> Int? {
    guard let bytes = try read(upToCount: 4), bytes.count == 4 else { return nil }
    return Int(bytes.reduce(0) { $0 << 8 | UInt32($1) })
  }
}
