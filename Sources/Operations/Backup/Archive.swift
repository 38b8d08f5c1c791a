public import Foundation

/// A backup as one sealed file that either engine can be restored from.
///
/// `GYEOTBK1`, the length of the header (4 bytes, big-endian), the header in JSON; then sealed chunks, each led by its
/// length. Every chunk is sealed under a key of this archive alone, bound to its position, to the header, and to
/// whether it is the last: a chunk that is changed, moved, repeated, left out or cut off does not open.
public enum Archive {
  static let magic = Array("GYEOTBK1".utf8)
  static let chunkBytes = 1 << 20
  /// No chunk is longer, so a damaged length cannot fill the memory.
  static let mostChunkBytes = 64 << 20

  /// What may be read without the key.
  public struct Header: Hashable, Sendable, Codable {
    public let format: Int
    /// Chosen at random for this archive; the salt of its key.
    public let salt: [UInt8]
    public let madeAt: Date
    /// The number of the newest migration of the store it was made from.
    public let schema: Int
    /// Tells root keys apart and nothing else of them, so that the wrong one is named as such.
    public let rootKey: String
  }

  /// What the last chunk says, against which everything read before is counted.
  public struct Contents: Hashable, Sendable, Codable {
    public internal(set) var rows: [String: Int] = [:]
    public internal(set) var chunks = 0

    public var totalRows: Int { rows.values.reduce(0, +) }
  }
}

/// Why an archive is not taken.
public enum ArchiveProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case notAnArchive
  case wrongKey(archive: String, given: String)
  case damaged(chunk: Int)
  case cutOff(chunk: Int)
  case newerSchema(archive: Int, known: Int)
  case otherSchema(archive: Int, store: Int)
  case unknownTable(String)
  case countDiffers(table: String, written: Int, read: Int)
  case brokenReferences(Int)
  case inUse(String)

  public var description: String {
    switch self {
    case .notAnArchive: "this file is not a backup of this program"
    case .wrongKey(let archive, let given):
      "the backup was made under root key \(archive), the one given is \(given)"
    case .damaged(let chunk): "the backup is damaged at part \(chunk)"
    case .cutOff(let chunk): "the backup is cut off after part \(chunk)"
    case .newerSchema(let archive, let known):
      "the backup has schema \(archive), this program knows up to \(known): use a newer program"
    case .otherSchema(let archive, let store):
      "the backup has schema \(archive), the store has \(store): restore into an empty store"
    case .unknownTable(let table): "the table \(table) is not one of this schema"
    case .countDiffers(let table, let written, let read):
      "the table \(table) should have \(written) rows, \(read) were found"
    case .brokenReferences(let count): "\(count) references lead nowhere"
    case .inUse(let place): "\(place) is in use: stop the server first"
    }
  }
}
