public import CaseWork
public import Store

/// A resource as it lies in the store.
public struct StoredResource: Sendable {
  public let id: ID<Resource>
  public let version: Int
  public let sealed: [UInt8]
}

/// The directory of resources (사회자원), common to all schools of the office.
public struct Resources {
  let session: any Session

  public func insert(_ resource: Resource, sealed: [UInt8]) throws {
    try session.execute(
      """
      INSERT INTO resource (id, kind, needs, formality, place, verified_on, sealed, version)
      VALUES (
        \(resource.id), \(resource.kind), \(text(resource.needs)), \(resource.formality), \(resource.place),
        \(resource.verifiedOn), \(sealed), \(resource.version))
      """
    )
  }

  /// Saves a changed resource; `resource.version` is the next version.
  public func update(_ resource: Resource, sealed: [UInt8]) throws {
    let changed = try session.execute(
      """
      UPDATE resource
      SET kind = \(resource.kind), needs = \(text(resource.needs)), formality = \(resource.formality),
        place = \(resource.place), verified_on = \(resource.verifiedOn), sealed = \(sealed),
        version = \(resource.version)
      WHERE id = \(resource.id) AND version = \(resource.version - 1)
      """
    )
    guard changed == 1 else { throw Refusal.conflict(.changedByAnother) }
  }

  public func find(_ id: ID<Resource>) throws -> StoredResource {
    let found = try session.row(
      "SELECT id, version, sealed FROM resource WHERE id = \(id)", StoredResource.init(row:))
    guard let found else { throw Refusal.notFound }
    return found
  }

  public func some(_ ids: [ID<Resource>]) throws -> [StoredResource] {
    try session.rows(
      "SELECT id, version, sealed FROM resource WHERE id IN \(SQL.list(ids))", StoredResource.init(row:))
  }

  /// Those of a kind, serving a need; everything where neither is given.
  public func all(kind: String?, need: String?) throws -> [StoredResource] {
    let ofKind: SQL = kind.map { "kind = \($0)" } ?? "1 = 1"
    let forNeed: SQL = need.map { "' ' || needs || ' ' LIKE \("% " + $0 + " %")" } ?? "1 = 1"
    return try session.rows(
      """
      SELECT id, version, sealed FROM resource
      WHERE \(ofKind) AND \(forNeed)
      ORDER BY kind, id
      """,
      StoredResource.init(row:)
    )
  }
}

extension Session {
  public var resources: Resources { Resources(session: self) }
}

extension StoredResource {
  init(row: borrowing Row) throws {
    id = try row.get(0)
    version = try row.get(1)
    sealed = try row.get(2)
  }
}
