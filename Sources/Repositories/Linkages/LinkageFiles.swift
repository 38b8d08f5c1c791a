public import CaseWork
public import Foundation
public import Store

/// What an agency sent beside its words, as it lies in the store.
public struct StoredLinkageFile: Sendable {
  public let id: ID<StoredLinkageFile>
  public let kind: AgencyFile
  /// In bytes.
  public let size: Int
  public let at: Date
  public let sealedName: [UInt8]

  public init(id: ID<StoredLinkageFile>, kind: AgencyFile, size: Int, at: Date, sealedName: [UInt8]) {
    self.id = id
    self.kind = kind
    self.size = size
    self.at = at
    self.sealedName = sealedName
  }
}

/// The files of one linkage.
public struct LinkageFiles {
  let session: any Session
  let linkage: Linkage

  public func add(_ file: StoredLinkageFile, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO linkage_file (school_id, linkage_id, id, kind, size, at, sealed_name, sealed)
      VALUES (
        \(linkage.school), \(linkage.id), \(file.id), \(file.kind), \(file.size), \(file.at), \(file.sealedName),
        \(sealed))
      """
    )
  }

  /// Without their bytes, the oldest first.
  public func all() throws -> [StoredLinkageFile] {
    try session.rows(
      """
      SELECT id, kind, size, at, sealed_name
      FROM linkage_file
      WHERE school_id = \(linkage.school) AND linkage_id = \(linkage.id)
      ORDER BY id
      """
    ) {
      StoredLinkageFile(
        id: try $0.get(0), kind: try $0.get(1), size: try $0.get(2), at: try $0.get(3),
        sealedName: try $0.get(4))
    }
  }

  public func bytes(of id: ID<StoredLinkageFile>) throws -> [UInt8] {
    let sealed = try session.row(
      """
      SELECT sealed FROM linkage_file
      WHERE school_id = \(linkage.school) AND linkage_id = \(linkage.id) AND id = \(id)
      """
    ) { try $0.get(0, as: [UInt8].self) }
    guard let sealed else { throw Refusal.notFound }
    return sealed
  }
}

extension Session {
  public func files(of linkage: Linkage) -> LinkageFiles { LinkageFiles(session: self, linkage: linkage) }
}

extension AgencyFile: SQLValue {}
