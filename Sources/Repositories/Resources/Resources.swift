public import CaseWork
public import Foundation
public import Store

/// A resource as it lies in the store.
public struct StoredResource: Sendable {
  public let id: ID<Resource>
  public let version: Int
  public let sealed: [UInt8]
  public let isPublic: Bool
  public let verifiedBy: ID<Staff>?
  /// Of the time before the directory took the standard's shape.
  public let isOld: Bool
}

/// What a list shows of a resource without opening it.
public struct ResourceName: Hashable, Sendable {
  public let id: ID<Resource>
  public let name: String
  public let kind: String
}

/// The resources (사회자원) of the directory, common to all schools of the office.
public struct Resources {
  let session: any Session

  public func insert(_ resource: Resource, sealed: [UInt8], at instant: Date) throws {
    try session.execute(
      """
      INSERT INTO resource (
        id, kind, needs, formality, place, verified_on, sealed, version, name, document, published_at, verified_by,
        agreed_until, changed_at)
      VALUES (
        \(resource.id), \(resource.kind), '', \(resource.formality), \(resource.place),
        \(resource.verifiedOn), \(sealed), \(resource.version), \(resource.name),
        \(resource.entry.withoutContacts.document()), \(resource.isPublic ? instant : nil), \(resource.verifiedBy),
        \(resource.agreement?.until), \(instant))
      """
    )
    try session.publicDirectory.keepTerms(of: resource.entry)
  }

  /// Saves a changed resource; `resource.version` is the next version.
  public func update(_ resource: Resource, sealed: [UInt8], at instant: Date) throws {
    let changed = try session.execute(
      """
      UPDATE resource
      SET kind = \(resource.kind), formality = \(resource.formality),
        place = \(resource.place), verified_on = \(resource.verifiedOn), sealed = \(sealed),
        version = \(resource.version), name = \(resource.name),
        document = \(resource.entry.withoutContacts.document()),
        published_at = \(published(resource.isPublic, instant)), verified_by = \(resource.verifiedBy),
        agreed_until = \(resource.agreement?.until), changed_at = \(instant)
      WHERE id = \(resource.id) AND version = \(resource.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
    try session.publicDirectory.keepTerms(of: resource.entry)
    try session.publicDirectory.keepPlaces(atLocationsOf: resource.id)
  }

  private func published(_ isPublic: Bool, _ instant: Date) -> SQL {
    isPublic ? "COALESCE(published_at, \(instant))" : "NULL"
  }

  public func find(_ id: ID<Resource>) throws -> StoredResource {
    guard let found = try some([id]).first else { throw Refusal.notFound }
    return found
  }

  public func some(_ ids: [ID<Resource>]) throws -> [StoredResource] {
    try session.rows(
      "SELECT \(StoredResource.columns) FROM resource WHERE id IN \(SQL.list(ids))", StoredResource.init(row:)
    )
  }

  /// Those that have not been written in the shape of the standard yet.
  public func old(atMost limit: Int) throws -> [StoredResource] {
    try session.rows(
      "SELECT \(StoredResource.columns) FROM resource WHERE document IS NULL ORDER BY id LIMIT \(limit)",
      StoredResource.init(row:))
  }

  public func names(of ids: [ID<Resource>]) throws -> [ResourceName] {
    try session.rows(
      "SELECT id, COALESCE(name, ''), kind FROM resource WHERE id IN \(SQL.list(ids))",
      ResourceName.init(row:))
  }

  /// The first ones in the order of the alphabet, for choosing.
  public func names(atMost limit: Int) throws -> [ResourceName] {
    try session.rows(
      "SELECT id, name, kind FROM resource WHERE name IS NOT NULL ORDER BY name, id LIMIT \(limit)",
      ResourceName.init(row:))
  }
}

extension Session {
  public var resources: Resources { Resources(session: self) }
}

extension StoredResource {
  static let columns: SQL =
    "id, version, sealed, published_at IS NOT NULL, verified_by, document IS NULL"

  init(row: borrowing Row) throws {
    id = try row.get(0)
    version = try row.get(1)
    sealed = try row.get(2)
    isPublic = try row.get(3)
    verifiedBy = try row.optional(4)
    isOld = try row.get(5)
  }
}

extension ResourceName {
  init(row: borrowing Row) throws {
    id = try row.get(0)
    name = try row.get(1)
    kind = try row.get(2)
  }
}
