internal import Crypto
internal import Foundation
internal import Vault

/// Writes one archive, chunk by chunk.
struct ArchiveWriter {
  private let file: FileHandle
  private let seal: ArchiveSeal
  private var open: [UInt8] = []
  private var contents = Archive.Contents()
  private var table = ""

  init(_ file: FileHandle, _ header: Archive.Header, _ root: RootKey) throws {
    self.file = file
    let bytes = try ArchiveSeal.bytes(of: header)
    seal = ArchiveSeal(header, headerBytes: bytes, root)
    try file.write(contentsOf: Archive.magic)
    try file.write(contentsOf: [UInt8](lengthOf: bytes))
    try file.write(contentsOf: bytes)
  }

  mutating func write(_ record: ArchiveRecord) throws {
    switch record {
    case .table(let name, _):
      table = name
      contents.rows[name] = 0
    case .row: contents.rows[table, default: 0] += 1
    }
    record.append(to: &open)
    if open.count >= Archive.chunkBytes { try flush() }
  }

  /// Writes what is left and the last chunk, and waits until the disk has it.
  mutating func finish() throws -> Archive.Contents {
    if !open.isEmpty { try flush() }
    let last = try JSONEncoder().encode(contents)
    try put(Array(last), isLast: true)
    try file.synchronize()
    return contents
  }

  private mutating func flush() throws {
    try put(open, isLast: false)
    contents.chunks += 1
    open.removeAll(keepingCapacity: true)
  }

  private func put(_ plain: [UInt8], isLast: Bool) throws {
    let sealed = try seal.key.seal(plain, at: seal.place(contents.chunks, isLast: isLast))
    try file.write(contentsOf: [UInt8](lengthOf: sealed))
    try file.write(contentsOf: sealed)
  }
}

/// The key of an archive and the places its chunks are bound to.
struct ArchiveSeal {
  let key: SealingKey
  private let header: String

  init(_ header: Archive.Header, headerBytes: [UInt8], _ root: RootKey) {
    key = root.archiveKey(salt: header.salt)
    self.header = SHA256.hash(data: headerBytes).map { String($0, radix: 16) }.joined(separator: ".")
  }

  func place(_ chunk: Int, isLast: Bool) -> Binding {
    Binding(table: isLast ? "archive-end" : "archive", record: header, version: chunk)
  }

  static func bytes(of header: Archive.Header) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.dateEncodingStrategy = .millisecondsSince1970
    return Array(try encoder.encode(header))
  }
}

extension [UInt8] {
  init(lengthOf bytes: [UInt8]) {
    self = []
    append(number: UInt32(bytes.count))
  }
}
